namespace Ddpg.Charts;

/// <summary>A chart made ready to be drawn: axes, traces in order, and which of them share a plot.</summary>
internal sealed class Figure
{
    private static readonly HashSet<string> Drawn = new(StringComparer.Ordinal) { "scatter", "scattergl", "bar", "histogram", "box", "heatmap" };

    public Figure(PlotlyFigure figure)
    {
        Layout = figure.Layout;
        Axes = [.. new[] { "x", "x2", "y", "y2" }.Select(id => new Axis(id, Layout.Child(id[0] + "axis" + id[1..])))];
        Members[] shown = [.. figure.Traces.Where(trace => !Hidden(trace))];
        Undrawn = [.. shown.Where(trace => !Drawn.Contains(Kind(trace)))];
        Views = [.. shown.Where(trace => Drawn.Contains(Kind(trace))).Select(View)];
        foreach (TraceView view in Views)
            view.Register();
        if (Layout.Text("barmode") != "overlay") ShareBins();
        BarView[] bars = [.. Views.OfType<BarView>()];
        foreach (BarView bar in bars)
            bar.Prepare();
        BarArrangement.Arrange(bars, Layout);
        ArrangeBoxes();
        foreach (IGrouping<(Axis, Axis), ScatterView> plot in Views.OfType<ScatterView>().GroupBy(view => (view.X, view.Y)))
            plot.First().IsFirst = true;
        foreach (TraceView view in Views)
            view.Extend();
        foreach (Members shape in Layout.Items("shapes").Where(shape => shape.Flag("visible") != false))
            NoteExtent.IncludeShape(this, shape);
        foreach (Members note in Layout.Items("annotations").Where(note => note.Flag("visible") != false))
            NoteExtent.IncludeAnnotation(this, note);
    }

    public Members Layout { get; }

    public IReadOnlyList<Axis> Axes { get; }

    public IReadOnlyList<TraceView> Views { get; }

    /// <summary>The traces of types that only plotly.js draws.</summary>
    public IReadOnlyList<Members> Undrawn { get; }

    /// <summary>The pairs of axes that have traces.</summary>
    public IEnumerable<(Axis X, Axis Y)> Plots => Views.Select(view => (view.X, view.Y)).Distinct();

    /// <summary>The axes that are drawn; an empty chart shows its first two.</summary>
    public IEnumerable<Axis> UsedAxes => Undrawn.Count > 0 && Views.Count == 0 ? [] : Axes.Where(axis => Views.Count == 0 ? axis.Id.Length == 1 : Views.Any(view => view.X == axis || view.Y == axis));

    public Axis Axis(string id) => Axes.FirstOrDefault(axis => axis.Id == id) ?? Axes[id.StartsWith('y') ? 2 : 0];

    public IReadOnlyList<ColourBar> ColourBars => [.. Views.Select(view => view.ColourBar).OfType<ColourBar>()];

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

    /// <summary>The trace's type; plotly.js takes one without a type as scatter.</summary>
    public static string Kind(Members trace) => trace.Text("type") ?? "scatter";

    private static bool Hidden(Members trace) => trace.Flag("visible") == false || trace.Text("visible") == "legendonly";

    private TraceView View(Members trace, int index)
    {
        string colour = Theme.Colour(index);
        (Axis x, Axis y) = (Axis(trace.Text("xaxis") ?? "x"), Axis(trace.Text("yaxis") ?? "y"));
        return Kind(trace) switch
        {
            "bar" => new BarView(trace, x, y, colour),
            "histogram" => new HistogramView(trace, x, y, colour),
            "box" => new BoxView(trace, x, y, colour),
            "heatmap" => new HeatmapView(trace, x, y, colour),
            _ => new ScatterView(trace, x, y, colour),
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
