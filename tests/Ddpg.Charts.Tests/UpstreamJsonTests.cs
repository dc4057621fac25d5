using System.Text.Json.Nodes;
using XPlot.Plotly;

namespace Ddpg.Charts.Tests;

[Trait("Speed", "tiny")]
public sealed class UpstreamJsonTests
{
    // What ours adds: the theme and sizes. A chart whose layout sets one of them is compared with it.
    private static readonly string[] Added = ["template", "height", "width", "margin"];

    public static TheoryData<string> Names => [.. Gallery.Charts.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_figure_says_what_XPlot_says(string name)
    {
        PlotlyChart chart = Gallery.Charts[name]();
        Dictionary<string, string> upstream = File.ReadLines(Path.Combine(GoldenText.Folder, "Upstream.txt"))
            .Where(line => line.StartsWith(name + " ", StringComparison.Ordinal)).ToDictionary(line => line.Split(' ')[1], line => line.Split(' ', 3)[2]);
        JsonNode figure = JsonNode.Parse(FigureJson.Bundle(chart))!;
        JsonObject layout = figure["layout"]!.AsObject();
        foreach (string member in Added.Where(member => chart.LayoutMembers.Raw(member) is null))
            layout.Remove(member);
        foreach (JsonObject axis in layout.Select(member => member.Value).OfType<JsonObject>().Where(axis => axis.ContainsKey("overlaying")))
            axis.Remove("tickmode");

        Assert.Equal(upstream["data"], JsonDigest.Of(figure["data"]!.ToJsonString()));
        Assert.Equal(upstream["layout"], JsonDigest.Of(layout.ToJsonString()));
    }
}
