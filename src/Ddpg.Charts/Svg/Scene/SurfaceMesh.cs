using System.Globalization;

namespace XPlot.Plotly;

/// <summary>A surface as coloured quadrilaterals, the far ones first; large matrices are thinned to what a picture can show.</summary>
internal sealed class SurfaceMesh
{
    private const int MostCells = 30;
    private readonly double[][] _z;
    private readonly double[] _xs, _ys;
    private readonly Axis _x, _y, _height;
    private readonly ColourRange _range;

    public SurfaceMesh(Members members, Axis x, Axis y, Axis height)
    {
        (_x, _y, _height) = (x, y, height);
        _z = Thin([.. Column.Matrix(members.Raw("z")).Select(Thin)]);
        _range = ColourRange.Of(members, _z.SelectMany(row => row), "zmin", "zmax");
        int columns = _z.Length == 0 ? 0 : _z.Min(row => row.Length);
        _xs = Place(x, members.Raw("x"), columns);
        _ys = Place(y, members.Raw("y"), _z.Length);
        height.Include([.. _z.SelectMany(row => row)], roomy: false);
    }

    public static ColourRange RangeOf(Members members) => ColourRange.Of(members, Column.Matrix(members.Raw("z")).SelectMany(row => row), "zmin", "zmax");

    public void Draw(SvgText svg, Camera3d camera)
    {
        var cells = new List<(double Depth, string Path, string Colour)>();
        for (int row = 0; row + 1 < _z.Length; row++)
        {
            for (int column = 0; column + 1 < _xs.Length; column++)
            {
                (double X, double Y, double Z)[] corners = [At(row, column), At(row, column + 1), At(row + 1, column + 1), At(row + 1, column)];
                if (corners.Any(corner => !double.IsFinite(corner.X + corner.Y + corner.Z))) continue;
                double level = (_z[row][column] + _z[row][column + 1] + _z[row + 1][column + 1] + _z[row + 1][column]) / 4;
                cells.Add((corners.Average(corner => camera.Depth(corner.X, corner.Y, corner.Z)), Path(corners, camera), Shade(_range.Colour(level), corners)));
            }
        }
        svg.Open("g", ("fill", "currentColor"), ("stroke", "currentColor"), ("stroke-width", "0.6"), ("stroke-linejoin", "round"));
        foreach ((double _, string path, string colour) in cells.OrderBy(cell => cell.Depth))
            svg.Empty("path", ("color", colour), ("d", path));
        svg.Close("g");
    }

    private (double X, double Y, double Z) At(int row, int column) => (_x.Pixel(_xs[column]), _y.Pixel(_ys[row]), _height.Pixel(_z[row][column]));

    private static string Path((double X, double Y, double Z)[] corners, Camera3d camera) => "M" + string.Join('L', corners.Select(corner =>
    {
        (double x, double y) = camera.Project(corner.X, corner.Y, corner.Z);
        return string.Create(CultureInfo.InvariantCulture, $"{SvgText.Number(x)} {SvgText.Number(y)}");
    })) + "Z";

    // Steep cells are a little darker, so that the form is seen and not only the colour.
    private static string Shade(CssColour colour, (double X, double Y, double Z)[] corners)
    {
        (double X, double Y, double Z) along = (corners[2].X - corners[0].X, corners[2].Y - corners[0].Y, corners[2].Z - corners[0].Z);
        (double X, double Y, double Z) across = (corners[3].X - corners[1].X, corners[3].Y - corners[1].Y, corners[3].Z - corners[1].Z);
        (double x, double y, double z) = Camera3d.Unit(Camera3d.Cross(along, across));
        double light = 0.82 + 0.18 * Math.Abs(0.3 * x + 0.1 * y + 0.95 * z);
        return new CssColour(colour.Red * light, colour.Green * light, colour.Blue * light, 1).Hex;
    }

    private static T[] Thin<T>(T[] items)
    {
        if (items.Length <= MostCells + 1) return items;
        return [.. Enumerable.Range(0, MostCells + 1).Select(index => items[(int)Math.Round(index * (items.Length - 1.0) / MostCells)])];
    }

    private static double[] Place(Axis axis, object? given, int count)
    {
        double[] places = given is null ? [.. Enumerable.Range(0, count).Select(index => (double)index)] : Thin(Column.From(given).Numbers);
        axis.Register(Column.From(places));
        double[] converted = axis.Convert(Column.From(places));
        axis.Include(converted, roomy: false);
        return converted.Length < count ? [.. converted, .. Enumerable.Repeat(double.NaN, count - converted.Length)] : converted[..count];
    }
}
