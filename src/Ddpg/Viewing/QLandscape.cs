using XPlot.Plotly;

namespace Ddpg.Viewing;

/// <summary>Values over the pendulum's angle and angular velocity, as heat maps: of the Q-network, of the policy, of anything else on a <see cref="PendulumGrid"/>.</summary>
public static partial class QLandscape
{
    private const string Ink = "#ffffff", Outline = "#222222";

    /// <summary>A heat map.</summary>
    /// <param name="grid">The points.</param>
    /// <param name="values">[velocity, angle], as <see cref="PendulumGrid.Matrix"/> makes it.</param>
    /// <param name="title">The chart's title.</param>
    /// <param name="valueName">What the colours mean, for the colour bar.</param>
    /// <param name="arrows">Optional slopes at the same points, such as ∇ₐQ or the policy's torque: drawn as arrows, up where positive, at every few points.</param>
    public static PlotlyChart Chart(PendulumGrid grid, double[,] values, string title, string valueName = "Q", double[,]? arrows = null)
    {
        ArgumentNullException.ThrowIfNull(grid);
        Check(grid, values);
        var traces = new List<Trace> { Map(grid, values, valueName, "x", "y") };
        if (arrows is not null)
        {
            Check(grid, arrows);
            traces.AddRange(Arrows(grid, arrows));
        }
        return XPlot.Plotly.Chart.Plot(traces, new Layout.Layout
        {
            title = title,
            height = 430,
            showlegend = false,
            xaxis = AngleAxis(),
            yaxis = new Yaxis { title = "angular velocity (rad/s)", range = VelocityRange },
        });
    }

    /// <summary>Two heat maps side by side with the same colours, such as before and after training.</summary>
    /// <param name="grid">The points of both.</param>
    /// <param name="left">Name and values.</param>
    /// <param name="right">Name and values.</param>
    /// <param name="title">The chart's title.</param>
    /// <param name="valueName">What the colours mean.</param>
    public static PlotlyChart Compare(PendulumGrid grid, (string Name, double[,] Values) left, (string Name, double[,] Values) right, string title, string valueName = "Q")
    {
        ArgumentNullException.ThrowIfNull(grid);
        Check(grid, left.Values);
        Check(grid, right.Values);
        Heatmap first = Map(grid, left.Values, valueName, "x", "y"), second = Map(grid, right.Values, valueName, "x2", "y2");
        double[] all = [.. left.Values.Cast<double>().Concat(right.Values.Cast<double>()).Select(Rounding.ForChart)];
        (first.zmin, first.zmax) = (second.zmin, second.zmax) = (all.Min(), all.Max());
        first.showscale = false;
        Xaxis leftAngle = AngleAxis(), rightAngle = AngleAxis();
        (leftAngle.domain, rightAngle.domain, rightAngle.anchor) = (new[] { 0, 0.47 }, new[] { 0.53, 1 }, "y2");
        return XPlot.Plotly.Chart.Plot(new Trace[] { first, second }, new Layout.Layout
        {
            title = title,
            height = 430,
            showlegend = false,
            xaxis = leftAngle,
            yaxis = new Yaxis { title = "angular velocity (rad/s)", range = VelocityRange },
            xaxis2 = rightAngle,
            yaxis2 = new Yaxis { anchor = "x2", range = VelocityRange, showticklabels = false },
            annotations = new[] { Heading(left.Name, 0.235), Heading(right.Name, 0.765) },
        });
    }

    private static double[] VelocityRange => [-8.25, 8.25];

    private static Heatmap Map(PendulumGrid grid, double[,] values, string valueName, string x, string y) => new()
    {
        x = grid.Angles.ToArray(),
        y = grid.Velocities.ToArray(),
        z = Enumerable.Range(0, values.GetLength(0)).Select(row => Enumerable.Range(0, values.GetLength(1)).Select(column => Rounding.ForChart(values[row, column])).ToArray()).ToArray(),
        colorscale = "Viridis",
        colorbar = new Colorbar { title = valueName },
        xaxis = x,
        yaxis = y,
        hoverinfo = "x+y+z",
    };

    private static Xaxis AngleAxis() => new()
    {
        title = "angle θ (rad), 0 is upright",
        range = new[] { -3.22, 3.22 },
        tickvals = new[] { -3.1416, -1.5708, 0, 1.5708, 3.1416 },
        ticktext = new[] { "−π", "−π/2", "0", "π/2", "π" },
    };

    private static Annotation Heading(string text, double x) =>
        new() { xref = "paper", yref = "paper", x = x, y = 1, xanchor = "center", yanchor = "bottom", text = $"<b>{text}</b>", showarrow = false };

    /// <summary>Shafts as one line with gaps, heads as triangles: three traces however many arrows. Light with a dark outline, so that they are seen on every colour.</summary>
    private static IEnumerable<Trace> Arrows(PendulumGrid grid, double[,] slopes)
    {
        double steepest = slopes.Cast<double>().Max(Math.Abs);
        if (steepest == 0) yield break;
        int everyColumn = Math.Max(1, grid.Angles.Count / 14), everyRow = Math.Max(1, grid.Velocities.Count / 9);
        double longest = 0.7 * everyRow * 16 / (grid.Velocities.Count - 1);
        var arrows = new List<(double X, double From, double To)>();
        for (int row = everyRow / 2; row < grid.Velocities.Count; row += everyRow)
        {
            for (int column = everyColumn / 2; column < grid.Angles.Count; column += everyColumn)
            {
                double length = longest * slopes[row, column] / steepest;
                if (Math.Abs(length) > 0.03) arrows.Add((grid.Angles[column], grid.Velocities[row] - length / 2, grid.Velocities[row] + length / 2));
            }
        }
        double?[] x = [.. arrows.SelectMany(arrow => new double?[] { arrow.X, arrow.X, null })];
        double?[] y = [.. arrows.SelectMany(arrow => new double?[] { Rounding.ForChart(arrow.From), Rounding.ForChart(arrow.To), null })];
        yield return new Scatter { x = x, y = y, mode = "lines", line = new Line { color = Outline, width = 3.5 }, hoverinfo = "skip" };
        yield return new Scatter { x = x, y = y, mode = "lines", line = new Line { color = Ink, width = 1.5 }, hoverinfo = "skip" };
        foreach (bool up in new[] { true, false })
        {
            yield return new Scatter
            {
                x = arrows.Where(arrow => arrow.To > arrow.From == up).Select(arrow => arrow.X).ToArray(),
                y = arrows.Where(arrow => arrow.To > arrow.From == up).Select(arrow => Rounding.ForChart(arrow.To)).ToArray(),
                mode = "markers",
                marker = new Marker { symbol = up ? "triangle-up" : "triangle-down", size = 9, color = Ink, line = new Line { color = Outline, width = 1 } },
                hoverinfo = "skip",
            };
        }
    }

    private static void Check(PendulumGrid grid, double[,] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.GetLength(0) != grid.Velocities.Count || values.GetLength(1) != grid.Angles.Count)
        {
            throw new ArgumentException($"The matrix is {values.GetLength(0)} by {values.GetLength(1)}; the grid has {grid.Velocities.Count} velocities (rows) " +
                $"by {grid.Angles.Count} angles (columns). PendulumGrid.Matrix makes one of the right size.", nameof(values));
        }
    }
}
