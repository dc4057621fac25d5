namespace Ddpg.Charts;

/// <summary>The markers of a trace: one look for all, or sizes, symbols and colours point by point.</summary>
internal sealed class MarkerStyle
{
    private readonly Members _marker;
    private readonly string _colour;
    private readonly double[] _values;
    private readonly string[]? _colours;
    private readonly double[] _sizes;
    private readonly string[]? _symbols;
    private readonly ColourRange? _range;

    public MarkerStyle(Members marker, string colour)
    {
        (_marker, _colour) = (marker, marker.Text("color") ?? colour);
        Column colours = Column.From(marker.Raw("color"));
        (_values, _colours) = (colours.Numbers, colours.Texts);
        _sizes = Column.From(marker.Raw("size")).Numbers;
        _symbols = Column.From(marker.Raw("symbol")).Texts;
        if (_values.Length > 0) _range = ColourRange.Of(marker, _values, "cmin", "cmax");
    }

    public string Colour => _colour;

    public double Size => _marker.Number("size") ?? 6;

    public ColourBar? ColourBar => _range is not null && _marker.Flag("showscale") == true ? new ColourBar(_range, _marker.Child("colorbar")) : null;

    /// <summary>How far a marker reaches from its point, in pixels; what plotly.js keeps free for it.</summary>
    public double Reach(int index)
    {
        double size = (_sizes.Length > 0 ? index < _sizes.Length && double.IsFinite(_sizes[index]) ? _sizes[index] : 0 : Size) / (1.6 * (_marker.Number("sizeref") ?? 1));
        return Math.Max(3, _marker.Text("sizemode") == "area" ? Math.Sqrt(Math.Max(0, size)) : size);
    }

    private double Opacity => Math.Clamp(_marker.Number("opacity") ?? 1, 0, 1);

    private double SizeScale => _marker.Number("sizeref") is > 0 and var reference ? 1 / reference : 1;

    private bool HasOutline => _marker.Child("line").Number("width") > 0;

    private bool IsUniformCircle => _values.Length == 0 && _colours is null && _sizes.Length == 0 && _symbols is null && !HasOutline && (_marker.Text("symbol") ?? "circle") == "circle";

    public void Draw(SvgText svg, IReadOnlyList<(double X, double Y)> points)
    {
        // Overlapping translucent markers must darken each other, so each is an element of its own then.
        if (IsUniformCircle && Opacity == 1) DrawDots(svg, points, string.Concat(points.Select(Dot)), elementwise: false);
        else if (IsUniformCircle) DrawDots(svg, points, "", elementwise: true);
        else
        {
            for (int index = 0; index < points.Count; index++)
                DrawOne(svg, points[index], index);
        }
    }

    public void DrawOne(SvgText svg, (double X, double Y) at, int index)
    {
        if (!double.IsFinite(at.X) || !double.IsFinite(at.Y)) return;
        double size = (index < _sizes.Length ? _sizes[index] : Size) * (_sizes.Length > 0 ? SizeScale : 1);
        string symbol = (_symbols is not null && index < _symbols.Length ? _symbols[index] : _marker.Text("symbol")) ?? "circle";
        string colour = ColourAt(index);
        bool open = symbol.EndsWith("-open", StringComparison.Ordinal);
        Members line = _marker.Child("line");
        if (symbol == "circle" && !HasOutline)
        {
            svg.Empty("circle", ("cx", SvgText.Number(at.X)), ("cy", SvgText.Number(at.Y)), ("r", SvgText.Number(size / 2)), ("fill", colour), ("opacity", Opacity < 1 ? SvgText.Ratio(Opacity) : null));
            return;
        }
        svg.Empty("path", ("d", MarkerShape.Path(open ? symbol[..^5] : symbol, at.X, at.Y, size / 2)), ("fill", open ? "none" : colour),
            ("stroke", open ? colour : HasOutline ? line.Text("color") ?? Theme.Text : MarkerShape.IsStroked(symbol) ? colour : null),
            ("stroke-width", open ? "1.5" : HasOutline ? SvgText.Number(line.Number("width")!.Value) : MarkerShape.IsStroked(symbol) ? "2" : null),
            ("opacity", Opacity < 1 ? SvgText.Ratio(Opacity) : null));
    }

    private string ColourAt(int index)
    {
        if (_range is not null && index < _values.Length) return double.IsFinite(_values[index]) ? _range.Colour(_values[index]).Hex : "none";
        return _colours is not null && index < _colours.Length ? _colours[index] : _colour;
    }

    // A dot is a line of no length with round ends: the shortest way to write many circles.
    private void DrawDots(SvgText svg, IReadOnlyList<(double X, double Y)> points, string data, bool elementwise)
    {
        svg.Open("g", ("stroke", _colour), ("stroke-width", SvgText.Number(Size)), ("stroke-linecap", "round"), ("stroke-opacity", elementwise ? SvgText.Ratio(Opacity) : null));
        if (!elementwise) svg.Empty("path", ("d", data));
        foreach ((double X, double Y) point in elementwise ? points : [])
        {
            if (Dot(point) is { Length: > 0 } dot) svg.Empty("path", ("d", dot));
        }
        svg.Close("g");
    }

    private static string Dot((double X, double Y) at) => double.IsFinite(at.X) && double.IsFinite(at.Y) ? $"M{SvgText.Number(at.X)} {SvgText.Number(at.Y)}h0" : "";
}
