using System.Globalization;
using System.Text.RegularExpressions;

namespace Ddpg.Charts;

/// <summary>Dates as plotly.js reads and writes them. A time zone behind a date is read over: the axis shows the clock that the text shows.</summary>
internal static partial class DateText
{
    public const double Second = 1000, Minute = 60 * Second, Hour = 60 * Minute, Day = 24 * Hour, AverageYear = 31557600000, AverageMonth = AverageYear / 12;

    /// <summary>Milliseconds since 1970, or null for what is no date. A year alone, year and month, and any shorter time are dates too.</summary>
    public static double? Parse(string text)
    {
        if (Form().Match(text) is not { Success: true } match) return null;
        double Part(int group, double other) => match.Groups[group].Success ? double.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture) : other;
        int year = (int)Part(1, 0), month = (int)Part(2, 1), day = (int)Part(3, 1);
        // Two digits are a year of the hundred that began seventy years ago.
        int first = DateTime.UtcNow.Year - 70;
        if (match.Groups[1].Length == 2) year = (year + 2000 - first) % 100 + first;
        if (year is < 1 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return null;
        return (new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc) - DateTime.UnixEpoch).TotalMilliseconds + Part(4, 0) * Hour + Part(5, 0) * Minute + Part(6, 0) * Second;
    }

    /// <summary>A tick's label: the finer part, and the coarser one, which is written only where it changes.</summary>
    /// <param name="value">Milliseconds since 1970.</param>
    /// <param name="precision">The finest part that is written.</param>
    /// <param name="decimals">Of the seconds, for <see cref="DatePrecision.Fraction"/>.</param>
    public static (string Text, string? Head) Label(double value, DatePrecision precision, int decimals)
    {
        if (!Exists(value)) return ("", null);
        string Format(string form) => At(value).ToString(form, CultureInfo.InvariantCulture);
        return precision switch
        {
            DatePrecision.Year => (Format("yyyy"), null),
            DatePrecision.Month => (Format("MMM yyyy"), null),
            DatePrecision.Day => (Format("MMM d"), Format("yyyy")),
            DatePrecision.Minute => (Format("HH:mm"), Format("MMM d, yyyy")),
            DatePrecision.Second => (Format("HH:mm:ss"), Format("MMM d, yyyy")),
            _ => (Format("HH:mm:") + Seconds(value, decimals), Format("MMM d, yyyy")),
        };
    }

    /// <summary>The date with as much as it needs.</summary>
    public static string Brief(double value) => !Exists(value) ? NumberText.Brief(value) : At(value).ToString(Math.Abs(value % Day) < 1 ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    public static double AddMonths(double value, double months) => Exists(value) && Math.Abs(months) < 1e5 && At(value) is var date && date.Year + months / 12 is > 1 and < 9998
        ? (date.AddMonths((int)months) - DateTime.UnixEpoch).TotalMilliseconds
        : value + months * AverageMonth;

    /// <summary>By the strftime letters of d3 (<c>%Y-%m-%d %H:%M:%S</c>, <c>%b</c>, <c>%j</c>, <c>%p</c>, <c>%f</c> …); others stay as they are.</summary>
    public static string ByFormat(double value, string format) => !Exists(value) ? "" : Letter().Replace(format, match =>
    {
        (bool bare, char letter) = (match.Groups[1].Success, match.Groups[2].Value[0]);
        string? form = letter switch
        {
            'Y' => "yyyy",
            'y' => "yy",
            'm' => bare ? "%M" : "MM",
            'd' => bare ? "%d" : "dd",
            'e' => "%d",
            'H' => bare ? "%H" : "HH",
            'I' => bare ? "%h" : "hh",
            'M' => bare ? "%m" : "mm",
            'S' => bare ? "%s" : "ss",
            'L' => "fff",
            'f' => "ffffff",
            'p' => "tt",
            'b' => "MMM",
            'B' => "MMMM",
            'a' => "ddd",
            'A' => "dddd",
            _ => null,
        };
        return letter == 'j' ? At(value).DayOfYear.ToString(bare ? "0" : "000", CultureInfo.InvariantCulture) : form is null ? match.Value : At(value).ToString(form, CultureInfo.InvariantCulture);
    });

    // The years 1 to 9999.
    private static bool Exists(double value) => value is > -62135596800000 and < 253402300799000;

    // A twentieth of a millisecond: what the arithmetic on the way to a tick may have lost.
    private static DateTime At(double value) => DateTime.UnixEpoch.AddTicks((long)Math.Floor((value + 0.05) * TimeSpan.TicksPerMillisecond));

    private static string Seconds(double value, int decimals)
    {
        double seconds = (value % Minute + Minute) % Minute / Second, largest = 60 - Math.Pow(10, -decimals);
        return Math.Min(seconds, largest).ToString("00." + new string('0', decimals), CultureInfo.InvariantCulture).TrimEnd('0').TrimEnd('.');
    }

    [GeneratedRegex(@"^\s*([0-9]{4}|[0-9]{2})(?:-([0-9]{1,2})(?:-([0-9]{1,2})(?:[ Tt]([01]?[0-9]|2[0-3])(?::([0-5][0-9])(?::([0-5][0-9](?:\.[0-9]+)?))?(?:[Zz]|[+\-][0-9]{2}(?::?[0-9]{2})?)?)?)?)?)?\s*$")]
    private static partial Regex Form();

    [GeneratedRegex("%(-)?([a-zA-Z])")]
    private static partial Regex Letter();
}
