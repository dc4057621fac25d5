using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Ddpg.Charts;

/// <summary>What plotly.js takes a single value of a figure for: a number, a date, or a word.</summary>
internal static partial class Cell
{
    /// <summary>The value as JavaScript writes it; the name of its category.</summary>
    public static string Text(object? cell) => cell switch
    {
        string text => text,
        bool flag => flag ? "true" : "false",
        double number => AsJavaScript(number),
        _ => "",
    };

    /// <summary>Whether the value is a number, or the text of one and nothing else.</summary>
    public static bool IsNumeric(object? cell) => cell switch
    {
        double number => double.IsFinite(number),
        string text => Parse(text) is not null,
        _ => false,
    };

    /// <summary>The value on an axis of numbers: signs around a number ("$1,200", "12 %") are dropped. NaN for anything else.</summary>
    public static double Number(object? cell) => cell switch
    {
        double number => double.IsFinite(number) ? number : double.NaN,
        string text => Parse(Junk().Replace(text, "")) ?? double.NaN,
        _ => double.NaN,
    };

    /// <summary>The value on a date axis, in milliseconds since 1970: a date, or a number of milliseconds. NaN for anything else.</summary>
    public static double Date(object? cell)
    {
        if (DateText.Parse(Text(cell)) is { } date && cell is string or double) return date;
        return IsNumeric(cell) ? Number(cell) : double.NaN;
    }

    public static bool IsDate(object? cell) => cell is string or double && DateText.Parse(Text(cell)) is not null;

    // .NET writes an exponent from 1e15 on and below 1e-4, JavaScript from 1e21 on and below 1e-6, and with no more digits than it needs.
    private static string AsJavaScript(double number)
    {
        if (double.IsInteger(number) && Math.Abs(number) < 1e21) return new BigInteger(number).ToString(CultureInfo.InvariantCulture);
        string text = number.ToString("R", CultureInfo.InvariantCulture);
        int mark = text.IndexOf('E', StringComparison.Ordinal);
        if (mark < 0) return text;
        int exponent = int.Parse(text.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        string digits = text[..mark];
        if (exponent is < 0 and >= -6) return $"{(number < 0 ? "-" : "")}0.{new string('0', -exponent - 1)}{digits.TrimStart('-').Replace(".", "", StringComparison.Ordinal)}";
        return string.Create(CultureInfo.InvariantCulture, $"{digits}e{(exponent < 0 ? "" : "+")}{exponent}");
    }

    private static double? Parse(string text) =>
        double.TryParse(text, NumberStyles.Float & ~NumberStyles.AllowTrailingSign, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : null;

    [GeneratedRegex("""^['"%,$#\s']+|[, ]|['"%,$#\s']+$""")]
    private static partial Regex Junk();
}
