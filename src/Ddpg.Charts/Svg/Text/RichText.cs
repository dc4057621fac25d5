using System.Globalization;

namespace Ddpg.Charts;

/// <summary>The small HTML subset of Plotly's labels: <c>b</c>, <c>i</c>, <c>sub</c>, <c>sup</c>, <c>br</c>; other tags are dropped, entities decoded.</summary>
internal sealed class RichText
{
    private readonly record struct Run(string Text, bool Bold, bool Italic, int Shift);

    private readonly List<List<Run>> _lines = [[]];

    public RichText(string markup)
    {
        bool bold = false, italic = false;
        int shift = 0, from = 0;
        while (from < markup.Length)
        {
            int tag = NextTag(markup, from, out int end);
            if (tag > from)
                _lines[^1].Add(new Run(System.Net.WebUtility.HtmlDecode(markup[from..tag]), bold, italic, shift));
            if (tag == markup.Length) break;
            switch (markup[(tag + 1)..end].Trim().TrimEnd('/').Trim().ToLowerInvariant())
            {
                case "b" or "strong": bold = true; break;
                case "/b" or "/strong": bold = false; break;
                case "i" or "em": italic = true; break;
                case "/i" or "/em": italic = false; break;
                case "sub": shift = -1; break;
                case "sup": shift = 1; break;
                case "/sub" or "/sup": shift = 0; break;
                case "br": _lines.Add([]); break;
            }
            from = end + 1;
        }
    }

    public int LineCount => _lines.Count;

    /// <summary>The text without its markup.</summary>
    public string Plain => string.Join(' ', _lines.Select(line => string.Concat(line.Select(run => run.Text))));

    public double Width(double fontSize) => _lines.Max(line => line.Sum(run => TextMetrics.Width(run.Text, fontSize) * (run.Shift != 0 ? 0.7 : run.Bold ? 1.08 : 1)));

    public double Height(double fontSize) => LineCount * fontSize * TextMetrics.LineHeight;

    /// <summary>Writes a text element whose first baseline is at (<paramref name="x"/>, <paramref name="y"/>).</summary>
    public void Draw(SvgText svg, double x, double y, TextStyle style)
    {
        string at = SvgText.Number(x);
        svg.Open("text", ("x", at), ("y", SvgText.Number(y)), ("class", style.Colour is null ? style.Class : null),
            ("fill", style.Colour ?? (style.Class == "mu" ? Theme.Muted : Theme.Text)), ("font-size", Size(style.Size)), ("text-anchor", style.Anchor == "start" ? null : style.Anchor),
            ("font-weight", style.Bold ? "600" : null), ("font-family", style.Family),
            ("transform", style.Rotation == 0 ? null : $"rotate({SvgText.Number(style.Rotation)} {at} {SvgText.Number(y)})"),
            ("paint-order", style.Halo ? "stroke" : null), ("stroke", style.Halo ? Theme.Background : null), ("stroke-width", style.Halo ? "3" : null));
        for (int index = 0; index < _lines.Count; index++)
        {
            if (index > 0) svg.Open("tspan", ("x", at), ("dy", SvgText.Number(style.Size * TextMetrics.LineHeight)));
            WriteRuns(svg, _lines[index], style.Size);
            if (index > 0) svg.Close("tspan");
        }
        svg.Close("text");
    }

    private static void WriteRuns(SvgText svg, List<Run> runs, double size)
    {
        double raised = 0;
        foreach (Run run in runs)
        {
            double target = run.Shift switch { > 0 => -0.38 * size, < 0 => 0.22 * size, _ => 0 };
            if (!run.Bold && !run.Italic && run.Shift == 0 && raised == 0)
            {
                svg.Raw(SvgText.Escape(run.Text));
                continue;
            }
            svg.Open("tspan", ("font-weight", run.Bold ? "bold" : null), ("font-style", run.Italic ? "italic" : null),
                ("font-size", run.Shift != 0 ? Size(0.72 * size) : null), ("dy", target != raised ? SvgText.Number(target - raised) : null));
            svg.Raw(SvgText.Escape(run.Text)).Close("tspan");
            raised = target;
        }
    }

    private static string Size(double size) => size.ToString("0.##", CultureInfo.InvariantCulture);

    // A lone "<" is text, as in "Q < 0".
    private static int NextTag(string markup, int from, out int end)
    {
        end = -1;
        for (int start = markup.IndexOf('<', from); start >= 0; start = markup.IndexOf('<', start + 1))
        {
            if (start + 1 < markup.Length && (char.IsAsciiLetter(markup[start + 1]) || markup[start + 1] == '/') && (end = markup.IndexOf('>', start)) > 0)
                return start;
        }
        return markup.Length;
    }
}
