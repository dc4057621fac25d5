namespace XPlot.Plotly;

/// <summary>The three far walls of a scene with their grids, and the labels of its axes along the near edges.</summary>
internal sealed class SceneBox(Camera3d camera, Axis x, Axis y, Axis z)
{
    private double FarX => camera.Eye.X >= 0 ? -0.5 : 0.5;

    private double FarY => camera.Eye.Y >= 0 ? -0.5 : 0.5;

    private double FarZ => camera.Eye.Z >= 0 ? -0.5 : 0.5;

    public void Draw(SvgText svg)
    {
        svg.Open("g", ("class", "gr"), ("stroke", Theme.Grid));
        foreach (Tick tick in x.Ticks)
        {
            double at = x.Pixel(tick.Position);
            Edge(svg, (at, -0.5, FarZ), (at, 0.5, FarZ));
            Edge(svg, (at, FarY, -0.5), (at, FarY, 0.5));
        }
        foreach (Tick tick in y.Ticks)
        {
            double at = y.Pixel(tick.Position);
            Edge(svg, (-0.5, at, FarZ), (0.5, at, FarZ));
            Edge(svg, (FarX, at, -0.5), (FarX, at, 0.5));
        }
        foreach (Tick tick in z.Ticks)
        {
            double at = z.Pixel(tick.Position);
            Edge(svg, (-0.5, FarY, at), (0.5, FarY, at));
            Edge(svg, (FarX, -0.5, at), (FarX, 0.5, at));
        }
        svg.Close("g").Open("g", ("class", "ax"), ("stroke", Theme.Axis));
        (double X, double Y) upright = LeftmostUpright();
        Edge(svg, (-0.5, -FarY, FarZ), (0.5, -FarY, FarZ));
        Edge(svg, (-FarX, -0.5, FarZ), (-FarX, 0.5, FarZ));
        Edge(svg, (upright.X, upright.Y, -0.5), (upright.X, upright.Y, 0.5));
        svg.Close("g");
        Labels(svg, x, at => (at, -FarY, FarZ));
        Labels(svg, y, at => (-FarX, at, FarZ));
        Labels(svg, z, at => (upright.X, upright.Y, at));
    }

    private (double X, double Y) LeftmostUpright() => new[] { (-0.5, -0.5), (-0.5, 0.5), (0.5, -0.5), (0.5, 0.5) }
        .OrderBy(corner => camera.Project(corner.Item1, corner.Item2, 0).X).First();

    private void Edge(SvgText svg, (double X, double Y, double Z) from, (double X, double Y, double Z) to)
    {
        (double x1, double y1) = camera.Project(from.X, from.Y, from.Z);
        (double x2, double y2) = camera.Project(to.X, to.Y, to.Z);
        svg.Line(x1, y1, x2, y2);
    }

    /// <summary>Labels stand outside: away from the middle of the box.</summary>
    private void Labels(SvgText svg, Axis axis, Func<double, (double X, double Y, double Z)> place)
    {
        (double midX, double midY) = Point(place(0));
        (double centreX, double centreY) = camera.Project(0, 0, 0);
        double length = Math.Max(1, Math.Sqrt((midX - centreX) * (midX - centreX) + (midY - centreY) * (midY - centreY)));
        (double awayX, double awayY) = axis == z ? (-1, 0) : ((midX - centreX) / length, (midY - centreY) / length);
        string anchor = awayX < -0.4 ? "end" : awayX > 0.4 ? "start" : "middle";
        foreach (Tick tick in axis.Ticks.Where(tick => tick.Label.Length > 0))
        {
            (double left, double top) = Point(place(axis.Pixel(tick.Position)));
            new RichText(tick.Label).Draw(svg, left + awayX * 9, top + awayY * 12 + 4, new TextStyle(11, "mu", anchor));
        }
        double gap = 20 + axis.Ticks.Select(tick => TextMetrics.Width(tick.Label, 11)).DefaultIfEmpty(0).Max() * Math.Abs(awayX);
        if (axis.Title is { } title)
            title.Draw(svg, midX + awayX * gap, midY + awayY * (gap + 8) + 4, axis == z ? new TextStyle(13, Anchor: "middle", Rotation: -90) : new TextStyle(13, Anchor: anchor));
    }

    private (double X, double Y) Point((double X, double Y, double Z) at) => camera.Project(at.X, at.Y, at.Z);
}
