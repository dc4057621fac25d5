namespace Ddpg.Charts;

/// <summary>Draws shapes and annotations.</summary>
internal sealed class NoteView(Figure figure, PageLayout page)
{
    public void DrawShape(SvgText svg, Members shape)
    {
        LineStyle line = LineStyle.Of(shape.Child("line"), Theme.Muted);
        string? opacity = shape.Number("opacity") is < 1 and var part ? SvgText.Ratio(part) : null;
        if (X(shape, "x0", "xref", false) is not { } x0 || X(shape, "x1", "xref", false) is not { } x1) return;
        if (Y(shape, "y0", "yref", false) is not { } y0 || Y(shape, "y1", "yref", false) is not { } y1) return;
        string type = shape.Text("type") ?? "rect";
        line.Open(svg, "g", opacity);
        (string, string?) fill = ("fill", type == "line" ? "none" : shape.Text("fillcolor") ?? "none");
        if (type == "line") svg.Line(x0, y0, x1, y1);
        else if (type == "circle")
        {
            svg.Empty("ellipse", ("cx", SvgText.Number((x0 + x1) / 2)), ("cy", SvgText.Number((y0 + y1) / 2)),
                ("rx", SvgText.Number(Math.Abs(x1 - x0) / 2)), ("ry", SvgText.Number(Math.Abs(y1 - y0) / 2)), fill);
        }
        else
        {
            svg.Empty("rect", ("x", SvgText.Number(Math.Min(x0, x1))), ("y", SvgText.Number(Math.Min(y0, y1))),
                ("width", SvgText.Number(Math.Abs(x1 - x0))), ("height", SvgText.Number(Math.Abs(y1 - y0))), fill);
        }
        svg.Close("g");
    }

    public void DrawAnnotation(SvgText svg, Members note)
    {
        if (X(note, "x", "xref", true) is not { } x || Y(note, "y", "yref", true) is not { } y) return;
        var text = new RichText(note.Text("text") ?? "");
        TextStyle style = new TextStyle(12).With(note.Child("font"));
        // On a background of its own, text must not turn light with the page.
        if (style.Colour is null && CssColour.TryParse(note.Text("bgcolor") ?? "") is { Alpha: > 0.5 } own)
            style = style with { Colour = 0.299 * own.Red + 0.587 * own.Green + 0.114 * own.Blue > 128 ? Theme.Text : Theme.Background };
        bool arrow = note.Flag("showarrow") ?? true;
        (double left, double top) = (x, y);
        if (arrow)
        {
            (left, top) = (x + (note.Number("ax") ?? -10), y + (note.Number("ay") ?? -30));
            if (note.Text("axref") is { } xref and not "pixel") left = figure.Axis(xref).Place(note.Raw("ax"), true) is { } place ? figure.Axis(xref).Pixel(place) : left;
            if (note.Text("ayref") is { } yref and not "pixel") top = figure.Axis(yref).Place(note.Raw("ay"), true) is { } place ? figure.Axis(yref).Pixel(place) : top;
            DrawArrow(svg, note, left, top, x, y);
        }
        if (text.Plain.Length == 0) return;
        (double width, double height) = (text.Width(style.Size), text.Height(style.Size));
        double across = Part(note.Text("xanchor"), "left", "right") ?? (arrow || note.Text("xref") != "paper" ? 0.5 : Auto(note.Number("x")));
        double down = Part(note.Text("yanchor"), "top", "bottom") ?? (arrow || note.Text("yref") != "paper" ? 0.5 : 1 - Auto(note.Number("y")));
        if (arrow && note.Text("xanchor") is null && note.Text("yanchor") is null) (across, down) = AwayFromArrow(left - x, top - y);
        double boxLeft = Math.Clamp(left - across * width, 2, Math.Max(2, page.Plot.Right + 200 - width));
        double boxTop = Math.Max(2, top - down * height);
        Background(svg, note, new Rect(boxLeft, boxTop, width, height));
        string anchor = note.Text("align") switch { "left" => "start", "right" => "end", _ => text.LineCount > 1 || across == 0.5 ? "middle" : across == 1 ? "end" : "start" };
        double at = anchor == "start" ? boxLeft : anchor == "end" ? boxLeft + width : boxLeft + width / 2;
        text.Draw(svg, at, boxTop + style.Size, style with { Anchor = anchor, Rotation = note.Number("textangle") ?? 0 });
    }

    // The text stands beyond the tail, so that the arrow does not run through it.
    private static (double Across, double Down) AwayFromArrow(double dx, double dy) => Math.Abs(dx) > 2 * Math.Abs(dy)
        ? (dx > 0 ? -0.02 : 1.02, 0.5)
        : (0.5, dy > 0 ? -0.05 : 1.05);

    private static void Background(SvgText svg, Members note, Rect box)
    {
        if (note.Text("bgcolor") is null && note.Text("bordercolor") is null) return;
        double pad = note.Number("borderpad") ?? 2;
        svg.Empty("rect", ("x", SvgText.Number(box.X - pad)), ("y", SvgText.Number(box.Y - pad)), ("width", SvgText.Number(box.Width + 2 * pad)),
            ("height", SvgText.Number(box.Height + 2 * pad)), ("fill", note.Text("bgcolor") ?? "none"), ("stroke", note.Text("bordercolor")));
    }

    private static void DrawArrow(SvgText svg, Members note, double fromX, double fromY, double toX, double toY)
    {
        double length = Math.Sqrt((toX - fromX) * (toX - fromX) + (toY - fromY) * (toY - fromY));
        if (length < 1) return;
        double width = note.Number("arrowwidth") ?? 1.2, head = Math.Min(length, 3.4 * width * (note.Number("arrowsize") ?? 1) + 2);
        (double ux, double uy) = ((toX - fromX) / length, (toY - fromY) / length);
        string? colour = note.Text("arrowcolor");
        (double neckX, double neckY) = (toX - ux * head, toY - uy * head);
        bool pointed = note.Number("arrowhead") is not 0;
        svg.Open("g", ("class", colour is null ? "fs" : null), ("stroke", colour ?? Theme.Text), ("stroke-width", SvgText.Number(width)));
        svg.Line(fromX, fromY, pointed ? neckX : toX, pointed ? neckY : toY).Close("g");
        if (!pointed) return;
        svg.Empty("path", ("class", colour is null ? "fg" : null), ("fill", colour ?? Theme.Text), ("d",
            $"M{SvgText.Number(toX)} {SvgText.Number(toY)}L{SvgText.Number(neckX - uy * head * 0.45)} {SvgText.Number(neckY + ux * head * 0.45)}L{SvgText.Number(neckX + uy * head * 0.45)} {SvgText.Number(neckY - ux * head * 0.45)}Z"));
    }

    private double? X(Members note, string name, string reference, bool logarithm) => note.Text(reference) == "paper"
        ? note.Number(name) is { } part ? page.Plot.X + part * page.Plot.Width : null
        : Pixel(figure.Axis(note.Text(reference)?.Split(' ')[0] ?? "x"), note, name, reference, logarithm);

    private double? Y(Members note, string name, string reference, bool logarithm) => note.Text(reference) == "paper"
        ? note.Number(name) is { } part ? page.Plot.Bottom - part * page.Plot.Height : null
        : Pixel(figure.Axis(note.Text(reference)?.Split(' ')[0] ?? "y"), note, name, reference, logarithm);

    private static double? Pixel(Axis axis, Members note, string name, string reference, bool logarithm)
    {
        // "x domain": a fraction of that axis.
        if (note.Text(reference)?.EndsWith("domain", StringComparison.Ordinal) == true)
            return note.Number(name) is { } part ? axis.PixelLow + part * (axis.PixelHigh - axis.PixelLow) : null;
        return axis.Place(note.Raw(name), logarithm) is { } place && double.IsFinite(place) ? axis.Pixel(place) : null;
    }

    private static double? Part(string? anchor, string zero, string one) => anchor == zero ? 0 : anchor == one ? 1 : anchor is "center" or "middle" ? 0.5 : null;

    private static double Auto(double? at) => at is < 1.0 / 3 ? 0 : at is > 2.0 / 3 ? 1 : 0.5;
}
