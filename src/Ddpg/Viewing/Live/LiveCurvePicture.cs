using System.Globalization;
using System.Net;
using System.Text;

namespace Ddpg.Viewing;

/// <summary>A small learning curve as inline SVG, quick to draw again and again. Text and grid take the page's own colour.</summary>
internal static class LiveCurvePicture
{
    private const double Width = 640, Height = 230, Left = 76, Right = 12, Top = 10, Bottom = 38;

    public static string Svg(string title, long totalSteps, IReadOnlyList<(long Step, double Return)> episodes, IReadOnlyList<(long Step, double Mean)> evaluations, IReadOnlyList<ReferenceLine> references)
    {
        double[] values = [.. episodes.Select(episode => episode.Return), .. evaluations.Select(point => point.Mean), .. references.Select(reference => reference.Value)];
        (double low, double high, double step) = Range(values.Length > 0 ? values.Min() : -1, values.Length > 0 ? values.Max() : 0);
        double X(long at) => Left + (Width - Left - Right) * at / Math.Max(1, totalSteps);
        double Y(double value) => Height - Bottom - (Height - Top - Bottom) * (value - low) / (high - low);

        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg width=\"{Width}\" height=\"{Height}\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{WebUtility.HtmlEncode(Words(title, episodes, evaluations))}\" ");
        svg.Append("style=\"max-width:100%;height:auto\" font-family=\"'Segoe UI','Helvetica Neue',Arial,sans-serif\" font-size=\"11\" fill=\"currentColor\">");
        for (double level = low; level <= high + step / 2; level += step)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M{N(Left)} {N(Y(level))}H{N(Width - Right)}\" stroke=\"currentColor\" stroke-opacity=\"0.14\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{N(Left - 6)}\" y=\"{N(Y(level) + 4)}\" text-anchor=\"end\">{Label(level)}</text>");
        }
        for (int part = 0; part <= 4; part++)
        {
            long at = totalSteps * part / 4;
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{N(X(at))}\" y=\"{N(Height - Bottom + 15)}\" text-anchor=\"{(part == 4 ? "end" : "middle")}\">{Label(at)}</text>");
        }
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{N((Left + Width - Right) / 2)}\" y=\"{N(Height - 6)}\" text-anchor=\"middle\">environment steps</text>");
        svg.Append(CultureInfo.InvariantCulture, $"<text transform=\"rotate(-90 11 {N((Height - Bottom) / 2)})\" x=\"11\" y=\"{N((Height - Bottom) / 2)}\" text-anchor=\"middle\">episode return</text>");
        foreach (ReferenceLine reference in references)
            svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M{N(Left)} {N(Y(reference.Value))}H{N(Width - Right)}\" stroke=\"{ChartPalette.Green}\" stroke-dasharray=\"6 4\"><title>{WebUtility.HtmlEncode(reference.Name)}</title></path>");
        if (episodes.Count > 0)
            svg.Append(CultureInfo.InvariantCulture, $"<path d=\"{string.Concat(episodes.Select(episode => $"M{N(X(episode.Step))} {N(Y(episode.Return))}h0"))}\" stroke=\"{ChartPalette.Grey}\" stroke-width=\"4\" stroke-linecap=\"round\" fill=\"none\"/>");
        if (evaluations.Count > 0)
        {
            string line = "M" + string.Join('L', evaluations.Select(point => $"{N(X(point.Step))} {N(Y(point.Mean))}"));
            svg.Append(CultureInfo.InvariantCulture, $"<path d=\"{line}{(evaluations.Count == 1 ? "h0" : "")}\" stroke=\"{ChartPalette.Blue}\" stroke-width=\"2.5\" stroke-linejoin=\"round\" stroke-linecap=\"round\" fill=\"none\"/>");
        }
        return svg.Append("</svg>").ToString();
    }

    private static string Words(string title, IReadOnlyList<(long Step, double Return)> episodes, IReadOnlyList<(long Step, double Mean)> evaluations) =>
        string.Create(CultureInfo.InvariantCulture, $"{title}: {episodes.Count} training episodes{(evaluations.Count > 0 ? $", last evaluation {evaluations[^1].Mean:0.#}" : "")}.");

    /// <summary>Round ends and a round step, about four of them.</summary>
    private static (double Low, double High, double Step) Range(double low, double high)
    {
        if (!(high > low)) (low, high) = (low - 1, low + 1);
        double rough = (high - low) / 4, power = 1;
        while (power > rough) power /= 10;
        while (power * 10 <= rough) power *= 10;
        double step = rough <= 2 * power ? 2 * power : rough <= 5 * power ? 5 * power : 10 * power;
        return (Math.Floor(low / step) * step, Math.Ceiling(high / step) * step, step);
    }

    private static string N(double value) => Math.Round(value, 1).ToString("0.#", CultureInfo.InvariantCulture);

    private static string Label(double value)
    {
        string text = value.ToString("#,0.##", CultureInfo.InvariantCulture);
        return text.StartsWith('-') ? "−" + text[1..] : text;
    }
}
