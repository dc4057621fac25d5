using System.Reflection;
using System.Text.Json;
using XPlot.Plotly;

namespace Ddpg.Charts.Tests;

[Trait("Speed", "tiny")]
public sealed class ChartTests
{
    [Fact]
    public void Kernels_find_by_name_how_a_chart_is_shown()
    {
        object attribute = Assert.Single(typeof(PlotlyChart).GetCustomAttributes(), found => found.GetType().Name == "TypeFormatterSourceAttribute");
        var source = (Type)attribute.GetType().GetProperty("FormatterSourceType")!.GetValue(attribute)!;
        var preferred = (string[])attribute.GetType().GetProperty("PreferredMimeTypes")!.GetValue(attribute)!;
        object maker = Activator.CreateInstance(source)!;
        var formatters = (IEnumerable<object>)source.GetMethod("CreateTypeFormatters")!.Invoke(maker, [])!;
        Assert.Equal(["application/vnd.plotly.v1+json", "image/svg+xml"], preferred);
        Assert.Equal(preferred, formatters.Select(formatter => (string)formatter.GetType().GetProperty("MimeType")!.GetValue(formatter)!));
        foreach (object formatter in formatters)
        {
            MethodInfo format = formatter.GetType().GetMethod("Format")!;
            using var writer = new StringWriter();
            Assert.Equal(true, format.Invoke(formatter, [Chart.Line(new[] { 1, 2 }), writer]));
            Assert.NotEmpty(writer.ToString());
            Assert.Equal(false, format.Invoke(formatter, ["something else", writer]));
        }
    }

    [Fact]
    public void Titles_are_objects_since_plotly_3()
    {
        PlotlyChart chart = Chart.Plot(new Heatmap { z = new[,] { { 1, 2 } }, colorbar = new Colorbar { title = "Q", titleside = "top" } },
            new Layout.Layout { title = "T", titlefont = new Font { size = 20 }, xaxis = new Xaxis { title = "X" } });
        using JsonDocument figure = JsonDocument.Parse(FigureJson.Bundle(chart));
        JsonElement layout = figure.RootElement.GetProperty("layout");
        Assert.Equal("T", layout.GetProperty("title").GetProperty("text").GetString());
        Assert.Equal(20, layout.GetProperty("title").GetProperty("font").GetProperty("size").GetDouble());
        Assert.Equal("X", layout.GetProperty("xaxis").GetProperty("title").GetProperty("text").GetString());
        JsonElement bar = figure.RootElement.GetProperty("data")[0].GetProperty("colorbar");
        Assert.Equal("top", bar.GetProperty("title").GetProperty("side").GetString());
        Assert.False(bar.TryGetProperty("titleside", out _));
    }

    [Fact]
    public void Numbers_that_JSON_lacks_become_gaps()
    {
        using JsonDocument figure = JsonDocument.Parse(FigureJson.Bundle(Chart.Line(new[] { 1, double.NaN, double.PositiveInfinity, -0.5 })));
        Assert.Equal("[1,null,null,-0.5]", figure.RootElement.GetProperty("data")[0].GetProperty("y").GetRawText());
    }

    [Fact]
    public void A_member_that_was_not_set_cannot_be_read()
    {
        var error = Assert.Throws<InvalidOperationException>(() => new Heatmap().zmin);
        Assert.Equal("Heatmap.zmin has not been set.", error.Message);
    }

    [Fact]
    public void Fewer_labels_than_traces_are_refused()
    {
        PlotlyChart chart = Chart.Plot(new[] { new Scatter { y = new[] { 1 } }, new Scatter { y = new[] { 2 } } });
        var error = Assert.Throws<ArgumentException>(() => chart.WithLabels(["one"]));
        Assert.StartsWith("1 labels for 2 traces", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_that_no_chart_can_show_is_named()
    {
        var error = Assert.Throws<ArgumentException>(() => FigureJson.Bundle(Chart.Plot(new Scatter { y = new object() })));
        Assert.Contains("System.Object", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_size_of_nothing_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => Chart.Line(new[] { 1 }).WithWidth(0));

    [Fact]
    public void The_page_needs_no_network_unless_asked()
    {
        PlotlyChart chart = Chart.Line(new[] { 1, 2 });
        Assert.DoesNotContain("src=", chart.GetHtml(), StringComparison.Ordinal);
        chart.WithPlotlySrc("plotly.js");
        Assert.Contains("<script src=\"plotly.js\">", chart.GetHtml(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 1, "0")]
    [InlineData(-1200, 200, "−1,200")]
    [InlineData(0.30000000000000004, 0.1, "0.3")]
    [InlineData(2.5e6, 5e5, "2.5M")]
    [InlineData(2e-7, 1e-7, "2×10⁻⁷")]
    [InlineData(0.75, 0.25, "0.75")]
    [InlineData(100000, 100000, "100,000")]
    public void Ticks_read_well(double value, double step, string text) => Assert.Equal(text, NumberText.Tick(value, step));

    [Theory]
    [InlineData(0.1234, ".0%", "12%")]
    [InlineData(1234.5, ",.1f", "1,234.5")]
    [InlineData(12000, "~s", "12k")]
    [InlineData(0.5, "+.2f", "+0.50")]
    [InlineData(-0.001, ".1f", "0.0")]
    [InlineData(1, "no such format", null)]
    public void Formats_of_d3_are_followed(double value, string format, string? text) => Assert.Equal(text, NumberText.ByFormat(value, format));

    /// <summary>WCAG: parts of a picture that carry meaning need 3:1 against what is beside them, text needs 4.5:1.</summary>
    [Theory]
    [InlineData("#ffffff")]
    [InlineData("#1c1e22")]
    public void Series_are_seen_on_light_and_on_dark(string background)
    {
        foreach (string colour in Theme.Colours)
            Assert.True(Contrast(colour, background) >= 3, $"{colour} on {background}: {Contrast(colour, background):F2}");
    }

    [Theory]
    [InlineData(Theme.Text, Theme.Background)]
    [InlineData(Theme.Muted, Theme.Background)]
    public void Text_is_readable(string text, string background) => Assert.True(Contrast(text, background) >= 4.5);

    /// <summary>For readers without red, green or blue receptors (Machado, Oliveira, Fernandes 2009, severity 1) the first four colours stay apart.</summary>
    [Theory]
    [InlineData(0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998)]
    [InlineData(0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881)]
    [InlineData(1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900)]
    public void Colours_stay_apart_for_colour_blind_readers(params double[] matrix)
    {
        double[][] seen = [.. Theme.Colours.Take(4).Select(colour => Linear(colour)).Select(rgb =>
            Enumerable.Range(0, 3).Select(row => Math.Clamp(Enumerable.Range(0, 3).Sum(column => matrix[3 * row + column] * rgb[column]), 0, 1)).ToArray())];
        for (int a = 0; a < seen.Length; a++)
        {
            for (int b = a + 1; b < seen.Length; b++)
            {
                double distance = Math.Sqrt(seen[a].Zip(seen[b], (u, v) => Math.Pow(Math.Pow(u, 1 / 2.2) - Math.Pow(v, 1 / 2.2), 2)).Sum());
                Assert.True(distance > 0.1, $"{Theme.Colours[a]} and {Theme.Colours[b]}: {distance:F2}");
            }
        }
    }

    [Fact]
    public void Quartiles_are_those_of_plotly_js()
    {
        // plotly.js's default ("linear", method 10 of Langford) for 1 … 8: 2.5, 4.5, 6.5.
        string picture = SvgRenderer.Render(Chart.Plot(new Box { y = new[] { 8, 1, 2, 3, 4, 5, 6, 7 } }));
        Assert.Contains("median 4.5, quartiles 2.5 to 6.5, from 1 to 8", picture, StringComparison.Ordinal);
    }

    private static double[] Linear(string colour)
    {
        CssColour parsed = CssColour.TryParse(colour)!.Value;
        return [.. new[] { parsed.Red, parsed.Green, parsed.Blue }.Select(level => level / 255 <= 0.04045 ? level / 255 / 12.92 : Math.Pow((level / 255 + 0.055) / 1.055, 2.4))];
    }

    private static double Luminance(string colour) => Linear(colour) is [var red, var green, var blue] ? 0.2126 * red + 0.7152 * green + 0.0722 * blue : 0;

    private static double Contrast(string one, string two)
    {
        (double a, double b) = (Luminance(one), Luminance(two));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }
}
