namespace XPlot.Plotly;

/// <summary>A chart made ready to be drawn: axes, traces in order, and which of them share a plot.</summary>
internal sealed class Figure
{
    public Figure(PlotlyChart chart)
    {
        Layout = chart.LayoutMembers;
        Axes = [.. new[] { "x", "x2", "y", "y2" }.Select(id => new Axis(id, Layout.Child(id[0] + "axis" + id[1..])))];
        SpaceTraces = [.. chart.Traces.Where(IsInSpace)];
        Views = [.. chart.Traces.Where(trace => !IsInSpace(trace) && !Hidden(trace)).Select(View)];
        foreach (TraceView view in Views)
            view.Register();
        if (Layout.Text("barmode") != "overlay") ShareBins();
        BarView[] bars = [.. Views.OfType<BarView>()];
        foreach (BarView bar in bars)
            bar.Prepare();
        BarArrangement.Arrange(bars, Layout);
        ArrangeBoxes();
        foreach (TraceView view in Views)
            view.Extend();
        foreach (Axis axis in Axes)
            axis.Settle();
    }

    public Members Layout { get; }

    public IReadOnlyList<Axis> Axes { get; }

    public IReadOnlyList<TraceView> Views { get; }

    public IReadOnlyList<Trace> SpaceTraces { get; }

    /// <summary>The pairs of axes that have traces.</summary>
    public IEnumerable<(Axis X, Axis Y)> Plots => Views.Select(view => (view.X, view.Y)).Distinct();

    /// <summary>The axes that are drawn; an empty chart shows its first two.</summary>
    public IEnumerable<Axis> UsedAxes => SpaceTraces.Count > 0 && Views.Count == 0 ? [] : Axes.Where(axis => Views.Count == 0 ? axis.Id.Length == 1 : Views.Any(view => view.X == axis || view.Y == axis));

    public Axis Axis(string id) => Axes.FirstOrDefault(axis => axis.Id == id) ?? Axes[id.StartsWith('y') ? 2 : 0];

    public IReadOnlyList<ColourBar> ColourBars =>
    [
        .. Views.Select(view => view.ColourBar).OfType<ColourBar>(),
        .. SpaceTraces.OfType<Surface>().Where(surface => surface.Members.Flag("showscale") != false)
            .Select(surface => new ColourBar(SurfaceMesh.RangeOf(surface.Members), surface.Members.Child("colorbar"))),
    ];

    /// <summary>What the legend names. One trace alone needs none unless it, or the layout, asks for it.</summary>
    public IReadOnlyList<TraceView> LegendViews
    {
        get
        {
            TraceView[] named = [.. Views.Where(view => view.InLegend && view.Members.Text("visible") != "legendonly")];
            bool show = Layout.Flag("showlegend") ?? (named.Length > 1 || named.Any(view => view.Members.Flag("showlegend") == true));
            return !show ? [] : Layout.Child("legend").Text("traceorder")?.Contains("reversed", StringComparison.Ordinal) == true ? [.. named.Reverse()] : named;
        }
    }

    private static bool IsInSpace(Trace trace) => trace is Surface or Scatter3d;

    private static bool Hidden(Trace trace) => trace.Members.Flag("visible") == false || trace.Members.Text("visible") == "legendonly";

    private TraceView View(Trace trace, int index)
    {
        (Members members, string colour) = (trace.Members, Theme.Colour(index));
        (Axis x, Axis y) = (Axis(members.Text("xaxis") ?? "x"), Axis(members.Text("yaxis") ?? "y"));
        return trace switch
        {
            Bar => new BarView(members, x, y, colour),
            Histogram => new HistogramView(members, x, y, colour),
            Box => new BoxView(members, x, y, colour),
            Heatmap => new HeatmapView(members, x, y, colour),
            Histogram2d => new Histogram2dView(members, x, y, colour),
            Contour => new ContourView(members, x, y, colour),
            _ => new ScatterView(members, x, y, colour),
        };
    }

    private void ShareBins()
    {
        foreach (IGrouping<(Axis, Axis), HistogramView> plot in Views.OfType<HistogramView>().GroupBy(view => (view.PositionAxis, view.ValueAxis)).Where(plot => plot.Count() > 1))
        {
            double[] all = [.. plot.SelectMany(view => view.OwnValues)];
            foreach (HistogramView view in plot)
                view.SharedValues = all;
        }
    }

    private void ArrangeBoxes()
    {
        foreach (IGrouping<Axis, BoxView> plot in Views.OfType<BoxView>().GroupBy(box => box.PositionAxis))
        {
            BoxView[] boxes = [.. plot];
            bool grouped = Layout.Text("boxmode") == "group";
            for (int index = 0; index < boxes.Length; index++)
            {
                boxes[index].Width = grouped ? 0.7 / boxes.Length : 0.5;
                boxes[index].Offset = grouped ? (index - (boxes.Length - 1) / 2.0) * 0.7 / boxes.Length : 0;
            }
        }
    }
}
