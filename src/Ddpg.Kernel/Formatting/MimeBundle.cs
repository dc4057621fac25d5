using System.Collections;
using System.Text.Json.Nodes;

namespace Ddpg.Kernel.Formatting;

/// <summary>
/// One value in several representations, in the order in which the value offered them. A MIME type of JSON (<c>application/json</c>,
/// <c>…+json</c>) holds the text of a JSON document; an image other than SVG holds base64; everything else is plain text.
/// </summary>
internal sealed class MimeBundle : IEnumerable<KeyValuePair<string, string>>
{
    private readonly List<KeyValuePair<string, string>> _entries = [];

    internal static MimeBundle Empty { get; } = [];

    internal static MimeBundle Text(string text) => new() { { "text/plain", text } };

    internal string? this[string mimeType] => _entries.Find(entry => entry.Key == mimeType).Value;

    /// <summary>Adds a representation; the first of a MIME type stands.</summary>
    internal void Add(string mimeType, string content)
    {
        if (this[mimeType] is null)
            _entries.Add(new(mimeType, content));
    }

    internal static bool IsJson(string mimeType) =>
        mimeType.Equals("application/json", StringComparison.OrdinalIgnoreCase) || mimeType.EndsWith("+json", StringComparison.OrdinalIgnoreCase);

    /// <summary>The bundle as the <c>data</c> object of Jupyter's messages and of nbformat: JSON types as JSON, the rest as strings.</summary>
    internal JsonObject ToJson()
    {
        var data = new JsonObject();
        foreach ((string mimeType, string content) in _entries)
            data[mimeType] = IsJson(mimeType) ? JsonNode.Parse(content) : JsonValue.Create(content);
        return data;
    }

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => _entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
