using System.Text.Json.Nodes;
using Ddpg.Kernel.Notebooks;
using KernelCell = Ddpg.Kernel.Notebooks.NotebookCell;
using KernelNotebook = Ddpg.Kernel.Notebooks.Notebook;

namespace Ddpg.Notebooks.Tests.Running;

/// <summary>
/// The outputs saved in the notebooks are what a run gives today: out of the one execution that serves all tests, without a run of their own.
/// A difference is mended by <c>ddpg-kernel run --save</c>, and looked at before it is committed.
/// </summary>
[Collection(ExecutedNotebooks.Collection)]
public sealed class SavedOutputTests(ExecutedNotebooks executed)
{
    public static TheoryData<string> Notebooks => [.. Repository.Notebooks];

    [Theory, MemberData(nameof(Notebooks))]
    public void TheSavedOutputsAreCurrent(string path)
    {
        ExecutedNotebook run = executed[path];
        Assert.True(run.Ok, run.Detail);
        Dictionary<string, JsonArray> saved = OutputsOf(Path.Combine(Repository.Root, path)), made = OutputsOf(run.Path);
        Assert.Equal(saved.Keys.Order(), made.Keys.Order());
        string[] differing = [.. saved.Where(cell => !JsonNode.DeepEquals(cell.Value, made[cell.Key])).Select(cell => $"{cell.Key}: {FirstDifference(cell.Value, made[cell.Key])}")];
        Assert.True(differing.Length == 0, $"{path}: save it anew with ddpg-kernel run --save {path}\n{string.Join('\n', differing)}");
    }

    /// <summary>The outputs by cell id, in the form that --save gives them: a front end cuts streams elsewhere, sorts keys and counts cells.</summary>
    private static Dictionary<string, JsonArray> OutputsOf(string path)
    {
        KernelNotebook notebook = KernelNotebook.Load(path);
        foreach (KernelCell cell in notebook.Cells.Where(cell => cell.IsCode))
            cell.Outputs = Merged(cell.Outputs);
        SavedForm.Apply(notebook, Repository.Root);
        return notebook.Cells.Where(cell => cell.IsCode).ToDictionary(cell => cell.Id, cell => (JsonArray)cell.Outputs.DeepClone());
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

    private static string FirstDifference(JsonArray saved, JsonArray made)
    {
        (string one, string other) = (saved.ToJsonString(), made.ToJsonString());
        int at = one.Zip(other).TakeWhile(pair => pair.First == pair.Second).Count(), from = Math.Max(0, at - 40);
        return $"saved …{Cut(one, from)}…, now …{Cut(other, from)}…";
    }

    private static string Cut(string text, int from) => text.Substring(from, Math.Min(120, text.Length - from));
}
