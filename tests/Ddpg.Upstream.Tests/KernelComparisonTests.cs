using System.Text.Json.Nodes;

namespace Ddpg.Notebooks.Tests.Upstream;

/// <summary>What the comparison of two kernels' outputs sees and what it lets pass, shown on one made-up cell.</summary>
[Trait("Speed", "tiny")]
public sealed class KernelComparisonTests : IDisposable
{
    private const string Tree = "<details open=\"open\" class=\"dni-treeview\"><summary><span class=\"dni-code-hint\"><code>3 &#177; 1</code></span></summary><table><tr><td>Mean</td><td>3</td></tr></table></details><style>x</style>";

    private readonly string _folder = Directory.CreateTempSubdirectory("ddpg-comparison-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_text_may_be_plain_in_one_and_HTML_in_the_other_if_a_reader_sees_the_same()
    {
        Assert.Empty(Differences(Shown(("text/plain", "42")), Shown(("text/html", "<div class=\"dni-plaintext\"><pre>42</pre></div>"))));
        Assert.Empty(Differences(Shown(("text/plain", "3 ± 1")), Shown(("text/html", Tree))));
        Assert.Empty(Differences(Shown(("text/plain", "42"), ("text/html", "<b>42</b>")), Shown(("text/html", "<b>42</b>"))));
        Assert.Contains("visible text", Assert.Single(Differences(Shown(("text/plain", "42")), Shown(("text/html", "<pre>43</pre>")))));
        Assert.Contains("text/html", Assert.Single(Differences(Shown(("text/plain", "42"), ("text/html", "<b>42</b>")), Shown(("text/html", "<i>42</i>")))));
    }

    [Fact]
    public void A_figure_is_the_same_as_JSON_and_as_a_text_that_holds_it()
    {
        JsonObject figure = new() { ["data"] = new JsonArray(1, 2) };
        JsonObject ours = Shown(("application/vnd.plotly.v1+json", figure), ("text/plain", "PlotlyChart"));
        Assert.Empty(Differences(ours, Shown(("application/vnd.plotly.v1+json", figure.ToJsonString()), ("text/plain", "PlotlyChart"))));
        Assert.Single(Differences(ours, Shown(("application/vnd.plotly.v1+json", "{\"data\":[1,3]}"), ("text/plain", "PlotlyChart"))));
        Assert.Contains("MIME types", Assert.Single(Differences(ours, Shown(("text/plain", "PlotlyChart")))));
    }

    [Fact]
    public void Streams_and_the_order_of_outputs_are_compared_and_numbers_unless_they_are_machine_dependent()
    {
        Assert.Single(Differences(Stream("stdout", "loss 1"), Stream("stdout", "loss 2")));
        Assert.Empty(Differences(Stream("stdout", "loss 1"), Stream("stdout", "loss 2"), "machine-dependent"));
        Assert.Single(Differences(Stream("stdout", "loss 1"), Stream("stdout", "cost 1"), "machine-dependent"));
        Assert.Single(Differences(Stream("stdout", "loss 1"), Stream("stderr", "loss 1"), "machine-dependent"));
        Assert.Single(Differences(new JsonArray(Stream("stdout", "a"), Shown(("text/plain", "b"))), new JsonArray(Shown(("text/plain", "b")), Stream("stdout", "a"))));
    }

    [Fact]
    public void Only_the_known_warning_is_known()
    {
        JsonArray ours = [Stream("stdout", "a")];
        Assert.Empty(Differences(ours, new JsonArray(Stream("stdout", "a"), Stream("stderr", "warning CS1701: 'Microsoft.AspNetCore.Html.Abstractions, Version=2.3.0.0, Culture=neutral'"))));
        Assert.Single(Differences(ours, new JsonArray(Stream("stdout", "a"), Stream("stderr", "warning CS1701: 'System.Runtime.Numerics, Version=8.0.0.0'"))));
    }

    private IReadOnlyList<string> Differences(JsonNode ours, JsonNode theirs, params string[] tags) => KernelComparison.Differences(Write("ours", ours, tags), Write("theirs", theirs, tags));

    private string Write(string name, JsonNode outputs, string[] tags)
    {
        JsonObject cell = new()
        {
            ["cell_type"] = "code",
            ["execution_count"] = null,
            ["id"] = "cell",
            ["metadata"] = new JsonObject { ["tags"] = new JsonArray([.. tags.Select(tag => (JsonNode)tag)]) },
            ["outputs"] = outputs is JsonArray ? outputs.DeepClone() : new JsonArray(outputs.DeepClone()),
            ["source"] = "1",
        };
        string path = Path.Combine(_folder, name + ".ipynb");
        File.WriteAllText(path, new JsonObject { ["cells"] = new JsonArray(cell), ["metadata"] = new JsonObject(), ["nbformat"] = 4, ["nbformat_minor"] = 5 }.ToJsonString());
        return path;
    }

    private static JsonObject Stream(string name, string text) => new() { ["output_type"] = "stream", ["name"] = name, ["text"] = text };

    private static JsonObject Shown(params (string Type, JsonNode Content)[] data) => new()
    {
        ["output_type"] = "execute_result",
        ["execution_count"] = null,
        ["metadata"] = new JsonObject(),
        ["data"] = new JsonObject([.. data.Select(entry => KeyValuePair.Create(entry.Type, (JsonNode?)entry.Content.DeepClone()))]),
    };
}
