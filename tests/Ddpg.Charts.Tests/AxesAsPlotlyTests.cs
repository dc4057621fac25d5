using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Ddpg.Charts.Tests;

/// <summary>The axes of the static pictures are those that plotly.js draws from the same JSON into the same area: their types, their ranges, and what is written at their ticks. So are those of every figure that the notebooks have saved.</summary>
public sealed class AxesAsPlotlyTests
{
    [SkippableFact]
    public void The_axes_are_those_of_plotly_js()
    {
        var script = new StringBuilder("""
            async function axes(name, figure, margin) {
                Object.assign(figure.layout, margin);
                const place = document.createElement('div');
                document.body.appendChild(place);
                await Plotly.newPlot(place, figure.data, figure.layout);
                for (const [key, axis] of Object.entries(place._fullLayout))
                    if (/^[xy]axis2?$/.test(key)) lines.push(JSON.stringify({ figure: name, axis: key, type: axis.type, range: axis.range.map(end => axis.r2l(end)), ticks: axis._vals.filter(tick => !tick.minor).map(tick => tick.text) }));
                Plotly.purge(place);
                place.remove();
            }

            """);
        (string Name, PlotlyFigure Figure)[] figures =
        [
            .. Gallery.Charts.Concat(AxisGallery.Charts).Where(chart => chart.Key != "plotly-only").Select(chart => (chart.Key, PlotlyFigure.Of(chart.Value()))),
            .. SavedFigures.All().Select(saved => (saved.Name, SavedFigures.Read(saved.Figure))),
        ];
        var ours = new List<Seen>();
        foreach ((string name, PlotlyFigure figure) in figures)
        {
            var drawn = new Figure(figure);
            var page = new PageLayout(drawn, figure.PixelWidth, figure.PixelHeight);
            ours.AddRange(drawn.UsedAxes.Select(axis => new Seen(name, axis.Id[0] + "axis" + axis.Id[1..], axis.Kind.ToString().ToLowerInvariant(), [axis.Low, axis.High],
                [.. axis.Ticks.Where(tick => !tick.Minor).Select(tick => tick.Label)])));
            string room = string.Create(CultureInfo.InvariantCulture, $"l: {page.Plot.X}, r: {figure.PixelWidth - page.Plot.Right}, t: {page.Plot.Y}, b: {page.Height - page.Plot.Bottom}");
            script.Append(CultureInfo.InvariantCulture, $"await axes('{name}', {figure.ToJson()}, {{ width: {figure.PixelWidth}, height: {page.Height}, margin: {{ {room}, autoexpand: false }} }});\n");
        }
        Dictionary<(string, string), Seen> theirs = PlotlyBrowser.Ask(script.ToString())
            .Select(line => line.StartsWith('{') ? JsonSerializer.Deserialize<Seen>(line, JsonSerializerOptions.Web)! : throw new InvalidOperationException(line)).ToDictionary(seen => (seen.Figure, seen.Axis));
        Assert.True(ours.Count >= 2 * figures.Length, $"{ours.Count} axes of {figures.Length} figures");
        string[] differences = [.. ours.Select(axis => Difference(theirs[(axis.Figure, axis.Axis)], axis)).OfType<string>()];
        Assert.True(differences.Length == 0, $"{differences.Length} of {ours.Count} axes differ.\n{string.Join('\n', differences)}");
    }

    private static string? Difference(Seen theirs, Seen ours)
    {
        double span = Math.Abs(theirs.Range[1] - theirs.Range[0]);
        // plotly.js writes the ends of a date axis to a tenth of a millisecond.
        double rounding = ours.Type == "date" ? 0.1 : 1e-9 * span;
        bool same = theirs.Type == ours.Type && theirs.Range.Zip(ours.Range).All(ends => Math.Abs(ends.First - ends.Second) <= rounding) && theirs.Ticks.SequenceEqual(ours.Ticks);
        return same ? null : $"{ours.Figure} {ours.Axis}\n  plotly.js {Text(theirs)}\n  ours      {Text(ours)}";
    }

    private static string Text(Seen axis) => string.Create(CultureInfo.InvariantCulture, $"{axis.Type} {axis.Range[0]:R} to {axis.Range[1]:R}: {string.Join(" | ", axis.Ticks)}");

    private sealed record Seen(string Figure, string Axis, string Type, double[] Range, string[] Ticks);
}
