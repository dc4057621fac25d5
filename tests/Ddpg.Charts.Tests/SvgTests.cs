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

    /// <summary>Charts whose labels lean, whose legend is long, whose markers are large: nothing that is written leaves the picture.</summary>
    [Theory]
    [MemberData(nameof(HardToFit))]
    public void Leaning_labels_and_long_legends_are_not_cut(string name)
    {
        XElement picture = XElement.Parse(PlotlyFigure.Of(AxisGallery.Charts[name]()).ToSvg());
        double width = double.Parse(picture.Attribute("width")!.Value, CultureInfo.InvariantCulture), height = double.Parse(picture.Attribute("height")!.Value, CultureInfo.InvariantCulture);
        XElement[] labels = [.. picture.Descendants(Svg + "text")];
        Assert.NotEmpty(labels);
        foreach (XElement label in labels)
        {
            foreach ((double x, double y) in Corners(label))
                Assert.True(x >= -1 && x <= width + 1 && y >= -1 && y <= height + 1, $"\"{label.Value}\" sticks out of the picture at {x:F0}, {y:F0} of {width} by {height}");
        }
    }

    public static TheoryData<string> HardToFit => [.. AxisGallery.Charts.Keys];

    [Fact]
    public void A_legend_of_25_names_all_and_leaves_room_for_the_plot()
    {
        XElement picture = XElement.Parse(PlotlyFigure.Of(AxisGallery.Charts["words-legend-25"]()).ToSvg());
        string[] texts = [.. picture.Descendants(Svg + "text").Select(text => text.Value)];
        Assert.All(Enumerable.Range(1, 25), number => Assert.Contains($"an entry of the legend, number {number}", texts));
        XElement clip = picture.Descendants(Svg + "clipPath").Single().Element(Svg + "rect")!;
        Assert.True(double.Parse(clip.Attribute("height")!.Value, CultureInfo.InvariantCulture) > 150);
    }

    [Theory]
    [InlineData("room-large-markers")]
    [InlineData("room-marker-sizes")]
    public void Markers_at_the_edge_are_whole(string name)
    {
        XElement picture = XElement.Parse(PlotlyFigure.Of(AxisGallery.Charts[name]()).ToSvg());
        XElement clip = picture.Descendants(Svg + "clipPath").Single().Element(Svg + "rect")!;
        double Number(XElement element, string attribute) => double.Parse(element.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);
        (double left, double top, double right, double bottom) = (Number(clip, "x"), Number(clip, "y"), Number(clip, "x") + Number(clip, "width"), Number(clip, "y") + Number(clip, "height"));
        (double X, double Y, double Radius)[] markers = [.. picture.Descendants(Svg + "circle").Select(circle => (Number(circle, "cx"), Number(circle, "cy"), Number(circle, "r")))];
        if (markers.Length == 0)
        {
            XElement dots = picture.Descendants(Svg + "g").Single(group => group.Attribute("stroke-linecap")?.Value == "round");
            markers = [.. System.Text.RegularExpressions.Regex.Matches(dots.Element(Svg + "path")!.Attribute("d")!.Value, @"M(-?[\d.]+) (-?[\d.]+)h0")
                .Select(dot => (double.Parse(dot.Groups[1].Value, CultureInfo.InvariantCulture), double.Parse(dot.Groups[2].Value, CultureInfo.InvariantCulture), Number(dots, "stroke-width") / 2))];
        }
        Assert.Equal(3, markers.Length);
        Assert.All(markers, marker => Assert.True(marker.X - marker.Radius >= left && marker.X + marker.Radius <= right && marker.Y - marker.Radius >= top && marker.Y + marker.Radius <= bottom, $"{marker}"));
    }

    /// <summary>The input that showed dates drawn as words: 5 s apart are evenly spread, days 0, 1, 2 lie together far from 300, unsorted dates lie where they belong.</summary>
    [Fact]
    public void Dates_lie_where_their_time_is()
    {
        double[] even = MarkerPlaces("date-5s"), far = MarkerPlaces("date-days-0-1-2-300"), unsorted = MarkerPlaces("date-unsorted");
        Assert.All(even.Zip(even.Skip(1)).Zip(even.Skip(1).Zip(even.Skip(2))), pair => Assert.Equal(pair.First.Second - pair.First.First, pair.Second.Second - pair.Second.First, 0.11));
        Assert.True(even[1] - even[0] > 50);
        Assert.True(far[1] - far[0] < 5 && far[2] - far[1] < 5 && far[3] - far[2] > 500);
        Assert.True(unsorted[1] < unsorted[2] && unsorted[2] < unsorted[0]);
    }

    private static double[] MarkerPlaces(string name)
    {
        XElement picture = XElement.Parse(PlotlyFigure.Of(AxisGallery.Charts[name]()).ToSvg());
        XElement dots = picture.Descendants(Svg + "g").Single(group => group.Attribute("stroke-linecap")?.Value == "round" && group.Element(Svg + "path") is not null);
        return [.. System.Text.RegularExpressions.Regex.Matches(dots.Element(Svg + "path")!.Attribute("d")!.Value, @"M(-?[\d.]+) ").Select(dot => double.Parse(dot.Groups[1].Value, CultureInfo.InvariantCulture))];
    }

    /// <summary>The corners of a label's box, turned as the label is.</summary>
    private static IEnumerable<(double X, double Y)> Corners(XElement label)
    {
        Rect box = Label(label).Box;
        double angle = 0, aboutX = 0, aboutY = 0;
        if (label.Attribute("transform")?.Value is { } transform)
        {
            double[] turn = [.. transform["rotate(".Length..^1].Split(' ').Select(part => double.Parse(part, CultureInfo.InvariantCulture))];
            (angle, aboutX, aboutY) = (turn[0] * Math.PI / 180, turn[1], turn[2]);
        }
        foreach ((double x, double y) in new[] { (box.X, box.Y), (box.Right, box.Y), (box.X, box.Bottom), (box.Right, box.Bottom) })
            yield return (aboutX + (x - aboutX) * Math.Cos(angle) - (y - aboutY) * Math.Sin(angle), aboutY + (x - aboutX) * Math.Sin(angle) + (y - aboutY) * Math.Cos(angle));
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
