namespace Ddpg.Charts;

/// <summary>Counts of values in bins, as bars.</summary>
internal sealed class HistogramView(Members members, Axis x, Axis y, string colour)
    : BarView(members.Raw("orientation") is null && members.Raw("x") is null ? Lying(members) : members, x, y, colour)
{
    private double _pitch = 1;

    /// <summary>The values of all histograms that stand side by side, which share their bins; null for one that has its own.</summary>
    public double[]? SharedValues { get; set; }

    public double[] OwnValues => PositionAxis.Convert(Column.From(Members.Raw(IsLying ? "y" : "x")));

    public override double? Pitch => _pitch;

    protected override string? OutlineColour => Theme.Background;

    public override void Register() => PositionAxis.Register(Column.From(Members.Raw(IsLying ? "y" : "x")));

    public override void Prepare()
    {
        double[] values = OwnValues;
        bool categories = PositionAxis.Kind == AxisKind.Category;
        Bins bins = categories ? new Bins(-0.5, 1, PositionAxis.Categories.Count) : Bins.For(Members, SharedValues ?? values, IsLying ? "y" : "x");
        double[] counts = new double[bins.Count];
        foreach (double value in values)
            if (bins.IndexOf(value) is >= 0 and var bin) counts[bin]++;
        double total = Math.Max(1, counts.Sum());
        double unit = Members.Text("histnorm") switch
        {
            "percent" => 100 / total,
            "probability" => 1 / total,
            "density" => 1 / bins.Size,
            "probability density" => 1 / (total * bins.Size),
            _ => 1,
        };
        _pitch = bins.Size;
        // Empty bins at the ends are left out.
        int first = Math.Max(0, Array.FindIndex(counts, count => count > 0)), last = Math.Max(first, Array.FindLastIndex(counts, count => count > 0));
        Positions = [.. Enumerable.Range(first, last - first + 1).Select(bins.Middle)];
        Values = [.. counts[first..(last + 1)].Select(count => count * unit)];
        Bases = new double[Values.Length];
    }

    public override string Describe() => $"{Label("histogram")}: {Values.Length} bins, the fullest at {NumberText.Brief(Positions[Array.IndexOf(Values, Values.Max())])}.";

    // A histogram of y alone lies, as in plotly.js.
    private static Members Lying(Members members)
    {
        var lying = new Members();
        foreach ((string name, object? value) in members.Values)
            lying.Set(name, value);
        lying.Set("orientation", "h");
        return lying;
    }
}
