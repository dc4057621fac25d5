namespace Ddpg.Charts;

/// <summary>The outlines of marker symbols.</summary>
internal static class MarkerShape
{
    public static bool IsStroked(string symbol) => symbol is "cross-thin" or "x-thin" or "line-ew" or "line-ns";

    /// <param name="symbol">Plotly's name; an unknown one is drawn as a circle.</param>
    /// <param name="x">Centre.</param>
    /// <param name="y">Centre.</param>
    /// <param name="r">Half of the marker's size.</param>
    public static string Path(string symbol, double x, double y, double r) => symbol switch
    {
        "square" => Polygon(x, y, r, 0.89, [-1, -1, 1, -1, 1, 1, -1, 1]),
        "diamond" => Polygon(x, y, r, 1.3, [0, -1, 1, 0, 0, 1, -1, 0]),
        "triangle-up" => Polygon(x, y, r, 1.15, [0, -1, 1, 0.75, -1, 0.75]),
        "triangle-down" => Polygon(x, y, r, 1.15, [0, 1, 1, -0.75, -1, -0.75]),
        "triangle-left" => Polygon(x, y, r, 1.15, [-1, 0, 0.75, -1, 0.75, 1]),
        "triangle-right" => Polygon(x, y, r, 1.15, [1, 0, -0.75, -1, -0.75, 1]),
        "cross" => Polygon(x, y, r, 1.1, [-0.35, -1, 0.35, -1, 0.35, -0.35, 1, -0.35, 1, 0.35, 0.35, 0.35, 0.35, 1, -0.35, 1, -0.35, 0.35, -1, 0.35, -1, -0.35, -0.35, -0.35]),
        "x" => Polygon(x, y, r, 1, [-1, -0.6, -0.6, -1, 0, -0.4, 0.6, -1, 1, -0.6, 0.4, 0, 1, 0.6, 0.6, 1, 0, 0.4, -0.6, 1, -1, 0.6, -0.4, 0]),
        "star" => Polygon(x, y, r, 1.3, [0, -1, 0.22, -0.31, 0.95, -0.31, 0.36, 0.12, 0.59, 0.81, 0, 0.38, -0.59, 0.81, -0.36, 0.12, -0.95, -0.31, -0.22, -0.31]),
        "cross-thin" => Lines(x, y, r, [-1, 0, 1, 0, 0, -1, 0, 1]),
        "x-thin" => Lines(x, y, r * 0.7, [-1, -1, 1, 1, -1, 1, 1, -1]),
        "line-ew" => Lines(x, y, r, [-1, 0, 1, 0]),
        "line-ns" => Lines(x, y, r, [0, -1, 0, 1]),
        _ => $"M{SvgText.Number(x - r)} {SvgText.Number(y)}a{SvgText.Number(r)} {SvgText.Number(r)} 0 1 0 {SvgText.Number(2 * r)} 0a{SvgText.Number(r)} {SvgText.Number(r)} 0 1 0 {SvgText.Number(-2 * r)} 0Z",
    };

    private static string Polygon(double x, double y, double r, double scale, double[] corners) =>
        "M" + string.Join('L', corners.Chunk(2).Select(corner => Point(x, y, r * scale, corner))) + "Z";

    private static string Lines(double x, double y, double r, double[] ends) =>
        string.Concat(ends.Chunk(4).Select(line => $"M{Point(x, y, r, line[..2])}L{Point(x, y, r, line[2..])}"));

    private static string Point(double x, double y, double r, double[] corner) => $"{SvgText.Number(x + corner[0] * r)} {SvgText.Number(y + corner[1] * r)}";
}
