using System.Text.Json;
using XPlot.Plotly;

namespace Ddpg.Charts.Tests;

[Trait("Speed", "tiny")]
public sealed class PlotlyFigureTests
{
    [Fact]
    public void Titles_are_objects_since_plotly_3()
    {
        JsonElement figure = Json(Chart.Plot(new Heatmap { z = new[,] { { 1, 2 } }, colorbar = new Colorbar { title = "Q", titleside = "top" } },
            new Layout.Layout { title = "T", titlefont = new Font { size = 20 }, xaxis = new Xaxis { title = "X" } }));
        JsonElement layout = figure.GetProperty("layout");
        Assert.Equal("""{"text":"T","font":{"size":20}}""", layout.GetProperty("title").GetRawText());
        Assert.False(layout.TryGetProperty("titlefont", out _));
        Assert.Equal("""{"text":"X"}""", layout.GetProperty("xaxis").GetProperty("title").GetRawText());
        Assert.Equal("""{"title":{"text":"Q","side":"top"}}""", figure.GetProperty("data")[0].GetProperty("colorbar").GetRawText());
    }

    [Fact]
    public void Numbers_that_JSON_lacks_become_gaps_and_words_stay_words()
    {
        JsonElement figure = Json(Chart.Plot(new Scatter
        {
            x = new[] { 1, float.NaN, 3 },
            y = new object?[] { double.NegativeInfinity, null, "NaN" },
            text = new[] { "NaN", "b", "c" },
            name = "NaN",
            marker = new Marker { size = double.NaN, color = new[] { double.NaN, double.PositiveInfinity, -0.5 } },
        }));
        JsonElement trace = figure.GetProperty("data")[0];
        Assert.Equal("[1,null,3]", trace.GetProperty("x").GetRawText());
        Assert.Equal("[null,null,null]", trace.GetProperty("y").GetRawText());
        Assert.Equal("""["NaN","b","c"]""", trace.GetProperty("text").GetRawText());
        Assert.Equal("NaN", trace.GetProperty("name").GetString());
        Assert.Equal("""{"color":[null,null,-0.5]}""", trace.GetProperty("marker").GetRawText());
        Assert.Equal("""["NaN","b"]""", Json(Chart.Plot(new Bar { x = new[] { "NaN", "b" } })).GetProperty("data")[0].GetProperty("x").GetRawText());
    }

    [Fact]
    public void A_chart_without_a_layout_has_size_margin_and_theme()
    {
        JsonElement figure = Json(Chart.Line(new[] { 1, 2 }));
        Assert.Equal(["height", "margin", "template"], figure.GetProperty("layout").EnumerateObject().Select(member => member.Name));
        Assert.Equal(500, figure.GetProperty("layout").GetProperty("height").GetInt32());
        Assert.Equal("""[{"type":"scatter","y":[1,2]}]""", figure.GetProperty("data").GetRawText());
    }

    [Fact]
    public void What_a_chart_says_of_its_size_is_kept()
    {
        PlotlyChart chart = Chart.Plot(new Scatter { y = new[] { 1, 2 } }, new Layout.Layout { height = 321 });
        chart.WithWidth(640);
        JsonElement layout = Json(chart).GetProperty("layout");
        Assert.Equal((640, 321), (layout.GetProperty("width").GetInt32(), layout.GetProperty("height").GetInt32()));
        Assert.Contains("width=\"640\" height=\"321\"", PlotlyFigure.Of(chart).ToSvg(), StringComparison.Ordinal);
    }

    [Fact]
    public void No_id_and_no_mark_of_plotly_js_is_in_a_figure()
    {
        PlotlyChart Make()
        {
            PlotlyChart chart = Chart.Line(new[] { 1, 2 });
            chart.WithXTitle("steps");
            return chart;
        }
        Assert.Contains("_isSubplotObj", Make().GetPlottingJS(), StringComparison.Ordinal);
        Assert.DoesNotContain("_isSubplotObj", PlotlyFigure.Of(Make()).ToJson(), StringComparison.Ordinal);
        Assert.NotEqual(Make().Id, Make().Id);
        Assert.Equal(PlotlyFigure.Of(Make()).ToJson(), PlotlyFigure.Of(Make()).ToJson());
        Assert.Equal(PlotlyFigure.Of(Make()).ToSvg(), PlotlyFigure.Of(Make()).ToSvg());
    }

    [Fact]
    public void Text_that_looks_like_the_script_around_it_is_read_as_text()
    {
        const string name = "];\n var layout = {}; </script> var data = [\\";
        PlotlyChart chart = Chart.Plot(new Scatter { y = new[] { 1 }, name = name }, new Layout.Layout { title = name });
        chart.WithId("var data = [1]");
        JsonElement figure = Json(chart);
        Assert.Equal(name, figure.GetProperty("data")[0].GetProperty("name").GetString());
        Assert.Equal(name, figure.GetProperty("layout").GetProperty("title").GetProperty("text").GetString());
    }

    [Fact]
    public void An_axis_over_another_has_ticks_of_its_own()
    {
        JsonElement layout = Json(Gallery.Charts["second-axis"]()).GetProperty("layout");
        Assert.Equal("auto", layout.GetProperty("yaxis2").GetProperty("tickmode").GetString());
        Assert.False(layout.GetProperty("yaxis").TryGetProperty("tickmode", out _));
    }

    [Fact]
    public void What_is_not_drawn_is_named()
    {
        string picture = PlotlyFigure.Of(Chart.Plot(new Surface { z = new[,] { { 1, 2 }, { 3, 4 } }, name = "Q" })).ToSvg();
        Assert.Contains(">surface: drawn by plotly only</text>", picture, StringComparison.Ordinal);
        Assert.Contains("Q (surface): drawn by plotly only.</desc>", picture, StringComparison.Ordinal);
    }

    [Fact]
    public void Quartiles_are_those_of_plotly_js()
    {
        // plotly.js's default ("linear", method 10 of Langford) for 1 … 8: 2.5, 4.5, 6.5.
        string picture = PlotlyFigure.Of(Chart.Plot(new Box { y = new[] { 8, 1, 2, 3, 4, 5, 6, 7 } })).ToSvg();
        Assert.Contains("median 4.5, quartiles 2.5 to 6.5, from 1 to 8", picture, StringComparison.Ordinal);
    }

    private static JsonElement Json(PlotlyChart chart)
    {
        using JsonDocument figure = JsonDocument.Parse(PlotlyFigure.Of(chart).ToJson());
        return figure.RootElement.Clone();
    }
}
