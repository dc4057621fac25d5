namespace Ddpg.Charts;

/// <summary>Box plots: quartiles, median, whiskers to the last points within 1.5 interquartile ranges, outliers.</summary>
internal sealed class BoxView(Members members, Axis x, Axis y, string colour) : TraceView(members, x, y, colour)
{
    private readonly record struct Summary(double Place, double[] Sorted, double Q1, double Median, double Q3, double Low, double High);

    private readonly bool _lying = members.Text("orientation") == "h" || (members.Raw("orientation") is null && members.Raw("y") is null);
    private Column _keys = Column.Empty, _values = Column.Empty;
    private List<Summary> _boxes = [];

    public double Offset { get; set; }

    public double Width { get; set; } = 0.5;

    public Axis PositionAxis => _lying ? Y : X;

    private Axis ValueAxis => _lying ? X : Y;

    public override void Register()
    {
        _values = Column.From(Members.Raw(_lying ? "x" : "y"));
        string position = _lying ? "y" : "x";
        _keys = Members.Raw(position) is not null and not string
            ? Column.From(Members.Raw(position))
            // A box without positions stands at its own name.
            : Column.From(Enumerable.Repeat((object)(Members.Raw(position + "0") ?? Name), _values.Count).ToArray());
        PositionAxis.Register(_keys);
        ValueAxis.Register(_values);
    }

    public override void Extend()
    {
        double[] places = PositionAxis.Convert(_keys), values = ValueAxis.Convert(_values);
        _boxes = [.. places.Zip(values).Where(pair => double.IsFinite(pair.First) && double.IsFinite(pair.Second))
            .GroupBy(pair => pair.First).OrderBy(group => group.Key).Select(group => Summarise(group.Key, [.. group.Select(pair => pair.Second).Order()]))];
        foreach (Summary box in _boxes)
        {
            PositionAxis.Include(box.Place - 0.5, roomy: false);
            PositionAxis.Include(box.Place + 0.5, roomy: false);
            ValueAxis.Include(box.Sorted[0], roomy: true);
            ValueAxis.Include(box.Sorted[^1], roomy: true);
        }
    }

    public override void Draw(SvgText svg)
    {
        Members line = Members.Child("line");
        string stroke = line.Text("color") ?? Members.Child("marker").Text("color") ?? Colour;
        svg.Open("g", ("stroke", stroke), ("stroke-width", SvgText.Number(line.Number("width") ?? 2)), ("fill", Members.Text("fillcolor") ?? stroke), ("opacity", OpacityText));
        foreach (Summary box in _boxes)
            DrawBox(svg, box);
        svg.Close("g");
        foreach (Summary box in _boxes)
            DrawPoints(svg, box);
    }

    public override string Describe() => $"{Label("box plot")}: " + string.Join("; ", _boxes.Select(box =>
        $"median {Value(box.Median)}, quartiles {Value(box.Q1)} to {Value(box.Q3)}, from {Value(box.Sorted[0])} to {Value(box.Sorted[^1])}")) + ".";

    private string Value(double coordinate) => NumberText.Brief(ValueAxis.Kind == AxisKind.Log ? Math.Pow(10, coordinate) : coordinate);

    // Quartiles as plotly.js computes them by default: linear between the sorted points, at (n·p − ½).
    private static Summary Summarise(double place, double[] sorted)
    {
        double Quantile(double p)
        {
            double at = Math.Clamp(p * sorted.Length - 0.5, 0, sorted.Length - 1);
            int low = (int)at;
            return sorted[low] + (at - low) * (sorted[Math.Min(low + 1, sorted.Length - 1)] - sorted[low]);
        }
        (double q1, double q3) = (Quantile(0.25), Quantile(0.75));
        double reach = 1.5 * (q3 - q1);
        return new Summary(place, sorted, q1, Quantile(0.5), q3, Math.Min(q1, sorted.First(value => value >= q1 - reach)), Math.Max(q3, sorted.Last(value => value <= q3 + reach)));
    }

    private void DrawBox(SvgText svg, Summary box)
    {
        double middle = PositionAxis.Pixel(box.Place + Offset), half = Math.Abs(PositionAxis.Pixel(box.Place + Width / 2) - PositionAxis.Pixel(box.Place));
        double cap = half * (Members.Number("whiskerwidth") ?? 0.5);
        (double low, double high) = Members.Flag("boxpoints") == false ? (box.Sorted[0], box.Sorted[^1]) : (box.Low, box.High);
        svg.Empty("path", ("d", Outline([(middle - half, box.Q1), (middle + half, box.Q1), (middle + half, box.Q3), (middle - half, box.Q3)]) + "Z"), ("fill-opacity", "0.3"));
        svg.Empty("path", ("fill", "none"), ("d",
            Outline([(middle - half, box.Median), (middle + half, box.Median)]) + Outline([(middle, box.Q1), (middle, low)]) + Outline([(middle, box.Q3), (middle, high)]) +
            Outline([(middle - cap, low), (middle + cap, low)]) + Outline([(middle - cap, high), (middle + cap, high)])));
        if (Members.Flag("boxmean") == true || Members.Text("boxmean") == "sd")
        {
            double mean = box.Sorted.Average();
            svg.Empty("path", ("fill", "none"), ("stroke-dasharray", "4 3"), ("d", Outline([(middle - half, mean), (middle + half, mean)])));
        }
    }

    private void DrawPoints(SvgText svg, Summary box)
    {
        bool all = Members.Text("boxpoints") == "all";
        if (Members.Flag("boxpoints") == false) return;
        double half = Math.Abs(PositionAxis.Pixel(box.Place + Width / 2) - PositionAxis.Pixel(box.Place));
        double middle = PositionAxis.Pixel(box.Place + Offset) + half * (Members.Number("pointpos") ?? (all ? -1.5 : 0));
        double jitter = Members.Number("jitter") ?? (all ? 0.3 : 0);
        double[] shown = all ? box.Sorted : [.. box.Sorted.Where(value => value < box.Low || value > box.High)];
        // A fixed low-discrepancy spread instead of random jitter: the same picture every time.
        new MarkerStyle(Members.Child("marker"), Members.Child("line").Text("color") ?? Colour).Draw(svg, [.. shown.Select((value, index) =>
            Swap(middle + half * jitter * 2 * (index * 0.618034 % 1 - 0.5), ValueAxis.Pixel(value)))]);
    }

    private string Outline((double Across, double Value)[] points) => "M" + string.Join('L', points.Select(point =>
    {
        (double left, double top) = Swap(point.Across, ValueAxis.Pixel(point.Value));
        return $"{SvgText.Number(left)} {SvgText.Number(top)}";
    }));

    private (double X, double Y) Swap(double across, double along) => _lying ? (along, across) : (across, along);
}
