namespace Ddpg.Charts;

/// <summary>Lines, markers, text and filled areas.</summary>
internal sealed class ScatterView(Members members, Axis x, Axis y, string colour) : TraceView(members, x, y, colour)
{
    private readonly MarkerStyle _marker = new(members.Child("marker"), members.Child("line").Text("color") ?? colour);
    private readonly ErrorBars _errorX = new(members.Child("error_x"), horizontal: true);
    private readonly ErrorBars _errorY = new(members.Child("error_y"), horizontal: false);
    private Column _xColumn = Column.Empty, _yColumn = Column.Empty;
    private double[] _x = [], _y = [];

    /// <summary>Whether no other scatter trace of its plot comes before it: an area to the next one has none to go to then.</summary>
    public bool IsFirst { get; set; }

    public override ColourBar? ColourBar => HasMarkers ? _marker.ColourBar : null;

    private LineStyle Line => LineStyle.Of(Members.Child("line"), Members.Child("marker").Text("color") ?? Colour);

    private string Mode => Members.Text("mode") ?? (_y.Length < 20 ? "lines+markers" : "lines");

    private bool HasLines => Mode.Contains("lines", StringComparison.Ordinal) && Line.Width > 0;

    private bool HasMarkers => Mode.Contains("markers", StringComparison.Ordinal);

    private bool HasText => Mode.Contains("text", StringComparison.Ordinal);

    private string? Fill => Members.Text("fill") is "none" ? null : Members.Text("fill");

    private string? Shape => Members.Child("line").Text("shape");

    // Plotly's own default: the line's colour at half strength.
    private (string Colour, string? Opacity) FillPaint => Members.Text("fillcolor") is { } fill ? (fill, OpacityText) : (Line.Colour, SvgText.Ratio(0.5 * Opacity));

    public override void Register()
    {
        _yColumn = Column.From(Members.Raw("y"));
        _xColumn = ColumnOrSteps(Members, "x", _yColumn.Count);
        if (_yColumn.Count == 0) _yColumn = ColumnOrSteps(Members, "y", _xColumn.Count);
        X.Register(_xColumn);
        Y.Register(_yColumn);
    }

    public override void Extend()
    {
        (_x, _y) = (X.Convert(_xColumn), Y.Convert(_yColumn));
        int count = Math.Min(_x.Length, _y.Length);
        bool open = count < 2 || _x[0] != _x[count - 1] || _y[0] != _y[count - 1];
        (bool zeroX, bool zeroY) = (open && (Fill == "tozerox" || Fill == "tonextx" && IsFirst), open && (Fill == "tozeroy" || Fill == "tonexty" && IsFirst));
        // Lines may touch the left and the right end, markers and text may not.
        bool roomyX = zeroX || _errorY.Exist || Fill is not ("tonexty" or "tozeroy") && (HasMarkers || HasText);
        bool roomyY = zeroY || Fill is not ("tonextx" or "tozerox");
        for (int index = 0; index < count; index++)
        {
            double pixels = HasMarkers ? _marker.Reach(index) : 0;
            Include(X, _x[index], roomyX, zeroX, roomyX ? pixels : 0);
            Include(Y, _y[index], roomyY, zeroY, pixels);
        }
        ExtendByErrors(_errorY, _yColumn.Numbers, Y, zeroY);
        ExtendByErrors(_errorX, _xColumn.Numbers, X, zeroX);
    }

    public override void DrawBeneath(SvgText svg, IReadOnlyList<TraceView> all)
    {
        if (Fill is null) return;
        (string fill, string? opacity) = FillPaint;
        string data = string.Concat(AreaData(all));
        if (data.Length > 0) svg.Empty("path", ("d", data), ("fill", fill), ("fill-opacity", opacity), ("stroke", "none"), ("fill-rule", Fill == "toself" ? "evenodd" : null));
    }

    public override void Draw(SvgText svg)
    {
        if (HasLines)
        {
            Line.Open(svg, "g", OpacityText);
            svg.Empty("path", ("d", string.Concat(Pieces().Select(piece => PathBuilder.Data(piece, Shape)))));
            svg.Close("g");
        }
        _errorX.Draw(svg, this, _xColumn.Numbers, _y, Line.Colour);
        _errorY.Draw(svg, this, _x, _yColumn.Numbers, Line.Colour);
        if (HasMarkers)
        {
            if (Opacity < 1) svg.Open("g", ("opacity", OpacityText));
            _marker.Draw(svg, Points());
            if (Opacity < 1) svg.Close("g");
        }
        if (HasText) DrawText(svg);
    }

    public override void DrawSample(SvgText svg, double left, double middle)
    {
        if (Fill is not null)
        {
            (string fill, string? opacity) = FillPaint;
            svg.Empty("rect", ("x", SvgText.Number(left)), ("y", SvgText.Number(middle - 5)), ("width", "26"), ("height", "10"), ("fill", fill), ("fill-opacity", opacity));
        }
        if (HasLines)
        {
            Line.Open(svg, "g", OpacityText);
            svg.Empty("path", ("d", $"M{SvgText.Number(left)} {SvgText.Number(middle)}h26")).Close("g");
        }
        if (HasMarkers) _marker.DrawOne(svg, (left + 13, middle), 0);
    }

    public override string Describe()
    {
        double[] finite = [.. _yColumn.Numbers.Where(double.IsFinite)];
        string kind = Fill is not null && !HasLines ? "area" : HasLines ? "line" : HasMarkers ? "points" : "text";
        return finite.Length == 0
            ? $"{Label(kind)}, {_yColumn.Count} points."
            : $"{Label(kind)}: {finite.Length} points, first {NumberText.Brief(finite[0])}, last {NumberText.Brief(finite[^1])}, " +
                $"lowest {NumberText.Brief(finite.Min())}, highest {NumberText.Brief(finite.Max())}.";
    }

    private static void ExtendByErrors(ErrorBars errors, double[] values, Axis axis, bool fromZero)
    {
        for (int index = 0; errors.Exist && axis.Kind is AxisKind.Linear or AxisKind.Log && index < values.Length; index++)
        {
            (double low, double high) = errors.Ends(values, index);
            Include(axis, axis.Convert(low), roomy: true, fromZero, 0);
            Include(axis, axis.Convert(high), roomy: true, fromZero, 0);
        }
    }

    private static void Include(Axis axis, double value, bool roomy, bool fromZero, double pixels)
    {
        if (fromZero) axis.IncludeFromZero(value, roomy, pixels);
        else axis.Include(value, roomy, pixels);
    }

    private List<List<(double X, double Y)>> Pieces() => PathBuilder.Pieces(_x, _y, X, Y, Members.Flag("connectgaps") == true);

    private List<(double X, double Y)> Points() => [.. _x.Zip(_y, (left, top) => (X.Pixel(left), Y.Pixel(top)))];

    private IEnumerable<string> AreaData(IReadOnlyList<TraceView> all)
    {
        ScatterView? below = Fill is "tonexty" or "tonextx" or "tonext" ? Previous(all) : null;
        List<List<(double X, double Y)>> pieces = Fill == "toself" ? Pieces() : PathBuilder.Pieces(_x, _y, X, Y, connectGaps: true);
        if (below is not null)
        {
            List<(double X, double Y)> edge = [.. PathBuilder.Pieces(below._x, below._y, X, Y, connectGaps: true).SelectMany(piece => piece)];
            if (pieces.Count == 0 || edge.Count == 0) yield break;
            string back = PathBuilder.Data(edge, below.Shape is "spline" ? null : below.Shape);
            // Backwards along the edge below, so that the two form one outline.
            edge.Reverse();
            yield return PathBuilder.Data(pieces[0], Shape) + (below.Shape is null or "linear" or "spline" ? "L" + PathBuilder.Data(edge, null)[1..] : "L" + ReversePath(back)) + "Z";
            yield break;
        }
        foreach (List<(double X, double Y)> piece in pieces)
        {
            if (Fill == "toself") yield return PathBuilder.Data(piece, Shape, close: true);
            else if (Fill is "tozerox" or "tonextx") yield return $"{PathBuilder.Data(piece, Shape)}H{SvgText.Number(Baseline(X))}V{SvgText.Number(piece[0].Y)}Z";
            else yield return $"{PathBuilder.Data(piece, Shape)}V{SvgText.Number(Baseline(Y))}H{SvgText.Number(piece[0].X)}Z";
        }
    }

    private static string ReversePath(string data) => string.Join('L', data[1..].Split('L').Reverse());

    private static double Baseline(Axis axis) => axis.Kind == AxisKind.Log ? axis.PixelLow : axis.Pixel(0);

    private ScatterView? Previous(IReadOnlyList<TraceView> all)
    {
        ScatterView? previous = null;
        foreach (TraceView view in all)
        {
            if (view == this) return previous;
            if (view is ScatterView scatter && scatter.X == X && scatter.Y == Y) previous = scatter;
        }
        return previous;
    }

    private void DrawText(SvgText svg)
    {
        Column column = Column.From(Members.Raw("text"));
        string[] texts = column.Texts ?? [.. column.Numbers.Select(NumberText.Brief)];
        TextStyle style = new TextStyle(12).With(Members.Child("textfont"));
        string position = Members.Text("textposition") ?? "middle center";
        double gap = HasMarkers ? _marker.Size / 2 + 3 : 3;
        List<(double X, double Y)> points = Points();
        for (int index = 0; index < points.Count; index++)
        {
            string text = index < texts.Length ? texts[index] : Members.Text("text") ?? "";
            if (text.Length == 0 || !double.IsFinite(points[index].X + points[index].Y)) continue;
            double top = position.StartsWith("top", StringComparison.Ordinal) ? -gap : position.StartsWith("bottom", StringComparison.Ordinal) ? gap + style.Size * 0.8 : style.Size * 0.35;
            bool left = position.EndsWith("left", StringComparison.Ordinal), right = position.EndsWith("right", StringComparison.Ordinal);
            new RichText(text).Draw(svg, points[index].X + (left ? -gap : right ? gap : 0), points[index].Y + top,
                style with { Anchor = left ? "end" : right ? "start" : "middle" });
        }
    }
}
