using System.Globalization;
using System.Text;
using XPlot.Plotly;

namespace Ddpg.Charts.Tests;

/// <summary>plotly.js itself judges the figures: <c>Plotly.validate</c>.</summary>
public sealed class PlotlyValidationTests
{
    [SkippableFact]
    public void plotly_js_finds_every_figure_valid()
    {
        KeyValuePair<string, Func<PlotlyChart>>[] figures = [.. Gallery.Charts, .. AxisGallery.Charts];
        var script = new StringBuilder("function check(name, figure) { const found = Plotly.validate(figure.data, figure.layout); lines.push(name + (found ? ' ' + found.map(e => e.msg).join(' | ') : ' valid')); }\n");
        foreach ((string name, Func<PlotlyChart> make) in figures)
            script.Append(CultureInfo.InvariantCulture, $"check('{name}', {PlotlyFigure.Of(make()).ToJson()});\n");
        // A check that accepts everything would prove nothing.
        script.Append("lines.push(Plotly.validate([{ type: 'scatter', y: [1], mode: 7 }], { title: 'text' }) ? 'broken refused' : 'broken accepted');\n");
        Assert.Equal(figures.Select(figure => figure.Key + " valid").Append("broken refused"), PlotlyBrowser.Ask(script.ToString()));
    }
}
