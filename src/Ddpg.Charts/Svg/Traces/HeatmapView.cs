namespace Ddpg.Charts;

/// <summary>A matrix as coloured cells; they go into the picture as one small embedded image.</summary>
internal sealed class HeatmapView(Members members, Axis x, Axis y, string colour) : TraceView(members, x, y, colour)
{
    private const int MostSamples = 240;
    private ColourRange? _range;
    private Column _xColumn = Column.Empty, _yColumn = Column.Empty;
    private double[] _xBorders = [0, 1], _yBorders = [0, 1];

    // Row i lies at y[i].
    private double[][] _rows = [];

    public override bool InLegend => Members.Flag("showlegend") == true;

    public override ColourBar? ColourBar => Members.Flag("showscale") == false ? null : new ColourBar(Range, Members.Child("colorbar"));

    private ColourRange Range => _range ??= ColourRange.Of(Members, _rows.SelectMany(row => row), "zmin", "zmax");

    private bool IsSmooth => Members.Text("zsmooth") is "best" or "fast";

    private int Width => _rows.Length == 0 ? 0 : _rows.Max(row => row.Length);

    public override void Register()
    {
        _rows = Column.Matrix(Members.Raw("z"));
        if (Members.Flag("transpose") == true) _rows = [.. Enumerable.Range(0, Width).Select(column => _rows.Select(row => column < row.Length ? row[column] : double.NaN).ToArray())];
        _xColumn = ColumnOrSteps(Members, "x", Width);
        _yColumn = ColumnOrSteps(Members, "y", _rows.Length);
        X.Register(_xColumn);
        Y.Register(_yColumn);
    }

    public override void Extend()
    {
        (_xBorders, _yBorders) = (Borders(X.Convert(_xColumn), Width), Borders(Y.Convert(_yColumn), _rows.Length));
        X.Include([_xBorders[0], _xBorders[^1]], roomy: false);
        Y.Include([_yBorders[0], _yBorders[^1]], roomy: false);
    }

    public override void Draw(SvgText svg)
    {
        if (_rows.Length == 0) return;
        (double left, double right) = Ends(X, _xBorders);
        (double top, double bottom) = Ends(Y, _yBorders);
        int[] columns = Samples(_xBorders, X, left, right), rows = Samples(_yBorders, Y, top, bottom);
        byte[] pixels = new byte[columns.Length * rows.Length];
        for (int row = 0; row < rows.Length; row++)
        {
            for (int column = 0; column < columns.Length; column++)
            {
                double value = rows[row] < _rows.Length && columns[column] < _rows[rows[row]].Length ? _rows[rows[row]][columns[column]] : double.NaN;
                // Index 0 is transparent: a cell without a value.
                pixels[row * columns.Length + column] = double.IsFinite(value) ? (byte)(1 + Math.Round(Math.Clamp(Range.Part(value), 0, 1) * 254)) : (byte)0;
            }
        }
        string image = PalettePng.Encode(pixels, columns.Length, rows.Length, index => Range.Scale.At((index - 1) / 254.0));
        svg.Empty("image", ("x", SvgText.Number(left)), ("y", SvgText.Number(top)), ("width", SvgText.Number(right - left)), ("height", SvgText.Number(bottom - top)),
            ("preserveAspectRatio", "none"), ("opacity", OpacityText), ("style", IsSmooth ? null : "image-rendering:pixelated"), ("href", "data:image/png;base64," + image));
    }

    public override string Describe()
    {
        double[] finite = [.. _rows.SelectMany(row => row).Where(double.IsFinite)];
        return finite.Length == 0 ? $"{Label("heat map")}, empty." : $"{Label("heat map")}: {_rows.Length} by {Width} values from {NumberText.Brief(finite.Min())} to {NumberText.Brief(finite.Max())}.";
    }

    /// <summary>The borders of cells around the middles: halfway between neighbours, the outer ones mirrored.</summary>
    private static double[] Borders(double[] middles, int cells)
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

    private static (double Low, double High) Ends(Axis axis, double[] borders)
    {
        (double from, double to) = (axis.Pixel(borders[0]), axis.Pixel(borders[^1]));
        return (Math.Min(from, to), Math.Max(from, to));
    }

    /// <summary>The matrix index of every image pixel along an axis: the cells themselves if they are equal, else samples of them.</summary>
    private static int[] Samples(double[] borders, Axis axis, double low, double high)
    {
        double[] pixels = [.. borders.Select(axis.Pixel)];
        bool falling = pixels[^1] < pixels[0];
        int cells = borders.Length - 1;
        double equal = (high - low) / cells;
        bool even = true;
        for (int index = 0; index < cells; index++)
            even &= Math.Abs(Math.Abs(pixels[index + 1] - pixels[index]) - equal) < 0.02 * equal + 1e-9;
        if (even) return [.. Enumerable.Range(0, cells).Select(index => falling ? cells - 1 - index : index)];
        int count = (int)Math.Clamp(high - low, 1, MostSamples);
        return [.. Enumerable.Range(0, count).Select(sample =>
        {
            double at = low + (sample + 0.5) * (high - low) / count;
            int border = Array.FindIndex(pixels, pixel => falling ? pixel <= at : pixel >= at);
            return Math.Clamp(border - 1, 0, cells - 1);
        })];
    }
}
