using System.Globalization;
using System.Xml.Linq;
using Ddpg.Viewing;

namespace Ddpg.Tests.Viewing;

[Trait("Speed", "tiny")]
public sealed class DdpgDiagramTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static TheoryData<DdpgParts> Shown => [DdpgParts.Everything, DdpgParts.Acting, DdpgParts.CriticLoss, DdpgParts.PolicyGradient, DdpgParts.TargetNetworks];

    [Theory, MemberData(nameof(Shown))]
    public void It_is_small_well_formed_and_says_in_words_what_it_shows(DdpgParts parts)
    {
        string text = DdpgDiagram.Of(parts).ToSvg();
        XElement svg = XElement.Parse(text);
        Assert.InRange(text.Length, 1_000, 10_000);
        Assert.Equal(text, DdpgDiagram.Of(parts).ToSvg());
        Assert.Equal(DdpgDiagram.Of(parts).Title, svg.Element(Svg + "title")!.Value);
        Assert.Contains("stops at y", svg.Element(Svg + "desc")!.Value, StringComparison.Ordinal);
        string[] named = svg.Attribute("aria-labelledby")!.Value.Split(' ');
        Assert.Equal(named, (string[])[svg.Element(Svg + "title")!.Attribute("id")!.Value, svg.Element(Svg + "desc")!.Attribute("id")!.Value]);
        Assert.DoesNotContain("http", text.Replace(Svg.NamespaceName, "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_is_there_and_nothing_is_pale_when_all_is_lit()
    {
        XElement svg = XElement.Parse(DdpgDiagram.Of().ToSvg());
        string[] boxes = ["environment", "policy", "replay buffer", "Q-network", "target policy", "target Q-network", "target y", "critic loss", "policy loss"];
        string[] texts = [.. svg.Descendants(Svg + "text").Select(text => text.Value)];
        Assert.Superset(boxes.ToHashSet(), texts.ToHashSet());
        Assert.Superset(new HashSet<string> { "data", "gradient", "gradient stops", "soft update", "stops", "φ stays" }, texts.ToHashSet());
        Assert.Empty(WithClass(svg, "du", "dl", "dlh", "db"));
    }

    [Fact]
    public void A_lit_part_leaves_the_others_pale()
    {
        Assert.Equal(["Q-network", "critic loss", "replay buffer", "target Q-network", "target policy", "target y"], LitBoxes(DdpgParts.CriticLoss));
        Assert.Equal(["Q-network", "policy", "policy loss", "replay buffer"], LitBoxes(DdpgParts.PolicyGradient));
        Assert.Equal(["Q-network", "critic loss", "policy", "target Q-network", "target policy", "target y"], LitBoxes(DdpgParts.TargetNetworks));
        Assert.Equal(LitBoxes(DdpgParts.Everything), LitBoxes(DdpgParts.Acting | DdpgParts.CriticLoss | DdpgParts.PolicyGradient));
    }

    [Fact]
    public void Only_a_lit_soft_update_is_drawn_in_its_colour()
    {
        // The legend has one more.
        Assert.Single(WithClass(XElement.Parse(DdpgDiagram.Of(DdpgParts.CriticLoss).ToSvg()), "so"));
        Assert.Equal(2, WithClass(XElement.Parse(DdpgDiagram.Of(DdpgParts.TargetNetworks).ToSvg()), "so").Length);
    }

    [Theory, MemberData(nameof(Shown))]
    public void Texts_are_large_enough_inside_and_apart(DdpgParts parts)
    {
        XElement svg = XElement.Parse(DdpgDiagram.Of(parts).ToSvg());
        double[] box = [.. svg.Attribute("viewBox")!.Value.Split(' ').Select(Number)];
        Assert.All(svg.Descendants().Attributes("font-size"), size => Assert.True(Number(size.Value) >= 11, size.Value));
        Extent[] extents = [.. svg.Descendants(Svg + "text").Select(Extent.Of)];
        Assert.True(extents.Length > 30);
        Assert.All(extents, text => Assert.True(text.Left >= 0 && text.Right <= box[2] && text.Top >= 0 && text.Bottom <= box[3], $"{text} leaves the picture"));
        for (int i = 0; i < extents.Length; i++)
            for (int j = i + 1; j < extents.Length; j++)
                Assert.False(extents[i].Meets(extents[j]), $"{extents[i]} and {extents[j]} overlap");
    }

    [Fact]
    public void Box_names_fit_into_their_boxes()
    {
        XElement svg = XElement.Parse(DdpgDiagram.Of().ToSvg());
        (double Left, double Right, double Top, double Bottom)[] boxes = [.. svg.Descendants(Svg + "rect").Where(rect => rect.Attribute("rx") is not null)
            .Select(rect => (At(rect, "x"), At(rect, "x") + At(rect, "width"), At(rect, "y"), At(rect, "y") + At(rect, "height")))];
        Assert.Equal(9, boxes.Length);
        Extent[] names = [.. svg.Descendants(Svg + "text").Where(text => text.Attribute("font-size")!.Value == "14").Select(Extent.Of)];
        Assert.Equal(9, names.Length);
        Assert.All(names, name => Assert.Contains(boxes, box => name.Left > box.Left && name.Right < box.Right && name.Top > box.Top && name.Bottom < box.Bottom));
    }

    [Fact]
    public void No_part_is_refused()
    {
        Assert.Contains("CriticLoss", Assert.Throws<ArgumentOutOfRangeException>(() => DdpgDiagram.Of(DdpgParts.None)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => DdpgDiagram.Of((DdpgParts)16));
    }

    [Fact]
    public void Kernels_find_by_name_that_it_is_a_picture()
    {
        object attribute = Assert.Single(typeof(DdpgDiagram).GetCustomAttributes(false), found => found.GetType().Name == "TypeFormatterSourceAttribute");
        Assert.Equal(["image/svg+xml", "text/plain"], (string[])attribute.GetType().GetProperty("PreferredMimeTypes")!.GetValue(attribute)!);
        var source = (Type)attribute.GetType().GetProperty("FormatterSourceType")!.GetValue(attribute)!;
        var formatters = (IEnumerable<object>)source.GetMethod("CreateTypeFormatters")!.Invoke(Activator.CreateInstance(source), [])!;
        Assert.Equal([("image/svg+xml", DdpgDiagram.Of().ToSvg()), ("text/plain", DdpgDiagram.Of().ToString()!)], formatters.Select(Shown));

        static (string MimeType, string Text) Shown(object formatter)
        {
            using var writer = new StringWriter();
            Assert.Equal(true, formatter.GetType().GetMethod("Format")!.Invoke(formatter, [DdpgDiagram.Of(), writer]));
            return ((string)formatter.GetType().GetProperty("MimeType")!.GetValue(formatter)!, writer.ToString());
        }
    }

    private static string[] LitBoxes(DdpgParts parts) =>
        [.. XElement.Parse(DdpgDiagram.Of(parts).ToSvg()).Descendants(Svg + "text").Where(text => text.Attribute("font-size")!.Value == "14" && text.Parent!.Attribute("class")!.Value == "fg")
            .Select(text => text.Value).Order(StringComparer.Ordinal)];

    private static XElement[] WithClass(XElement svg, params string[] names) => [.. svg.Descendants().Where(element => names.Contains(element.Attribute("class")?.Value))];

    private static double At(XElement element, string name) => Number(element.Attribute(name)!.Value);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>Where a text is, by an estimate of its width: 0.6 of its size for a letter, which DejaVu Sans, the widest of the fonts named, does not exceed on average.</summary>
    private sealed record Extent(string Text, double Left, double Right, double Top, double Bottom)
    {
        public static Extent Of(XElement text)
        {
            double size = At(text, "font-size"), x = At(text, "x"), y = At(text, "y"), width = 0.6 * size * text.Value.Length;
            double left = text.Attribute("text-anchor")?.Value switch { "middle" => x - width / 2, "end" => x - width, _ => x };
            return new Extent(text.Value, left, left + width, y - 0.75 * size, y + 0.25 * size);
        }

        public bool Meets(Extent other) => Left < other.Right && other.Left < Right && Top < other.Bottom && other.Top < Bottom;
    }
}
