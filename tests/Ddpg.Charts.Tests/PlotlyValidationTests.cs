using System.Globalization;
using System.Text;

namespace Ddpg.Charts.Tests;

/// <summary>plotly.js itself judges the figures, those that the notebooks have saved too: <c>Plotly.validate</c>.</summary>
public sealed class PlotlyValidationTests
{
    [SkippableFact]
    public void plotly_js_finds_every_figure_valid()
    {
        (string Name, string Json)[] figures =
        [
            // A trace without any data is no fault of the JSON, but plotly.js names it as one.
            .. Gallery.Charts.Concat(AxisGallery.Charts).Where(chart => chart.Key != "number-none").Select(chart => (chart.Key, PlotlyFigure.Of(chart.Value()).ToJson())),
            .. SavedFigures.All().Select(saved => (saved.Name, saved.Figure.ToJsonString())),
        ];
        var script = new StringBuilder("function check(name, figure) { const found = Plotly.validate(figure.data, figure.layout); lines.push(name + (found ? ' ' + found.map(e => e.msg).join(' | ') : ' valid')); }\n");
        foreach ((string name, string json) in figures)
            script.Append(CultureInfo.InvariantCulture, $"check('{name}', {json});\n");
        // A check that accepts everything would prove nothing.
        script.Append("lines.push(Plotly.validate([{ type: 'scatter', y: [1], mode: 7 }], { title: 'text' }) ? 'broken refused' : 'broken accepted');\n");
        Assert.Equal(figures.Select(figure => figure.Name + " valid").Append("broken refused"), PlotlyBrowser.Ask(script.ToString()));
    }
}
