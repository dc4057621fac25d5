using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Ddpg.Kernel.Notebooks;
using Ddpg.Notebooks.Tests.Running;

namespace Ddpg.Notebooks.Tests.Upstream;

/// <summary>
/// Compares the outputs that our kernel saved in a notebook with those that .NET Interactive's made of it, cell by cell: the same outputs in the same order,
/// the same streams and MIME types, the same contents, numbers included unless the cell is tagged <c>machine-dependent</c>.
/// A text may come as HTML in one and plain in the other; then what a reader sees must be the same. What differs for a known reason is in <see cref="KnownDifference"/>.
/// </summary>
internal static partial class KernelComparison
{
    private const string Html = "text/html", Plain = "text/plain";

    /// <summary>A line for each difference.</summary>
    public static IReadOnlyList<string> Differences(string notebook, string executed)
    {
        Dictionary<string, JsonArray> saved = ComparableOutputs.Of(notebook, out HashSet<string> withoutNumbers), made = ComparableOutputs.Of(executed, out _);
        List<string> differing = [.. saved.Keys.Union(made.Keys).Where(id => !saved.ContainsKey(id) || !made.ContainsKey(id)).Select(id => $"{id}: is in one of the two only")];
        foreach ((string id, JsonArray outputs) in saved.Where(cell => made.ContainsKey(cell.Key)))
        {
            JsonArray without = KnownDifference.TakeFrom(made[id], id);
            (JsonArray ours, JsonArray theirs) = withoutNumbers.Contains(id) ? (ComparableOutputs.WithoutNumbers(outputs), ComparableOutputs.WithoutNumbers(without)) : (outputs, without);
            differing.AddRange(DifferencesOf(ours, theirs).Select(difference => $"{id}: {difference}"));
        }

        return differing;
    }

    private static IEnumerable<string> DifferencesOf(JsonArray ours, JsonArray theirs)
    {
        string[] kinds = [.. ours.Select(KindOf)], theirKinds = [.. theirs.Select(KindOf)];
        if (!kinds.SequenceEqual(theirKinds)) return [$"outputs: {List(kinds)}, upstream {List(theirKinds)}\n{Cut(theirs.ToJsonString(), 0, 400)}"];
        return ours.Zip(theirs).SelectMany(pair => DifferencesOf((JsonObject)pair.First!, (JsonObject)pair.Second!));
    }

    private static IEnumerable<string> DifferencesOf(JsonObject ours, JsonObject theirs)
    {
        if (ours["data"] is not JsonObject data || theirs["data"] is not JsonObject theirData) return DifferencesOf("text", NotebookText.Join(ours["text"] ?? ours["evalue"]), NotebookText.Join(theirs["text"] ?? theirs["evalue"]));
        (string[] types, string[] theirTypes) = (TypesOf(data), TypesOf(theirData));
        string[] shared = [.. types.Intersect(theirTypes)];
        IEnumerable<string> differing = shared.SelectMany(type => DifferencesOf(type, ContentOf(type, data), ContentOf(type, theirData)));
        // A picture or a figure that one of the two lacks, and a text that is in no form that both have.
        if (!types.Where(IsNoText).SequenceEqual(theirTypes.Where(IsNoText))) return [.. differing, $"MIME types: {List(types)}, upstream {List(theirTypes)}"];
        return theirTypes.Except(types).Any() || shared.Length == 0 ? [.. differing, .. DifferencesOf("visible text", VisibleText(data), VisibleText(theirData))] : differing;
    }

    private static IEnumerable<string> DifferencesOf(string what, string one, string other)
    {
        if (one == other) return [];
        int from = Math.Max(0, one.Zip(other).TakeWhile(pair => pair.First == pair.Second).Count() - 40);
        return [$"{what}: …{Cut(one, from)}…, upstream …{Cut(other, from)}…"];
    }

    private static string KindOf(JsonNode? output) => $"{output!["output_type"]}{(output["name"] is { } name ? $" {name}" : "")}";

    private static string[] TypesOf(JsonObject data) => [.. data.Select(entry => entry.Key).Order(StringComparer.Ordinal)];

    private static bool IsNoText(string type) => type is not (Html or Plain);

    /// <summary>The text, or the figure in one form: the tool sends a figure as a text that holds JSON, the packages and we as JSON.</summary>
    private static string ContentOf(string type, JsonObject data)
    {
        if (!type.EndsWith("+json", StringComparison.Ordinal)) return NotebookText.Join(data[type]);
        JsonNode? figure = data[type] is JsonValue value && value.TryGetValue(out string? text) && text.StartsWith('{') ? JsonNode.Parse(text) : data[type];
        // A rounded zero keeps the sign of what it was, which optimised and plain code may leave otherwise.
        return MinusZero().Replace(figure?.ToJsonString() ?? "", "0");
    }

    /// <summary>What a reader sees: of an object's tree of members, its summary.</summary>
    private static string VisibleText(JsonObject data)
    {
        string text = NotebookText.Join(data[Html] ?? data[Plain]);
        if (data.ContainsKey(Html))
        {
            Match summary = Summary().Match(text);
            text = WebUtility.HtmlDecode(Tags().Replace(summary.Success ? summary.Groups[1].Value : text, ""));
        }

        return Blanks().Replace(text, " ").Trim();
    }

    private static string List(IEnumerable<string> names) => $"[{string.Join(", ", names)}]";

    private static string Cut(string text, int from, int length = 120) => text.Substring(from, Math.Min(length, text.Length - from));

    [GeneratedRegex("^<details[^>]*class=\"dni-treeview\"><summary>(.*?)</summary>", RegexOptions.Singleline)]
    private static partial Regex Summary();

    [GeneratedRegex("<style.*?</style>|<[^>]*>", RegexOptions.Singleline)]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"(?<=[\[,:])-0(?:\.0)?(?=[\],}])")]
    private static partial Regex MinusZero();
}
