using System.Text.Json.Nodes;

namespace Ddpg.Kernel.Notebooks;

/// <summary>A view of one cell's JSON.</summary>
internal sealed class NotebookCell(JsonObject json)
{
    internal bool IsCode => NotebookText.Of(json["cell_type"]) == "code";

    internal bool IsMarkdown => NotebookText.Of(json["cell_type"]) == "markdown";

    internal string Source => NotebookText.Join(json["source"]);

    internal string Id => NotebookText.Of(json["id"]) ?? "";

    internal IReadOnlyList<string> Tags => (json["metadata"] as JsonObject)?["tags"] is JsonArray tags ? [.. tags.Select(tag => NotebookText.Of(tag) ?? "")] : [];

    /// <summary>The conditions of the metadata's <c>claims</c>; see <see cref="Claim"/>.</summary>
    internal IReadOnlyList<string> Claims => (json["metadata"] as JsonObject)?["claims"] switch
    {
        JsonArray claims => [.. claims.Select(NotebookText.Join)],
        null => [],
        { } single => [NotebookText.Join(single)],
    };

    internal JsonArray Outputs
    {
        get => json["outputs"] as JsonArray ?? [];
        set => json["outputs"] = value;
    }

    internal int? ExecutionCount
    {
        get => NotebookText.IntegerOf(json["execution_count"]);
        set => json["execution_count"] = value;
    }

    /// <summary>Pictures pasted into a Markdown cell, by name.</summary>
    internal JsonObject? Attachments => json["attachments"] as JsonObject;

    /// <summary>The language of a code cell, by .NET Interactive's precedence after the magics; C# unless the metadata say otherwise.</summary>
    internal string Language =>
        NotebookText.Of(((json["metadata"] as JsonObject)?["polyglot_notebook"] as JsonObject)?["kernelName"])
        ?? NotebookText.Of(((json["metadata"] as JsonObject)?["dotnet_interactive"] as JsonObject)?["language"]) ?? "csharp";
}
