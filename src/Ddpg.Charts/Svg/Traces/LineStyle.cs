namespace Ddpg.Charts;

/// <summary>A line's colour, width and dashes.</summary>
internal sealed record LineStyle(string Colour, double Width, string? Dashes)
{
    public static LineStyle Of(Members line, string colour, double width = 2)
    {
        double thickness = line.Number("width") ?? width;
        return new LineStyle(line.Text("color") ?? colour, thickness, DashArray(line.Text("dash"), thickness));
    }

    public SvgText Open(SvgText svg, string name, string? opacity = null) => svg.Open(name, ("fill", "none"), ("stroke", Colour), ("stroke-width", SvgText.Number(Width)),
        ("stroke-dasharray", Dashes), ("stroke-linejoin", "round"), ("opacity", opacity));

    private static string? DashArray(string? dash, double width)
    {
        double unit = Math.Max(3, width * 1.5);
        double[] lengths = dash switch
        {
            null or "" or "solid" => [],
            "dot" => [unit * 0.6, unit],
            "dash" => [unit * 2.4, unit * 1.6],
            "longdash" => [unit * 4, unit * 2],
            "dashdot" => [unit * 2.4, unit * 1.2, unit * 0.6, unit * 1.2],
            "longdashdot" => [unit * 4, unit * 1.4, unit * 0.6, unit * 1.4],
            _ => Column.From(dash.Split(',').Select(part => part.Replace("px", "", StringComparison.Ordinal).Trim())).Numbers,
        };
        return lengths.Length == 0 ? null : string.Join(' ', lengths.Select(SvgText.Number));
    }
}
