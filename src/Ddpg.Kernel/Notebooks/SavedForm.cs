using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Ddpg.Kernel.Notebooks;

/// <summary>Takes out of an executed notebook what differs from run to run or from machine to machine, so that a second run saves the same bytes.</summary>
internal static partial class SavedForm
{
    internal static void Apply(Notebook notebook, string repositoryRoot)
    {
        notebook.Complete();
        foreach (NotebookCell cell in notebook.Cells.Where(cell => cell.IsCode))
        {
            cell.ExecutionCount = null;
            foreach (JsonObject output in cell.Outputs.OfType<JsonObject>())
            {
                if (output.ContainsKey("execution_count")) output["execution_count"] = null;
                if (output["text"] is { } stream) output["text"] = NotebookText.Lines(Neutral(LastStateOfLines(NotebookText.Join(stream)), repositoryRoot));
                if (output["data"] is JsonObject data) Apply(data, repositoryRoot);
            }
        }
    }

    private static void Apply(JsonObject data, string repositoryRoot)
    {
        foreach (string mimeType in data.Select(entry => entry.Key).Where(key => key.StartsWith("text/", StringComparison.Ordinal)).ToList())
            data[mimeType] = NotebookText.Lines(Neutral(NotebookText.Join(data[mimeType]), repositoryRoot));
    }

    private static string Neutral(string text, string repositoryRoot)
    {
        string root = Path.TrimEndingDirectorySeparator(repositoryRoot);
        if (root.Length > 1) text = text.Replace(root, ".", StringComparison.Ordinal);
        return WallTime().Replace(text, "Wall time: (differs from run to run)");
    }

    /// <summary>A progress line that rewrites itself by carriage returns, as it stood at the end.</summary>
    private static string LastStateOfLines(string text) =>
        string.Join('\n', text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n').Select(line => line[(line.TrimEnd('\r').LastIndexOf('\r') + 1)..].TrimEnd('\r')));

    [GeneratedRegex(@"Wall time: [\d.E+-]+ms")]
    private static partial Regex WallTime();
}
