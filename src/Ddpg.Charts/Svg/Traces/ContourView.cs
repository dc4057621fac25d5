using System.Text;

namespace XPlot.Plotly;

/// <summary>A matrix as level curves, filled or not.</summary>
internal sealed class ContourView(Members members, Axis x, Axis y, string colour) : HeatmapView(members, x, y, colour)
{
    protected override string Kind => "contour plot";

    protected override bool IsSmooth => true;

    private Members Contours => Members.Child("contours");

    private string Colouring => Contours.Text("coloring") ?? "fill";

    public override void Extend()
    {
        Place();
        if (Xs.Length == 0 || Ys.Length == 0) return;
        X.Include(Xs, roomy: false);
        Y.Include(Ys, roomy: false);
        SetBorders();
    }

    public override void Draw(SvgText svg)
    {
        if (Z.Length < 2 || Z.Min(row => row.Length) < 2) return;
        if (Colouring == "heatmap") base.Draw(svg);
        List<double> levels = Levels(out double size);
        Members line = Members.Child("line");
        bool lines = Contours.Flag("showlines") ?? true;
        if (Colouring == "fill") DrawFill(svg, levels, size);
        double width = line.Number("width") ?? (Colouring == "lines" ? 1.5 : 0.5);
        if (!lines || width == 0) return;
        svg.Open("g", ("fill", "none"), ("stroke", Colouring == "lines" ? null : line.Text("color") ?? Theme.Text), ("stroke-width", SvgText.Number(width)), ("opacity", OpacityText));
        foreach (double level in levels)
        {
            string data = Curves(ContourTracer.Rings(Z, level));
            if (data.Length > 0) svg.Empty("path", ("d", data), ("stroke", Colouring == "lines" ? Range.Colour(level).Hex : null));
        }
        svg.Close("g");
    }

    private void DrawFill(SvgText svg, List<double> levels, double size)
    {
        svg.Open("g", ("opacity", OpacityText), ("fill-rule", "evenodd"));
        // Each region covers the one below it; the lowest is the whole plot.
        foreach (double level in levels.Prepend(double.MinValue))
        {
            double shade = level == double.MinValue ? levels.FirstOrDefault(Range.Low) - size / 2 : level + size / 2;
            var data = new StringBuilder();
            foreach (List<(double Column, double Row, bool OnBorder)> ring in ContourTracer.Rings(Z, level))
                data.Append(PathBuilder.Data([.. ring.Select(point => Pixel(point.Column, point.Row))], null, close: true));
            if (data.Length > 0) svg.Empty("path", ("d", data.ToString()), ("fill", Range.Colour(shade).Hex));
        }
        svg.Close("g");
    }

    private List<double> Levels(out double size)
    {
        (double low, double high) = (Range.Low, Range.High);
        size = Contours.Number("size") is > 0 and var given ? given : TickMaker.Step(low, high, Members.Number("ncontours") is > 0 and var most ? (int)most : 15);
        double start = Contours.Number("start") ?? Math.Ceiling(low / size) * size, end = Contours.Number("end") ?? high;
        var levels = new List<double>();
        for (int index = 0; index < 200 && start + index * size <= end + size * 1e-6; index++)
            levels.Add(start + index * size);
        return levels;
    }

    /// <summary>The rings without their pieces along the border, which are no level curve.</summary>
    private string Curves(List<List<(double Column, double Row, bool OnBorder)>> rings)
    {
        var data = new StringBuilder();
        foreach (List<(double Column, double Row, bool OnBorder)> ring in rings)
        {
            var piece = new List<(double, double)>();
            for (int index = 0; index <= ring.Count; index++)
            {
                (double column, double row, _) = ring[index % ring.Count];
                if (piece.Count > 0 && AlongBorder(ring[index - 1], ring[index % ring.Count])) Flush();
                piece.Add(Pixel(column, row));
            }
            Flush();
            void Flush()
            {
                if (piece.Count > 1) data.Append(PathBuilder.Data(piece, null));
                piece.Clear();
            }
        }
        return data.ToString();
    }

    private bool AlongBorder((double Column, double Row, bool OnBorder) from, (double Column, double Row, bool OnBorder) to) =>
        (from.OnBorder && to.OnBorder) || (from.Column == to.Column && (to.Column <= 0 || to.Column >= Xs.Length - 1)) || (from.Row == to.Row && (to.Row <= 0 || to.Row >= Ys.Length - 1));

    private (double X, double Y) Pixel(double column, double row) => (X.Pixel(Between(Xs, column)), Y.Pixel(Between(Ys, row)));

    private static double Between(double[] places, double at)
    {
        int index = Math.Clamp((int)Math.Floor(at), 0, places.Length - 1), next = Math.Min(index + 1, places.Length - 1);
        return places[index] + (at - index) * (places[next] - places[index]);
    }
}
