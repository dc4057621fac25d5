namespace XPlot.Plotly;

/// <summary>Counts of pairs in rectangular bins, as a heat map.</summary>
internal sealed class Histogram2dView(Members members, Axis x, Axis y, string colour) : HeatmapView(members, x, y, colour)
{
    private Column _x = Column.Empty, _y = Column.Empty;

    protected override string Kind => "two-dimensional histogram";

    public override void Register()
    {
        (_x, _y) = (Column.From(Members.Raw("x")), Column.From(Members.Raw("y")));
        X.Register(_x);
        Y.Register(_y);
    }

    protected override void Place()
    {
        double[] xs = X.Convert(_x), ys = Y.Convert(_y);
        int most = Math.Clamp((int)Math.Sqrt(xs.Length) / 2, 8, 40);
        Bins across = Bins.For(Members, xs, "x", most), up = Bins.For(Members, ys, "y", most);
        Z = [.. Enumerable.Range(0, up.Count).Select(_ => new double[across.Count])];
        for (int index = 0; index < Math.Min(xs.Length, ys.Length); index++)
        {
            (int column, int row) = (across.IndexOf(xs[index]), up.IndexOf(ys[index]));
            if (column >= 0 && row >= 0) Z[row][column]++;
        }
        double total = Math.Max(1, Z.Sum(row => row.Sum()));
        double unit = Members.Text("histnorm") switch
        {
            "percent" => 100 / total,
            "probability" => 1 / total,
            "density" => 1 / (across.Size * up.Size),
            "probability density" => 1 / (total * across.Size * up.Size),
            _ => 1,
        };
        foreach (double[] row in Z)
            for (int column = 0; column < row.Length; column++) row[column] *= unit;
        (Xs, Ys) = (Borders(across), Borders(up));
    }

    private static double[] Borders(Bins bins) => [.. Enumerable.Range(0, bins.Count + 1).Select(index => bins.Start + index * bins.Size)];
}
