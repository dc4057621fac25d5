using System.Globalization;
using System.Xml.Linq;
using XPlot.Plotly;

namespace Ddpg.Charts.Tests;

[Trait("Speed", "tiny")]
public sealed class SvgTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static TheoryData<string> Names => [.. Gallery.Charts.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_picture_is_the_one_that_was_looked_at(string name)
    {
        // One element a line, so that a difference is one that can be read.
        string picture = PlotlyFigure.Of(Gallery.Charts[name]()).ToSvg().Replace("><", ">\n<", StringComparison.Ordinal) + "\n";
        GoldenText.Compare(picture, $"Svg/{name}.svg");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_picture_is_sound(string name)
    {
        string text = PlotlyFigure.Of(Gallery.Charts[name]()).ToSvg();
        XElement picture = XElement.Parse(text);

        Assert.DoesNotContain("NaN", text, StringComparison.Ordinal);
        Assert.DoesNotContain("∞", text, StringComparison.Ordinal);
        Assert.Equal("img", picture.Attribute("role")?.Value);
        Assert.NotEmpty(picture.Element(Svg + "title")!.Value);
        Assert.NotEmpty(picture.Element(Svg + "desc")!.Value);
        string[] ids = [.. picture.DescendantsAndSelf().Attributes("id").Select(id => id.Value)];
        Assert.Equal(ids.Distinct(StringComparer.Ordinal), ids);
        foreach (string reference in picture.Descendants().Attributes().Select(attribute => attribute.Value).Where(value => value.StartsWith("url(#", StringComparison.Ordinal)))
            Assert.Contains(reference[5..^1], ids);
    }

    // Left out: text at data points, which stands where the data are.
    public static TheoryData<string> WithoutTextAtPoints => [.. Gallery.Charts.Keys.Where(name => name != "styles")];

    [Theory]
    [MemberData(nameof(WithoutTextAtPoints))]
    public void Labels_stay_inside_and_apart(string name)
    {
        var chart = PlotlyFigure.Of(Gallery.Charts[name]());
        XElement picture = XElement.Parse(chart.ToSvg());
        List<(string Text, Rect Box)> labels = [.. picture.Descendants(Svg + "text").Where(label => label.Attribute("transform") is null).Select(Label)];
        foreach ((string text, Rect box) in labels)
        {
            Assert.True(box.X >= 0 && box.Right <= chart.PixelWidth + 1 && box.Y >= 0 && box.Bottom <= chart.PixelHeight, $"\"{text}\" sticks out of the picture: {box}");
            foreach ((string other, Rect place) in labels.Where(label => label.Box != box))
                Assert.False(box.X < place.Right - 1 && place.X < box.Right - 1 && box.Y < place.Bottom - 1 && place.Y < box.Bottom - 1, $"\"{text}\" {box} overlaps \"{other}\" {place}");
        }
    }

    [Fact]
    public void The_same_chart_gives_the_same_bytes_under_any_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            foreach ((string name, Func<PlotlyChart> make) in Gallery.Charts)
            {
                CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
                (string svg, string json) = (PlotlyFigure.Of(make()).ToSvg(), PlotlyFigure.Of(make()).ToJson());
                CultureInfo.CurrentCulture = Comma();
                Assert.True(svg == PlotlyFigure.Of(make()).ToSvg(), name);
                Assert.True(json == PlotlyFigure.Of(make()).ToJson(), name);
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Text_of_the_user_is_escaped()
    {
        var chart = Chart.Plot(new Scatter { y = new[] { 1, 2 }, name = "a<b & \"c\"" }, new Layout.Layout { title = "Q < 0 </title><script>alert(1)</script>", showlegend = true });
        XElement picture = XElement.Parse(PlotlyFigure.Of(chart).ToSvg());
        Assert.Empty(picture.Descendants(Svg + "script"));
        Assert.Contains(picture.Descendants(Svg + "text"), text => text.Value == "a<b & \"c\"");
    }

    [Fact]
    public void A_chart_without_data_is_an_empty_frame() => Assert.Contains("<line", PlotlyFigure.Of(Chart.Plot(Array.Empty<Trace>())).ToSvg(), StringComparison.Ordinal);

    // German writes 0,5; built here, because the tests may run without culture data.
    private static CultureInfo Comma()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";
        culture.NumberFormat.NegativeSign = "~";
        return culture;
    }

    private static (string Text, Rect Box) Label(XElement label)
    {
        double Number(string name) => double.Parse(label.Attribute(name)!.Value, CultureInfo.InvariantCulture);
        double size = Number("font-size");
        // Further lines are spans with a place of their own; other spans are bold, raised or lowered parts of the first.
        XElement[] further = [.. label.Elements().Where(span => span.Attribute("x") is not null)];
        string first = string.Concat(label.Nodes().Where(node => !further.Contains(node)).Select(node => node is XElement span ? span.Value : ((XText)node).Value));
        string[] lines = [first, .. further.Select(span => span.Value)];
        double width = label.Elements().Any() && lines.Length < 2 ? TextMetrics.Width(label.Value, size) * 0.85 : lines.Max(line => TextMetrics.Width(line, size));
        double left = Number("x") - width * (label.Attribute("text-anchor")?.Value switch { "middle" => 0.5, "end" => 1, _ => 0 });
        return (label.Value, new Rect(left, Number("y") - 0.75 * size, width, size * (0.95 + TextMetrics.LineHeight * (Math.Max(1, lines.Length) - 1))));
    }
}
