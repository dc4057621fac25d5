using System.Text.Json.Nodes;

namespace Ddpg.Kernel.Notebooks;

/// <summary>nbformat's texts: one string, or a list of lines that keep their line ends.</summary>
internal static class NotebookText
{
    /// <summary>The text, whichever form it has; of what is no text (a number, an object), its JSON.</summary>
    internal static string Join(JsonNode? text) => text is JsonArray lines ? string.Concat(lines.Select(Join)) : Of(text) ?? text?.ToJsonString() ?? "";

    /// <summary>A member's text; null where it is missing or something else. Files that other programs wrote have both.</summary>
    internal static string? Of(JsonNode? text) => text is JsonValue value && value.TryGetValue(out string? found) ? found : null;

    /// <summary>A member's integer; null where it is missing or something else.</summary>
    internal static int? IntegerOf(JsonNode? number) => number is JsonValue value && value.TryGetValue(out int found) ? found : null;

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
