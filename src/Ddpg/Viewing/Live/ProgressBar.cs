using System.Globalization;
using System.Net;

namespace Ddpg.Viewing;

/// <summary>A progress bar as HTML that reads well in light and dark pages and to a screen reader.</summary>
internal static class ProgressBar
{
    public static string Html(string label, double fraction, string text)
    {
        fraction = Math.Clamp(fraction, 0, 1);
        string percent = (100 * fraction).ToString("0", CultureInfo.InvariantCulture);
        return "<div style=\"max-width:640px;font:13px/1.5 'Segoe UI','Helvetica Neue',Arial,sans-serif\">" +
            $"<div role=\"progressbar\" aria-label=\"{WebUtility.HtmlEncode(label)}\" aria-valuemin=\"0\" aria-valuemax=\"100\" aria-valuenow=\"{percent}\" aria-valuetext=\"{WebUtility.HtmlEncode(text)}\" " +
            "style=\"height:8px;border-radius:4px;background:rgba(125,127,134,0.3);overflow:hidden\">" +
            $"<div style=\"width:{percent}%;height:100%;background:{ChartPalette.Blue}\"></div></div><div>{WebUtility.HtmlEncode(text)}</div></div>";
    }

    /// <summary>About how long, in words: precise enough to decide whether to fetch a coffee.</summary>
    public static string TimeLeft(TimeSpan remaining) => remaining.TotalSeconds switch
    {
        < 1.5 => "about a second left",
        < 90 => string.Create(CultureInfo.InvariantCulture, $"about {remaining.TotalSeconds:0} seconds left"),
        < 5400 => string.Create(CultureInfo.InvariantCulture, $"about {remaining.TotalMinutes:0} minutes left"),
        _ => string.Create(CultureInfo.InvariantCulture, $"about {remaining.TotalHours:0.#} hours left"),
    };
}
