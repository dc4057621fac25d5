using System.Globalization;
using System.Text;
using Ddpg.Charts;

namespace Ddpg.Viewing.Film;

/// <summary>Draws a film: the stage, whose pictures a script changes, and the still picture of four moments.</summary>
internal sealed class FilmPictures
{
    private const string Muted = $"class=\"mu\" fill=\"{Theme.Muted}\"", Strong = $"class=\"fg\" fill=\"{Theme.Text}\"";
    private const double PageWidth = 880;
    private static readonly ColourRange TorqueRange = new(Scale("RdBu"), -2, 2);
    private readonly string _title;
    private readonly IReadOnlyList<FilmMoment> _moments;
    private readonly ColourRange _range;

    public FilmPictures(string title, IReadOnlyList<FilmMoment> moments)
    {
        (_title, _moments) = (title, moments);
        double[] values = [.. moments.SelectMany(moment => moment.Values.Cast<double>()).Where(double.IsFinite).DefaultIfEmpty(0)];
        (double low, double high) = (Math.Floor(values.Min()), Math.Ceiling(values.Max()));
        _range = new ColourRange(Scale("Viridis"), low, high > low ? high : low + 1);
    }

    public static string Script
    {
        get
        {
            using Stream stream = typeof(FilmPictures).Assembly.GetManifestResourceStream("LandscapeFilm.js")!;
            using var reader = new StreamReader(stream);
            string[] lines = reader.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            return string.Join('\n', lines.Where(line => !line.StartsWith("//", StringComparison.Ordinal)));
        }
    }

    private string Description => string.Create(CultureInfo.InvariantCulture,
        $"Two maps over the pendulum's angle and angular velocity, after {_moments[0].Step:N0} to {_moments[^1].Step:N0} environment steps: the Q-network's value of acting by the policy, from {_range.Low:0} to {_range.High:0}, and the policy's torque, from −2 to 2 N·m, with the line where it changes its direction.");

    /// <summary>What the script needs.</summary>
    public Dictionary<string, object> ForScript() => new()
    {
        ["columns"] = Values(_moments[0]).Columns,
        ["rows"] = Values(_moments[0]).Rows,
        ["colours"] = new[] { FilmMap.Palette(_range), FilmMap.Palette(TorqueRange) },
        ["captions"] = _moments.Select(Caption).ToArray(),
        ["maps"] = _moments.Select(moment => new[] { Values(moment).ToLetters(), Torque(moment).ToLetters() }).ToArray(),
        ["lines"] = _moments.Select(moment => Torque(moment).ZeroLine()).ToArray(),
    };

    /// <summary>The player without its pictures: two empty maps with their axes, and the controls.</summary>
    public string Stage()
    {
        var svg = new StringBuilder();
        Write(svg, 14, 26, _title, 16, $"font-weight=\"600\" {Strong}");
        (double Left, string Name)[] panels = [(64, "What the critic says: Q(s, μ(s))"), (508, "What the policy does: torque μ(s) (N·m)")];
        foreach ((double left, string name) in panels)
        {
            Write(svg, left, 56, name, 14, Strong);
            svg.Append(CultureInfo.InvariantCulture, $"<image x=\"{left}\" y=\"66\" width=\"310\" height=\"225\" preserveAspectRatio=\"none\"/>");
            svg.Append(ZeroLine("", left, 66, 310, 225));
            Axes(svg, left, 66, 310, 225, angles: true, velocities: true);
            Write(svg, left + 155, 324, "angle θ (rad), 0 is upright", 13, $"text-anchor=\"middle\" {Muted}");
            Turned(svg, left - 42, 178, "angular velocity (rad/s)", 13);
        }
        Bar(svg, 382, 66, 225, _range);
        Bar(svg, 826, 66, 225, TorqueRange);
        string controls = "<div style=\"display:flex;gap:8px;align-items:center;max-width:880px;font:13px/1.4 'Segoe UI','Helvetica Neue',Arial,sans-serif;margin-top:5px\">" +
            "<button type=\"button\" style=\"font:inherit;min-width:2.6em;padding:2px 7px;cursor:pointer\"></button>" +
            $"<input type=\"range\" min=\"0\" max=\"{_moments.Count - 1}\" value=\"0\" aria-label=\"moment of the training\" style=\"flex:1;min-width:60px\">" +
            "<span style=\"min-width:15em;font-variant-numeric:tabular-nums\"></span></div>";
        return FilmFrame.Around(_title, Description, svg.ToString(), PageWidth, 336) + controls;
    }

    /// <summary>Four moments side by side: the values above, the torque below.</summary>
    public string Still()
    {
        var svg = new StringBuilder();
        Write(svg, 14, 26, _title, 16, $"font-weight=\"600\" {Strong}");
        const double Left = 64, Width = 178, Height = 120, Gap = 10, Top = 62, Below = Top + Height + 14;
        // More of the beginning, where most of it happens.
        FilmMoment[] chosen = [.. new[] { 0, 1 / 6.0, 1 / 3.0, 1 }.Select(part => _moments[(int)Math.Round(part * (_moments.Count - 1))]).Distinct()];
        for (int index = 0; index < chosen.Length; index++)
        {
            FilmMoment moment = chosen[index];
            double left = Left + index * (Width + Gap);
            Write(svg, left + Width / 2, 52, Caption(moment), 13, $"text-anchor=\"middle\" {Strong}");
            Map(svg, Values(moment), left, Top, Width, Height);
            Map(svg, Torque(moment), left, Below, Width, Height);
            foreach (double top in new[] { Top, Below })
            {
                svg.Append(ZeroLine(Torque(moment).ZeroLine(), left, top, Width, Height));
                Axes(svg, left, top, Width, Height, angles: top == Below, velocities: index == 0);
            }
        }
        double right = Left + chosen.Length * (Width + Gap) - Gap + 6;
        Bar(svg, right, Top, Height, _range);
        Bar(svg, right, Below, Height, TorqueRange);
        Turned(svg, 22, Top + Height / 2, "Q(s, μ(s))", 13);
        Turned(svg, 22, Below + Height / 2, "torque (N·m)", 13);
        Write(svg, Left, Below + Height + 36, "across: angle θ (rad), 0 is upright; up: angular velocity (rad/s); the line: where the torque changes its direction", 13, Muted);
        return FilmFrame.Around(_title, Description, svg.ToString(), PageWidth, Below + Height + 48);
    }

    private FilmMap Values(FilmMoment moment) => new(moment.Values, _range);

    private static FilmMap Torque(FilmMoment moment) => new(moment.Torque, TorqueRange);

    private static ColourScale Scale(string name)
    {
        var members = new Members();
        members.Set("colorscale", name);
        return ColourScale.Of(members);
    }

    private static string Caption(FilmMoment moment) => string.Create(CultureInfo.InvariantCulture, $"after {moment.Step:N0} steps");

    private static void Map(StringBuilder svg, FilmMap map, double x, double y, double width, double height) => svg.Append(CultureInfo.InvariantCulture,
        $"<image x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" preserveAspectRatio=\"none\" href=\"data:image/png;base64,{map.ToPng()}\"/>");

    /// <summary>White with a dark edge, so that it is seen on every colour.</summary>
    private string ZeroLine(string path, double x, double y, double width, double height)
    {
        FilmMap map = Values(_moments[0]);
        string line = $"fill=\"none\" vector-effect=\"non-scaling-stroke\" stroke-linecap=\"round\" d=\"{path}\"";
        return string.Create(CultureInfo.InvariantCulture,
            $"<svg x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {10 * map.Columns} {10 * map.Rows}\" preserveAspectRatio=\"none\"><path stroke=\"#222222\" stroke-width=\"4\" {line}/><path stroke=\"#ffffff\" stroke-width=\"2\" {line}/></svg>");
    }

    private void Axes(StringBuilder svg, double x, double y, double width, double height, bool angles, bool velocities)
    {
        // The first and the last cell have their middles at the ends of the axis.
        FilmMap map = Values(_moments[0]);
        double Along(double part, double length, int cells) => length * (part * (cells - 1) + 0.5) / cells;
        foreach ((double part, string text) in angles ? new[] { (0.0, "−π"), (0.25, "−π/2"), (0.5, "0"), (0.75, "π/2"), (1.0, "π") } : [])
            Write(svg, x + Along(part, width, map.Columns), y + height + 16, text, 12, $"text-anchor=\"middle\" {Muted}");
        foreach ((double part, string text) in velocities ? new[] { (0.0, "8"), (0.5, "0"), (1.0, "−8") } : [])
            Write(svg, x - 6, y + Along(part, height, map.Rows) + 4, text, 12, $"text-anchor=\"end\" {Muted}");
    }

    private static void Bar(StringBuilder svg, double x, double y, double height, ColourRange range)
    {
        for (int index = 0; index < 16; index++)
            svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{x}\" y=\"{y + height * (15 - index) / 16:0.#}\" width=\"12\" height=\"{height / 16 + 0.5:0.#}\" fill=\"{range.Scale.At((index + 0.5) / 16).Hex}\"/>");
        foreach ((double part, double value) in new[] { (0.0, range.High), (0.5, (range.Low + range.High) / 2), (1.0, range.Low) })
            Write(svg, x + 17, y + 9 + part * (height - 9), value.ToString("0", CultureInfo.InvariantCulture).Replace('-', '−'), 12, Muted);
    }

    private static void Write(StringBuilder svg, double x, double y, string text, int size, string more) =>
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x:0.#}\" y=\"{y:0.#}\" font-size=\"{size}\" {more}>{SvgText.Escape(text)}</text>");

    private static void Turned(StringBuilder svg, double x, double y, string text, int size) =>
        Write(svg, x, y, text, size, string.Create(CultureInfo.InvariantCulture, $"text-anchor=\"middle\" transform=\"rotate(-90 {x:0.#} {y:0.#})\" {Muted}"));
}
