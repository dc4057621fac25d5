using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Ddpg.Kernel.Notebooks;
using KernelCell = Ddpg.Kernel.Notebooks.NotebookCell;
using KernelNotebook = Ddpg.Kernel.Notebooks.Notebook;

namespace Ddpg.Notebooks.Tests.Running;

/// <summary>A notebook's outputs in the form in which those of two runs can be compared, and what of them no comparison may ask for.</summary>
internal static partial class ComparableOutputs
{
    private const string MachineDependent = "machine-dependent";

    /// <summary>The outputs by cell id, in the form that --save gives them: a front end cuts streams elsewhere, sorts keys and counts cells.</summary>
    /// <param name="path">The notebook.</param>
    /// <param name="withoutNumbers">The cells tagged <c>machine-dependent</c>, whose numbers another processor makes otherwise.</param>
    /// <param name="isLeftOut">Cells that are no part of the comparison.</param>
    public static Dictionary<string, JsonArray> Of(string path, out HashSet<string> withoutNumbers, Func<KernelCell, bool>? isLeftOut = null)
    {
        KernelNotebook notebook = KernelNotebook.Load(path);
        KernelCell[] code = [.. notebook.Cells.Where(cell => cell.IsCode && isLeftOut?.Invoke(cell) is not true)];
        foreach (KernelCell cell in code)
            cell.Outputs = Merged(cell.Outputs);
        SavedForm.Apply(notebook, Repository.Root);
        withoutNumbers = [.. code.Where(cell => cell.Tags.Contains(MachineDependent)).Select(cell => cell.Id)];
        return code.ToDictionary(cell => cell.Id, cell => (JsonArray)cell.Outputs.DeepClone());
    }

    private static JsonArray Merged(JsonArray outputs)
    {
        var merged = new List<JsonObject>();
        foreach (JsonObject output in outputs.Select(output => (JsonObject)output!.DeepClone()))
        {
            output.Remove("transient");
            // Python's nbformat cuts texts at more characters than ours does.
            if (output["data"] is JsonObject data)
                foreach (string type in data.Where(entry => entry.Value is JsonArray).Select(entry => entry.Key).ToList())
                    data[type] = NotebookText.Join(data[type]);
            if ((string?)output["output_type"] == "stream")
            {
                output["text"] = NotebookText.Join(output["text"]);
                if (merged.Count > 0 && (string?)merged[^1]["name"] is { } name && name == (string?)output["name"])
                {
                    merged[^1]["text"] = (string?)merged[^1]["text"] + (string?)output["text"];
                    continue;
                }
            }
            merged.Add(output);
        }
        return [.. merged];
    }

    /// <summary>The outputs with a mark for each number, and with pictures only by their kind.</summary>
    public static JsonArray WithoutNumbers(JsonArray outputs)
    {
        var copy = (JsonArray)outputs.DeepClone();
        foreach (JsonObject output in copy.Cast<JsonObject>())
        {
            foreach (string text in new[] { "text", "evalue", "traceback" }.Where(output.ContainsKey))
                output[text] = WithoutNumbers(NotebookText.Join(output[text]));
            if (output["data"] is JsonObject data)
                foreach (string type in data.Select(entry => entry.Key).ToList())
                    data[type] = IsPicture(type, NotebookText.Join(data[type])) ? "(picture)" : WithoutNumbers(NotebookText.Join(data[type]));
        }
        return copy;
    }

    // A chart, or a page with one in it, as the player of an episode is.
    private static bool IsPicture(string type, string content) =>
        !type.StartsWith("text/", StringComparison.Ordinal) || content.Contains("<svg", StringComparison.OrdinalIgnoreCase);

    private static string WithoutNumbers(string text) => Number().Replace(text, " # ");

    /// <summary>A number with the blanks around it, which depend on how many digits it has. Not the 1 of Q1, which is a name; not NaN, which is a word.</summary>
    [GeneratedRegex(@"[ \t]*(?<![\p{L}_\d.])[-−+]?\d[\d,]*(\.\d+)?([eE][-−+]?\d+)?[ \t]*")]
    private static partial Regex Number();
}
