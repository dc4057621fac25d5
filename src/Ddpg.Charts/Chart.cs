namespace XPlot.Plotly;

/// <summary>Makes charts: of traces, or directly of numbers.</summary>
/// <remarks>A C# tuple literal is not a <see cref="Tuple{T1,T2}"/>: write <c>Tuple.Create(x, y)</c>.</remarks>
public static class Chart
{
    public static PlotlyChart Plot(Trace data) => new() { Traces = [data] };

    public static PlotlyChart Plot(Trace data, Layout.Layout layout) => With(Plot(data), layout);

    public static PlotlyChart Plot<b>(IEnumerable<b> data) where b : Trace => new() { Traces = [.. data] };

    public static PlotlyChart Plot<a>(IEnumerable<a> data, Layout.Layout layout) where a : Trace => With(Plot(data), layout);

    public static void Show(PlotlyChart chart) => chart.Show();

    public static PlotlyChart Line<a>(IEnumerable<a> data) where a : IConvertible => Plot(new Scatter { y = data });

    public static PlotlyChart Line<a, b>(IEnumerable<Tuple<a, b>> data) where a : IConvertible where b : IConvertible => Plot(Pairs(new Scatter(), data));

    public static PlotlyChart Line<a, b, c>(IEnumerable<a> data) where a : IEnumerable<Tuple<b, c>> where b : IConvertible where c : IConvertible =>
        Plot(data.Select(series => Pairs(new Scatter(), series)));

    public static PlotlyChart Scatter<a>(IEnumerable<a> data) where a : IConvertible => Plot(new Scatter { y = data, mode = "markers" });

    public static PlotlyChart Scatter<a, b>(IEnumerable<Tuple<a, b>> data) where a : IConvertible where b : IConvertible =>
        Plot(Pairs(new Scatter { mode = "markers" }, data));

    public static PlotlyChart Scatter<a, b, c>(IEnumerable<a> data) where a : IEnumerable<Tuple<b, c>> where b : IConvertible where c : IConvertible =>
        Plot(data.Select(series => Pairs(new Scatter { mode = "markers" }, series)));

    public static PlotlyChart Area<a>(IEnumerable<a> data) where a : IConvertible
    {
        a[] values = [.. data];
        return Plot(new Scatter { x = Enumerable.Range(0, values.Length).ToArray(), y = values, fill = "tozeroy" });
    }

    public static PlotlyChart Area<a, b>(IEnumerable<Tuple<a, b>> data) where a : IConvertible where b : IConvertible =>
        Plot(Pairs(new Scatter { fill = "tozeroy" }, data));

    public static PlotlyChart Area<a, b, c>(IEnumerable<a> data) where a : IEnumerable<Tuple<b, c>> where b : IConvertible where c : IConvertible =>
        Plot(data.Select((series, index) => Pairs(new Scatter { fill = index == 0 ? "tozeroy" : "tonexty" }, series)));

    public static PlotlyChart Column<a>(IEnumerable<a> data) where a : IConvertible => Plot(new Bar { y = data });

    public static PlotlyChart Column<a, b>(IEnumerable<Tuple<a, b>> data) where a : IConvertible where b : IConvertible => Plot(Upright(data));

    public static PlotlyChart Column<a, b, c>(IEnumerable<a> data) where a : IEnumerable<Tuple<b, c>> where b : IConvertible where c : IConvertible =>
        Plot(data.Select(series => Upright(series)));

    public static PlotlyChart Bar<a>(IEnumerable<a> data) where a : IConvertible => Plot(new Bar { x = data, orientation = "h" });

    public static PlotlyChart Bar<a, b>(IEnumerable<Tuple<a, b>> data) where a : IConvertible where b : IConvertible => Plot(Lying(data));

    public static PlotlyChart Bar<a, b, c>(IEnumerable<a> data) where a : IEnumerable<Tuple<b, c>> where b : IConvertible where c : IConvertible =>
        Plot(data.Select(series => Lying(series)));

    private static PlotlyChart With(PlotlyChart chart, Layout.Layout layout)
    {
        chart.WithLayout(layout);
        return chart;
    }

    private static Scatter Pairs<a, b>(Scatter trace, IEnumerable<Tuple<a, b>> data)
    {
        (trace.x, trace.y) = Columns(data);
        return trace;
    }

    private static Bar Upright<a, b>(IEnumerable<Tuple<a, b>> data)
    {
        (a[] keys, b[] values) = Columns(data);
        return new Bar { x = keys, y = values };
    }

    private static Bar Lying<a, b>(IEnumerable<Tuple<a, b>> data)
    {
        (a[] keys, b[] values) = Columns(data);
        return new Bar { x = values, y = keys, orientation = "h" };
    }

    private static (a[] Keys, b[] Values) Columns<a, b>(IEnumerable<Tuple<a, b>> data)
    {
        Tuple<a, b>[] pairs = [.. data];
        return ([.. pairs.Select(pair => pair.Item1)], [.. pairs.Select(pair => pair.Item2)]);
    }
}
