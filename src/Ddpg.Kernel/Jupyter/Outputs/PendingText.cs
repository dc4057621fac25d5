using System.Text;

namespace Ddpg.Kernel.Jupyter.Outputs;

/// <summary>Text of one stream of one request that is not sent yet.</summary>
internal sealed class PendingText
{
    private readonly StringBuilder _text = new();
    private long _since;

    public byte[] Parent { get; private set; } = [];

    public string Stream { get; private set; } = "";

    public int Length => _text.Length;

    /// <summary>How long the oldest of the text has waited, in ms.</summary>
    public long Age => _text.Length == 0 ? 0 : Environment.TickCount64 - _since;

    /// <summary>Whether text of that request and stream may be added to what waits.</summary>
    public bool Continues(byte[] parent, string stream) => _text.Length == 0 || (ReferenceEquals(parent, Parent) && stream == Stream);

    public void Append(byte[] parent, string stream, string text)
    {
        if (_text.Length == 0) (_since, Parent, Stream) = (Environment.TickCount64, parent, stream);
        _text.Append(text);
    }

    public string Take()
    {
        string text = _text.ToString();
        _text.Clear();
        return text;
    }
}
