using System.Text.Json.Nodes;

namespace Ddpg.Kernel.Notebooks;

/// <summary>nbformat's texts: one string, or a list of lines that keep their line ends.</summary>
internal static class NotebookText
{
    internal static string Join(JsonNode? text) => text is JsonArray lines ? string.Concat(lines.Select(line => (string?)line)) : (string?)text ?? "";

    internal static JsonArray Lines(string text)
    {
        var lines = new JsonArray();
        for (int start = 0; start < text.Length;)
        {
            int end = text.IndexOf('\n', start) + 1;
            if (end == 0) end = text.Length;
            lines.Add(text[start..end]);
            start = end;
        }

        return lines;
    }
}
