using System.Text;

namespace Ddpg.Charts;

/// <summary>Path data of polylines, with the points that a picture cannot show left out.</summary>
internal static class PathBuilder
{
    /// <summary>The pieces between gaps (NaN) of a line, in pixels.</summary>
    public static List<List<(double X, double Y)>> Pieces(ReadOnlySpan<double> x, ReadOnlySpan<double> y, Axis horizontal, Axis vertical, bool connectGaps)
    {
        var pieces = new List<List<(double, double)>>();
        List<(double, double)>? piece = null;
        for (int index = 0; index < Math.Min(x.Length, y.Length); index++)
        {
            double left = horizontal.Pixel(x[index]), top = vertical.Pixel(y[index]);
            if (!double.IsFinite(left) || !double.IsFinite(top))
            {
                if (!connectGaps) piece = null;
                continue;
            }
            if (piece is null) pieces.Add(piece = []);
            // Far outside the picture precision is of no use, and huge numbers break some renderers.
            piece.Add((Math.Clamp(left, -1e4, 1e5), Math.Clamp(top, -1e4, 1e5)));
        }
        return pieces;
    }

    public static string Data(IReadOnlyList<(double X, double Y)> points, string? shape, bool close = false)
    {
        var data = new StringBuilder();
        if (shape == "spline" && points.Count > 2) Spline(data, points);
        else Polyline(data, Thin(Stepped(points, shape)));
        if (close) data.Append('Z');
        return data.ToString();
    }

    private static void Polyline(StringBuilder data, IReadOnlyList<(double X, double Y)> points)
    {
        string? last = null;
        foreach ((double x, double y) in points)
        {
            string text = $"{SvgText.Number(x)} {SvgText.Number(y)}";
            if (text == last) continue;
            data.Append(last is null ? 'M' : 'L').Append(text);
            last = text;
        }
        if (points.Count == 1) data.Append("h0");
    }

    /// <summary>Where many points share a column of half a pixel, only its first, lowest, highest and last are seen.</summary>
    private static IReadOnlyList<(double X, double Y)> Thin(IReadOnlyList<(double X, double Y)> points)
    {
        if (points.Count < 1500) return points;
        var kept = new List<(double X, double Y)>();
        for (int from = 0, to; from < points.Count; from = to)
        {
            double column = Math.Floor(points[from].X * 2);
            int low = from, high = from;
            for (to = from + 1; to < points.Count && Math.Floor(points[to].X * 2) == column; to++)
            {
                if (points[to].Y < points[low].Y) low = to;
                if (points[to].Y > points[high].Y) high = to;
            }
            int previous = -1;
            foreach (int index in (int[])[from, Math.Min(low, high), Math.Max(low, high), to - 1])
            {
                if (index > previous) kept.Add(points[index]);
                previous = Math.Max(previous, index);
            }
        }
        return kept;
    }

    private static IReadOnlyList<(double X, double Y)> Stepped(IReadOnlyList<(double X, double Y)> points, string? shape)
    {
        if (shape is not ("hv" or "vh" or "hvh" or "vhv")) return points;
        var stepped = new List<(double, double)> { points[0] };
        for (int index = 1; index < points.Count; index++)
        {
            ((double x0, double y0), (double x1, double y1)) = (points[index - 1], points[index]);
            stepped.AddRange(shape switch
            {
                "hv" => [(x1, y0)],
                "vh" => [(x0, y1)],
                "hvh" => [((x0 + x1) / 2, y0), ((x0 + x1) / 2, y1)],
                _ => [(x0, (y0 + y1) / 2), (x1, (y0 + y1) / 2)],
            });
            stepped.Add((x1, y1));
        }
        return stepped;
    }

    // Catmull–Rom through all points.
    private static void Spline(StringBuilder data, IReadOnlyList<(double X, double Y)> points)
    {
        data.Append('M').Append(SvgText.Number(points[0].X)).Append(' ').Append(SvgText.Number(points[0].Y));
        for (int index = 0; index + 1 < points.Count; index++)
        {
            (double X, double Y) before = points[Math.Max(0, index - 1)], from = points[index], to = points[index + 1], after = points[Math.Min(points.Count - 1, index + 2)];
            double[] control =
            [
                from.X + (to.X - before.X) / 6, from.Y + (to.Y - before.Y) / 6,
                to.X - (after.X - from.X) / 6, to.Y - (after.Y - from.Y) / 6, to.X, to.Y,
            ];
            data.Append('C').AppendJoin(' ', control.Select(SvgText.Number));
        }
    }
}
