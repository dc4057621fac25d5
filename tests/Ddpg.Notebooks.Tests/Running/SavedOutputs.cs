using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Ddpg.Kernel.Notebooks;
using KernelCell = Ddpg.Kernel.Notebooks.NotebookCell;
using KernelNotebook = Ddpg.Kernel.Notebooks.Notebook;

namespace Ddpg.Notebooks.Tests.Running;

/// <summary>
/// Compares the outputs saved in a notebook with those of a run: exactly; of a cell tagged <c>machine-dependent</c>, whose numbers another processor
/// makes otherwise, without the numbers: the same streams, MIME types and words, and pictures only by their kind.
/// </summary>
internal static partial class SavedOutputs
{
    private const string MachineDependent = "machine-dependent";

    /// <summary>A line for each cell whose outputs differ; and for one that only one of the two notebooks has.</summary>
    public static IReadOnlyList<string> Differences(string notebook, string executed)
    {
        Dictionary<string, JsonArray> saved = OutputsOf(notebook, out HashSet<string> withoutNumbers), made = OutputsOf(executed, out _);
        string[] differing = [.. saved.Keys.Union(made.Keys).Where(id => !saved.ContainsKey(id) || !made.ContainsKey(id)).Select(id => $"{id}: is in one of the two only")];
        foreach ((string id, JsonArray outputs) in saved.Where(cell => made.ContainsKey(cell.Key)))
        {
            (JsonNode one, JsonNode other) = withoutNumbers.Contains(id) ? (WithoutNumbers(outputs), WithoutNumbers(made[id])) : (outputs, made[id]);
            if (!JsonNode.DeepEquals(one, other)) differing = [.. differing, $"{id}: {FirstDifference(one, other)}"];
        }
        return differing;
    }

    /// <summary>The outputs by cell id, in the form that --save gives them: a front end cuts streams elsewhere, sorts keys and counts cells.</summary>
    private static Dictionary<string, JsonArray> OutputsOf(string path, out HashSet<string> withoutNumbers)
    {
        KernelNotebook notebook = KernelNotebook.Load(path);
        KernelCell[] code = [.. notebook.Cells.Where(cell => cell.IsCode && !ClaimChecks.IsCheck(cell))];
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

    private static JsonArray WithoutNumbers(JsonArray outputs)
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

    private static string FirstDifference(JsonNode saved, JsonNode made)
    {
        (string one, string other) = (saved.ToJsonString(), made.ToJsonString());
        int at = one.Zip(other).TakeWhile(pair => pair.First == pair.Second).Count(), from = Math.Max(0, at - 40);
        return $"saved …{Cut(one, from)}…, now …{Cut(other, from)}…";
    }

    private static string Cut(string text, int from) => text.Substring(from, Math.Min(120, text.Length - from));

    /// <summary>A number with the blanks around it, which depend on how many digits it has. Not the 1 of Q1, which is a name; not NaN, which is a word.</summary>
    [GeneratedRegex(@"[ \t]*(?<![\p{L}_\d.])[-−+]?\d[\d,]*(\.\d+)?([eE][-−+]?\d+)?[ \t]*")]
    private static partial Regex Number();
}
