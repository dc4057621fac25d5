namespace Ddpg.Charts;

/// <summary>What heat maps, contour plots and two-dimensional histograms share: a matrix over two axes.</summary>
internal abstract class GridView(Members members, Axis x, Axis y, string colour) : TraceView(members, x, y, colour)
{
    private ColourRange? _range;

    public override bool InLegend => Members.Flag("showlegend") == true;

    public override ColourBar? ColourBar => Members.Flag("showscale") == false ? null : new ColourBar(Range, Members.Child("colorbar"));

    /// <summary>Rows of the matrix; row i lies at y[i].</summary>
    protected double[][] Z { get; set; } = [];

    /// <summary>The middles of the columns, in the axis's coordinate.</summary>
    protected double[] Xs { get; set; } = [];

    protected double[] Ys { get; set; } = [];

    protected ColourRange Range => _range ??= ColourRange.Of(Members, Z.SelectMany(row => row), "zmin", "zmax");

    private Column _xColumn = Column.Empty, _yColumn = Column.Empty;

    public override void Register()
    {
        Z = Column.Matrix(Members.Raw("z"));
        if (Members.Flag("transpose") == true) Z = [.. Enumerable.Range(0, Z.Max(row => row.Length)).Select(column => Z.Select(row => row[column]).ToArray())];
        _xColumn = ColumnOrSteps(Members, "x", Z.Length == 0 ? 0 : Z.Max(row => row.Length));
        _yColumn = ColumnOrSteps(Members, "y", Z.Length);
        X.Register(_xColumn);
        Y.Register(_yColumn);
    }

    public override string Describe()
    {
        double[] finite = [.. Z.SelectMany(row => row).Where(double.IsFinite)];
        return finite.Length == 0 ? $"{Label(Kind)}, empty." : $"{Label(Kind)}: {Z.Length} by {Z.Max(row => row.Length)} values from {NumberText.Brief(finite.Min())} to {NumberText.Brief(finite.Max())}.";
    }

    protected abstract string Kind { get; }

    /// <summary>Sets the positions in the axes' coordinates; call when every trace is registered.</summary>
    protected virtual void Place() => (Xs, Ys) = (X.Convert(_xColumn), Y.Convert(_yColumn));

    /// <summary>The borders of cells around the middles: halfway between neighbours, the outer ones mirrored.</summary>
    protected static double[] Borders(double[] middles, int cells)
    {
        // One position more than cells: these are the borders themselves.
        if (middles.Length == cells + 1) return middles;
        if (middles.Length == 0) return [0, 1];
        if (middles.Length == 1) return [middles[0] - 0.5, middles[0] + 0.5];
        double[] borders = new double[middles.Length + 1];
        for (int index = 1; index < middles.Length; index++)
            borders[index] = (middles[index - 1] + middles[index]) / 2;
        borders[0] = middles[0] - (borders[1] - middles[0]);
        borders[^1] = middles[^1] + (middles[^1] - borders[^2]);
        return borders;
    }
}
