namespace Ddpg.Charts;

/// <summary>The error bars of a trace along one axis.</summary>
internal sealed class ErrorBars(Members members, bool horizontal)
{
    public bool Exist => members != Members.None && members.Flag("visible") != false && (members.Raw("array") is not null || members.Number("value") is not null);

    /// <summary>The ends of the bar at a value, in the data's own units.</summary>
    public (double Low, double High) Ends(double[] values, int index)
    {
        double plus = Size("array", "value", values, index);
        double minus = members.Flag("symmetric") == false || members.Raw("arrayminus") is not null ? Size("arrayminus", "valueminus", values, index) : plus;
        return (values[index] - minus, values[index] + plus);
    }

    /// <param name="svg">Drawn into.</param>
    /// <param name="view">The trace.</param>
    /// <param name="x">In the data's units for horizontal bars, else in the axis's coordinate.</param>
    /// <param name="y">In the data's units for vertical bars, else in the axis's coordinate.</param>
    /// <param name="colour">Where the user set none.</param>
    public void Draw(SvgText svg, TraceView view, double[] x, double[] y, string colour)
    {
        if (!Exist) return;
        double[] along = horizontal ? x : y;
        Axis axis = horizontal ? view.X : view.Y;
        double cap = members.Number("width") ?? 4;
        svg.Open("g", ("stroke", members.Text("color") ?? colour), ("stroke-width", SvgText.Number(members.Number("thickness") ?? 1.5)));
        for (int index = 0; index < Math.Min(x.Length, y.Length); index++)
        {
            (double low, double high) = Ends(along, index);
            double from = axis.Pixel(axis.Convert(low)), to = axis.Pixel(axis.Convert(high));
            double across = horizontal ? view.Y.Pixel(y[index]) : view.X.Pixel(x[index]);
            if (!double.IsFinite(from) || !double.IsFinite(to) || !double.IsFinite(across)) continue;
            svg.Empty("path", ("d", horizontal
                ? $"M{N(from)} {N(across)}H{N(to)}M{N(from)} {N(across - cap)}v{N(2 * cap)}M{N(to)} {N(across - cap)}v{N(2 * cap)}"
                : $"M{N(across)} {N(from)}V{N(to)}M{N(across - cap)} {N(from)}h{N(2 * cap)}M{N(across - cap)} {N(to)}h{N(2 * cap)}"));
        }
        svg.Close("g");
    }

    private double Size(string array, string single, double[] values, int index)
    {
        double[] sizes = Column.From(members.Raw(array)).Numbers;
        if (sizes.Length > 0) return index < sizes.Length && double.IsFinite(sizes[index]) ? sizes[index] : 0;
        double size = members.Number(single) ?? members.Number("value") ?? 0;
        return members.Text("type") == "percent" ? Math.Abs(values[index]) * size / 100 : size;
    }

    private static string N(double value) => SvgText.Number(value);
}
