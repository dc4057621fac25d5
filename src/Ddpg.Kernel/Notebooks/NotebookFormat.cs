using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ddpg.Kernel.Notebooks;

/// <summary>
/// How a notebook file writes its JSON, read off the file itself, so that what did not change is written back byte for byte. Jupyter's own way is
/// one space of indentation, non-ASCII characters as they are, and a line end at the end of the file.
/// </summary>
internal sealed record NotebookFormat(string Indent, string NewLine, bool EndsWithNewLine, bool EscapesNonAscii, bool HasByteOrderMark)
{
    internal static NotebookFormat Of(string text, bool hasByteOrderMark)
    {
        string newLine = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        int second = text.IndexOf('\n', StringComparison.Ordinal) + 1;
        int width = 0;
        while (second > 0 && second + width < text.Length && text[second + width] is ' ' or '\t')
            width++;
        string indent = second > 0 && width > 0 ? text.Substring(second, width) : " ";
        bool isAscii = text.All(char.IsAscii);
        return new(indent, newLine, text.EndsWith('\n'), isAscii && text.Contains("\\u", StringComparison.Ordinal), hasByteOrderMark);
    }

    internal string Write(JsonNode root)
    {
        var text = new StringBuilder();
        Write(root, text, 0);
        if (EndsWithNewLine) text.Append(NewLine);
        return text.ToString();
    }

    private void Write(JsonNode? node, StringBuilder text, int depth)
    {
        switch (node)
        {
            case null:
                text.Append("null");
                break;
            case JsonObject members:
                Write('{', '}', members, text, depth, member =>
                {
                    WriteString(member.Key, text);
                    text.Append(": ");
                    Write(member.Value, text, depth + 1);
                });
                break;
            case JsonArray items:
                Write('[', ']', items, text, depth, item => Write(item, text, depth + 1));
                break;
            default:
                if (node.GetValueKind() == JsonValueKind.String) WriteString(node.GetValue<string>(), text);
                else text.Append(node.ToJsonString());
                break;
        }
    }

    private void Write<T>(char open, char close, IEnumerable<T> items, StringBuilder text, int depth, Action<T> write)
    {
        text.Append(open);
        bool isFirst = true;
        foreach (T item in items)
        {
            if (!isFirst) text.Append(',');
            isFirst = false;
            NextLine(text, depth + 1);
            write(item);
        }

        if (!isFirst) NextLine(text, depth);
        text.Append(close);
    }

    private void NextLine(StringBuilder text, int depth) => text.Append(NewLine).Insert(text.Length, Indent, depth);

    private void WriteString(string value, StringBuilder text)
    {
        // Half of a character, which a cell can print, has no place in a file: Jupyter could not save it again.
        if (value.Any(char.IsSurrogate)) value = string.Concat(value.EnumerateRunes());
        text.Append('"');
        foreach (char c in value)
        {
            switch (c)
            {
                case '"' or '\\': text.Append('\\').Append(c); break;
                case '\n': text.Append("\\n"); break;
                case '\r': text.Append("\\r"); break;
                case '\t': text.Append("\\t"); break;
                case '\b': text.Append("\\b"); break;
                case '\f': text.Append("\\f"); break;
                case < ' ': text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"); break;
                default:
                    if (EscapesNonAscii && !char.IsAscii(c)) text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
                    else text.Append(c);
                    break;
            }
        }

        text.Append('"');
    }
}
