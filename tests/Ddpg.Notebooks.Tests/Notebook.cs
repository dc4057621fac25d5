using System.Text.Json;

namespace Ddpg.Notebooks.Tests;

/// <summary>One cell, as the file has it.</summary>
internal sealed record NotebookCell(int Index, string Id, string Kind, string Source, IReadOnlyList<string> Tags, JsonElement Json)
{
    public IReadOnlyList<string> Lines => Source.Split('\n');

    public bool IsCode => Kind == "code";
}

/// <summary>A notebook read with nothing but a JSON parser, so that what the kernel's own reader gets wrong is seen here.</summary>
internal sealed class Notebook
{
    private Notebook(string path, JsonElement json)
    {
        Path = path;
        Json = json;
        Cells = [.. json.GetProperty("cells").EnumerateArray().Select(ReadCell)];
    }

    public string Path { get; }

    public JsonElement Json { get; }

    public IReadOnlyList<NotebookCell> Cells { get; }

    public IEnumerable<NotebookCell> Code => Cells.Where(cell => cell.IsCode);

    public IEnumerable<NotebookCell> Markdown => Cells.Where(cell => cell.Kind == "markdown");

    public bool IsSolution => Path.Contains("/solutions/", StringComparison.Ordinal);

    public static Notebook Load(string path) => new(path, JsonDocument.Parse(File.ReadAllText(System.IO.Path.Combine(Repository.Root, path))).RootElement);

    private static NotebookCell ReadCell(JsonElement cell, int index) =>
        new(index, cell.GetProperty("id").GetString()!, cell.GetProperty("cell_type").GetString()!, Text(cell.GetProperty("source")), ReadTags(cell), cell);

    private static string Text(JsonElement source) =>
        source.ValueKind == JsonValueKind.String ? source.GetString()! : string.Concat(source.EnumerateArray().Select(line => line.GetString()));

    private static string[] ReadTags(JsonElement cell) =>
        cell.GetProperty("metadata").TryGetProperty("tags", out JsonElement tags) ? [.. tags.EnumerateArray().Select(tag => tag.GetString()!)] : [];
}
