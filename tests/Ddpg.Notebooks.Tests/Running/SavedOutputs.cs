using System.Text.Json.Nodes;

namespace Ddpg.Notebooks.Tests.Running;

/// <summary>
/// Compares the outputs saved in a notebook with those of a run: exactly; of a cell tagged <c>machine-dependent</c>, whose numbers another processor
/// makes otherwise, without the numbers: the same streams, MIME types and words, and pictures only by their kind.
/// </summary>
internal static class SavedOutputs
{
    /// <summary>A line for each cell whose outputs differ; and for one that only one of the two notebooks has.</summary>
    public static IReadOnlyList<string> Differences(string notebook, string executed)
    {
        Dictionary<string, JsonArray> saved = ComparableOutputs.Of(notebook, out HashSet<string> withoutNumbers), made = ComparableOutputs.Of(executed, out _, ClaimChecks.IsCheck);
        string[] differing = [.. saved.Keys.Union(made.Keys).Where(id => !saved.ContainsKey(id) || !made.ContainsKey(id)).Select(id => $"{id}: is in one of the two only")];
        foreach ((string id, JsonArray outputs) in saved.Where(cell => made.ContainsKey(cell.Key)))
        {
            (JsonNode one, JsonNode other) = withoutNumbers.Contains(id) ? (ComparableOutputs.WithoutNumbers(outputs), ComparableOutputs.WithoutNumbers(made[id])) : (outputs, made[id]);
            if (!JsonNode.DeepEquals(one, other)) differing = [.. differing, $"{id}: {FirstDifference(one, other)}"];
        }
        return differing;
    }

    private static string FirstDifference(JsonNode saved, JsonNode made)
    {
        (string one, string other) = (saved.ToJsonString(), made.ToJsonString());
        int at = one.Zip(other).TakeWhile(pair => pair.First == pair.Second).Count(), from = Math.Max(0, at - 40);
        return $"saved …{Cut(one, from)}…, now …{Cut(other, from)}…";
    }

    private static string Cut(string text, int from) => text.Substring(from, Math.Min(120, text.Length - from));
}
