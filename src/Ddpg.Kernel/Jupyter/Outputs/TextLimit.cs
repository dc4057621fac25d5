using System.Globalization;
using System.Text;

namespace Ddpg.Kernel.Jupyter.Outputs;

/// <summary>
/// Lets a cell's text through up to a limit and keeps the end of the rest: a browser freezes on millions of lines, and the last ones are
/// what the reader wants to see. One cell's; not synchronised.
/// </summary>
/// <param name="maximum">Characters that pass; changing from one stream to the other costs as many as a short line, since it costs a message.</param>
internal sealed class TextLimit(int maximum)
{
    public const int DefaultMaximum = 512 << 10;

    private const int SwitchCost = 100;
    private const int TailLength = 4000;

    private readonly StringBuilder _tail = new();
    private string _stream = "";
    private long _used;
    private long _held;

    /// <summary>What of the text may be sent now; empty when it is held back.</summary>
    public string Pass(string stream, string text)
    {
        if (_stream != stream && _used > 0) _used += SwitchCost;
        _stream = stream;
        int room = (int)Math.Clamp(maximum - _used, 0, text.Length);
        _used += text.Length;
        if (room == text.Length) return text;

        // A pair of surrogates is one character and stays together.
        if (room > 0 && char.IsHighSurrogate(text[room - 1])) room--;
        bool isFirst = _held == 0;
        Hold(text[room..]);
        return isFirst
            ? string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, room)}\n[Over {maximum:N0} characters of output: the rest is held back until the cell ends, and then only its end is shown.]\n")
            : "";
    }

    /// <summary>What to add when the cell is over; empty when nothing was held back.</summary>
    public string Finish()
    {
        if (_held == 0) return "";
        string tail = _tail.ToString();
        int line = tail.IndexOf('\n', StringComparison.Ordinal);
        if (_held > tail.Length && line >= 0) tail = tail[(line + 1)..];
        string notice = string.Create(CultureInfo.InvariantCulture, $"[{_held - tail.Length:N0} characters are not shown. The end of the output:]\n{tail}");
        Reset();
        return notice;
    }

    /// <summary>Begins again: the cell's output was cleared.</summary>
    public void Reset()
    {
        (_used, _held, _stream) = (0, 0, "");
        _tail.Clear();
    }

    private void Hold(string text)
    {
        _held += text.Length;
        _tail.Append(text.Length > TailLength ? text[^TailLength..] : text);
        if (_tail.Length > 4 * TailLength) _tail.Remove(0, _tail.Length - TailLength);
    }
}
