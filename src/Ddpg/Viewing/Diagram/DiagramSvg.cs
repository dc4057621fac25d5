using System.Globalization;
using System.Text;
using Ddpg.Charts;

namespace Ddpg.Viewing.Diagram;

/// <summary>Writes the diagram. What is alike stands in one group, whose colours the style sheet changes for a reader who prefers dark.</summary>
internal static class DiagramSvg
{

    // Classes: l lit, d dim. Attributes for the light colours, so that they hold where style sheets are taken out.
    private static readonly (string Class, string Light, string Dark)[] LineColours =
        [("da", "#0072b2", "#56b1ee"), ("gd", "#c24e00", "#ff9a57"), ("so", "#007d5b", "#3ecf9f"), ("st", "#a3195b", "#ff86bd")];

    private const string DimLine = "#cdd2d9", DimLineInDark = "#434951", DimText = "#868d97", DimTextInDark = "#80878f";

    public static string Render(string title, string description, DdpgParts lit)
    {
        var body = new StringBuilder();
        body.Append(CultureInfo.InvariantCulture, $"<rect class=\"bg\" width=\"{N(DiagramLayout.Width)}\" height=\"{N(DiagramLayout.Height)}\" fill=\"{Theme.Background}\"/>");
        foreach (bool isLit in new[] { false, true })
            Boxes(body, isLit, [.. DiagramLayout.Boxes.Where(box => (box.Parts & lit) != 0 == isLit)]);
        // Above the boxes: the policy's gradient passes through the Q-network.
        foreach (bool isLit in new[] { false, true })
        {
            foreach (FlowKind kind in Enum.GetValues<FlowKind>())
                Arrows(body, kind, isLit, [.. DiagramLayout.Arrows.Where(arrow => arrow.Kind == kind && (arrow.Parts & lit) != 0 == isLit).Select(arrow => arrow.Path)]);
            Labels(body, isLit, [.. DiagramLayout.Arrows.Where(arrow => (arrow.Parts & lit) != 0 == isLit).Select(arrow => arrow.Label).OfType<DiagramLabel>()]);
        }
        Legend(body);
        Write(body, 20, 30, title, 16, "start", $" font-weight=\"600\" class=\"fg\" fill=\"{Theme.Text}\"");
        return Frame(title, description, body.ToString());
    }

    private static string Frame(string title, string description, string body)
    {
        string id = ContentId.Of(body);
        string size = $"width=\"{N(DiagramLayout.Width)}\" height=\"{N(DiagramLayout.Height)}\" viewBox=\"0 0 {N(DiagramLayout.Width)} {N(DiagramLayout.Height)}\"";
        return $"<svg xmlns=\"http://www.w3.org/2000/svg\" {size} role=\"img\" aria-labelledby=\"{id}-t {id}-d\" style=\"max-width:100%;height:auto\">" +
            $"<title id=\"{id}-t\">{SvgText.Escape(title)}</title><desc id=\"{id}-d\">{SvgText.Escape(description)}</desc><style>{DarkStyle(id)}</style>" +
            $"<g id=\"{id}\" font-family=\"{Theme.FontFamily}\">{body}</g></svg>";
    }

    /// <summary>The charts' own, and what a diagram has besides: lines (of every kind, and pale ones), their heads, boxes.</summary>
    private static string DarkStyle(string id)
    {
        string at = $":root:not(:has(.notebook_app)) #{id} ";
        IEnumerable<string> rules = LineColours.Select(colour => $"{at}.{colour.Class}{{stroke:{colour.Dark}}}{at}.{colour.Class}h{{fill:{colour.Dark}}}");
        return Theme.DarkStyle(id) + "@media (prefers-color-scheme:dark){" +
            $"{at}.du{{fill:{DimTextInDark}}}{at}.dl{{stroke:{DimLineInDark}}}{at}.dlh{{fill:{DimLineInDark}}}" +
            $"{at}.lb{{fill:#1d3447;stroke:#56b1ee}}{at}.db{{stroke:{DimLineInDark}}}{string.Concat(rules)}}}";
    }

    private static void Arrows(StringBuilder svg, FlowKind kind, bool lit, double[][] paths)
    {
        if (paths.Length == 0) return;
        (string name, string light, _) = LineColours[(int)kind];
        if (!lit) (name, light) = ("dl", DimLine);
        string dash = kind switch { FlowKind.Gradient or FlowKind.Stop => " stroke-dasharray=\"6 4\"", FlowKind.SoftUpdate => " stroke-dasharray=\"1.5 4\" stroke-linecap=\"round\"", _ => "" };
        double width = kind == FlowKind.SoftUpdate ? 2.5 : 2;
        svg.Append(CultureInfo.InvariantCulture, $"<path class=\"{name}\" fill=\"none\" stroke=\"{light}\" stroke-width=\"{N(width)}\"{dash} d=\"{string.Concat(paths.Select(Shaft))}\"/>");
        if (kind == FlowKind.Stop)
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"{name}\" fill=\"none\" stroke=\"{light}\" stroke-width=\"2.5\" d=\"{string.Concat(paths.Select(Bars))}\"/>");
        else
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"{name}h\" fill=\"{light}\" d=\"{string.Concat(paths.Select(Head))}\"/>");
    }

    private static string Shaft(double[] path)
    {
        (double x, double y) = Direction(path);
        double[] shorter = [.. path[..^2], path[^2] - 7 * x, path[^1] - 7 * y];
        return "M" + string.Join('L', shorter.Chunk(2).Select(point => $"{N(point[0])} {N(point[1])}"));
    }

    private static string Head(double[] path)
    {
        (double x, double y) = Direction(path);
        (double tipX, double tipY) = (path[^2], path[^1]);
        (double baseX, double baseY) = (tipX - 10 * x, tipY - 10 * y);
        return $"M{N(tipX)} {N(tipY)}L{N(baseX - 4.5 * y)} {N(baseY - 4.5 * x)}L{N(baseX + 4.5 * y)} {N(baseY + 4.5 * x)}Z";
    }

    /// <summary>Two bars across the arrow's end.</summary>
    private static string Bars(double[] path)
    {
        (double x, double y) = Direction(path);
        return string.Concat(new[] { 0.0, 5 }.Select(back => (X: path[^2] - back * x, Y: path[^1] - back * y))
            .Select(at => $"M{N(at.X - 8 * y)} {N(at.Y - 8 * x)}L{N(at.X + 8 * y)} {N(at.Y + 8 * x)}"));
    }

    private static (double X, double Y) Direction(double[] path) => (Math.Sign(path[^2] - path[^4]), Math.Sign(path[^1] - path[^3]));

    private static void Boxes(StringBuilder svg, bool lit, DiagramBox[] boxes)
    {
        if (boxes.Length == 0) return;
        svg.Append(CultureInfo.InvariantCulture, $"<g class=\"{(lit ? "lb" : "db")}\" fill=\"{(lit ? "#e3f0fa" : "none")}\" stroke=\"{(lit ? "#0072b2" : DimLine)}\" stroke-width=\"1.5\">");
        foreach (DiagramBox box in boxes)
            svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{N(box.X)}\" y=\"{N(box.Y)}\" width=\"{N(box.Width)}\" height=\"{N(box.Height)}\" rx=\"7\"/>");
        svg.Append(CultureInfo.InvariantCulture, $"</g><g class=\"{(lit ? "fg" : "du")}\" fill=\"{(lit ? Theme.Text : DimText)}\">");
        foreach (DiagramBox box in boxes)
        {
            double middle = box.Y + box.Height / 2;
            Write(svg, box.X + box.Width / 2, middle - 4, box.Name, 14, "middle", " font-weight=\"600\"");
            Write(svg, box.X + box.Width / 2, middle + 15, box.Formula, 13, "middle");
        }
        svg.Append("</g>");
    }

    private static void Labels(StringBuilder svg, bool lit, DiagramLabel[] labels)
    {
        if (labels.Length == 0) return;
        svg.Append(CultureInfo.InvariantCulture, $"<g class=\"{(lit ? "fg" : "du")}\" fill=\"{(lit ? Theme.Text : DimText)}\">");
        foreach (DiagramLabel label in labels)
            Write(svg, label.X, label.Y, label.Text, 13, label.Anchor);
        svg.Append("</g>");
    }

    private static void Legend(StringBuilder svg)
    {
        foreach ((double x, FlowKind kind, string text) in DiagramLayout.Legend)
        {
            Arrows(svg, kind, true, [[x, DiagramLayout.LegendY - 4, x + 46, DiagramLayout.LegendY - 4]]);
            Write(svg, x + 56, DiagramLayout.LegendY, text, 13, "start", $" class=\"fg\" fill=\"{Theme.Text}\"");
        }
    }

    /// <summary>A text in which <c>_θ</c> or <c>_{θ′}</c> is an index.</summary>
    private static void Write(StringBuilder svg, double x, double y, string text, int size, string anchor, string more = "")
    {
        string align = anchor == "start" ? "" : $" text-anchor=\"{anchor}\"";
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{N(x)}\" y=\"{N(y)}\" font-size=\"{size}\"{align}{more}>");
        string[] pieces = text.Split('_');
        svg.Append(SvgText.Escape(pieces[0]));
        foreach (string piece in pieces.Skip(1))
        {
            int end = piece[0] == '{' ? piece.IndexOf('}', StringComparison.Ordinal) : 0;
            string index = end > 0 ? piece[1..end] : piece[..1];
            svg.Append(CultureInfo.InvariantCulture, $"<tspan dy=\"3\" font-size=\"11\">{SvgText.Escape(index)}</tspan>");
            if (end + 1 < piece.Length) svg.Append(CultureInfo.InvariantCulture, $"<tspan dy=\"-3\">{SvgText.Escape(piece[(end + 1)..])}</tspan>");
        }
        svg.Append("</text>");
    }

    private static string N(double value) => Math.Round(value, 1).ToString("0.#", CultureInfo.InvariantCulture);

}
