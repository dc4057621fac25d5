using System.Text.Json.Nodes;

namespace Ddpg.Kernel.Notebooks;

/// <summary>
/// Gives a notebook what nbformat demands and other programs leave out or write as null, so that what is written from it is valid. A valid notebook is not touched.
/// </summary>
internal static class NotebookRepair
{
    internal static void Apply(JsonObject root)
    {
        Require(root, "metadata", node => node is JsonObject, () => new JsonObject());
        JsonObject[] cells = [.. ((JsonArray)root["cells"]!).Cast<JsonObject>()];
        // Cells have ids since 4.5.
        Require(root, "nbformat_minor", node => NotebookText.IntegerOf(node) is >= 0, () => cells.Any(cell => cell.ContainsKey("id")) ? 5 : 4);
        foreach (JsonObject cell in cells) ApplyTo(cell);
    }

    private static void ApplyTo(JsonObject cell)
    {
        Require(cell, "metadata", node => node is JsonObject, () => new JsonObject());
        var metadata = (JsonObject)cell["metadata"]!;
        if (metadata.ContainsKey("tags")) Require(metadata, "tags", node => node is JsonArray tags && tags.All(tag => NotebookText.Of(tag) is not null), () => new JsonArray([.. new NotebookCell(cell).Tags.Where(tag => tag.Length > 0)]));
        Require(cell, "source", node => node is not null, () => new JsonArray());
        if (cell.ContainsKey("id")) Require(cell, "id", node => NotebookText.Of(node) is { Length: > 0 }, () => Notebook.IdOf(NotebookText.Join(cell["source"])));
        if (NotebookText.Of(cell["cell_type"]) != "code") return;
        RequireCount(cell);
        Require(cell, "outputs", node => node is JsonArray, () => new JsonArray());
        var outputs = (JsonArray)cell["outputs"]!;
        for (int index = outputs.Count - 1; index >= 0; index--)
            if (outputs[index] is not JsonObject output || !Keep(output)) outputs.RemoveAt(index);
    }

    // What no front end could show is not kept: an output of an unknown kind, or without its content.
    private static bool Keep(JsonObject output)
    {
        string? kind = NotebookText.Of(output["output_type"]);
        switch (kind)
        {
            case "stream":
                Require(output, "name", node => NotebookText.Of(node) is not null, () => "stdout");
                return IsText(output["text"]);
            case "error":
                foreach (string name in (string[])["ename", "evalue"]) Require(output, name, node => NotebookText.Of(node) is not null, () => NotebookText.Join(output[name]));
                Require(output, "traceback", node => node is JsonArray && IsText(node), () => new JsonArray());
                return true;
            case "display_data" or "execute_result":
                if (kind == "execute_result") RequireCount(output);
                Require(output, "metadata", node => node is JsonObject, () => new JsonObject());
                return output["data"] is JsonObject;
            default:
                return false;
        }
    }

    internal static bool IsText(JsonNode? node) => NotebookText.Of(node) is not null || (node is JsonArray lines && lines.All(line => NotebookText.Of(line) is not null));

    private static void RequireCount(JsonObject owner) =>
        Require(owner, "execution_count", node => (node is null && owner.ContainsKey("execution_count")) || NotebookText.IntegerOf(node) is not null, () => null);

    private static void Require(JsonObject owner, string name, Func<JsonNode?, bool> isRight, Func<JsonNode?> otherwise)
    {
        if (!isRight(owner[name])) owner[name] = otherwise();
    }
}
