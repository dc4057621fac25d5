using System.Globalization;

namespace Ddpg.Charts;

/// <summary>Single numbers as a reader wants them: 12,000 and −0.5, 2×10⁻⁷; or by the part of d3-format that charts use.</summary>
internal static class NumberText
{
    /// <summary>A single number with up to four significant digits.</summary>
    public static string Brief(double value)
    {
        if (value == 0 || !double.IsFinite(value)) return double.IsNaN(value) ? "NaN" : Minus(value.ToString(CultureInfo.InvariantCulture));
        int exponent = (int)Math.Floor(Math.Log10(Math.Abs(value)));
        return exponent is < -4 or > 14 ? Power(value, Math.Pow(10, exponent - 2)) : Trim(Fixed(value, Math.Clamp(3 - exponent, 0, 10), grouped: true));
    }

    /// <summary>Formats by a d3 specifier: <c>,</c> <c>+</c> <c>.2f</c> <c>~f</c> <c>%</c> <c>e</c> <c>s</c> <c>d</c> <c>g</c>; null for another one.</summary>
    public static string? ByFormat(double value, string format)
    {
        string rest = format;
        bool Take(char c)
        {
            if (!rest.StartsWith(c)) return false;
            rest = rest[1..];
            return true;
        }
        bool plus = Take('+');
        bool grouped = Take(',');
        int? precision = null;
        if (Take('.'))
        {
            int digits = rest.TakeWhile(char.IsAsciiDigit).Count();
            if (digits is 0 or > 2) return null;
            precision = Math.Min(15, int.Parse(rest[..digits], CultureInfo.InvariantCulture));
            rest = rest[digits..];
        }
        bool trimmed = Take('~');
        string? text = rest switch
        {
            "" => precision is null && grouped ? Trim(Fixed(value, 12, true)) : null,
            "d" => Fixed(value, 0, grouped),
            "f" => Fixed(value, precision ?? 6, grouped),
            "%" => Fixed(value * 100, precision ?? 6, grouped) + "%",
            "e" => Minus(value.ToString("0." + new string('0', precision ?? 6) + "e+0", CultureInfo.InvariantCulture)),
            "g" => Minus(value.ToString($"G{precision ?? 6}", CultureInfo.InvariantCulture)),
            "s" => Si(value, value == 0 ? 1 : Math.Pow(10, Math.Floor(Math.Log10(Math.Abs(value))) - (precision ?? 6) + 1)),
            _ => null,
        };
        if (text is not null && trimmed) text = Trim(text);
        return text is not null && plus && value >= 0 ? "+" + text : text;
    }

    private static int Decimals(double step) => step >= 1 && step == Math.Floor(step) ? 0 : Math.Clamp((int)Math.Ceiling(-Math.Log10(step) - 1e-9) + (IsHalfStep(step) ? 1 : 0), 0, 12);

    // 2.5 and 0.25 need one decimal more than 2 and 0.2.
    private static bool IsHalfStep(double step)
    {
        double mantissa = step / Math.Pow(10, Math.Floor(Math.Log10(step) + 1e-9));
        return Math.Abs(mantissa - Math.Round(mantissa)) > 1e-6;
    }

    private static string Fixed(double value, int decimals, bool grouped) => Minus(value.ToString((grouped ? "N" : "F") + decimals, CultureInfo.InvariantCulture));

    private static string Trim(string text)
    {
        int end = text.Length;
        while (end > 0 && !char.IsAsciiDigit(text[end - 1])) end--;
        string digits = text[..end];
        if (digits.Contains('.', StringComparison.Ordinal)) digits = digits.TrimEnd('0').TrimEnd('.');
        return digits + text[end..];
    }

    private static string Si(double value, double step)
    {
        double magnitude = Math.Abs(value);
        (double scale, string unit) = magnitude switch
        {
            >= 1e9 => (1e9, "G"),
            >= 1e6 => (1e6, "M"),
            >= 1e3 => (1e3, "k"),
            >= 1 or 0 => (1, ""),
            >= 1e-3 => (1e-3, "m"),
            _ => (1e-6, "µ"),
        };
        return Trim(Fixed(value / scale, Decimals(step / scale), grouped: false)) + unit;
    }

    private static string Power(double value, double step)
    {
        int exponent = (int)Math.Floor(Math.Log10(Math.Abs(value)) + 1e-9);
        string mantissa = Trim(Fixed(value / Math.Pow(10, exponent), Decimals(Math.Min(1, step / Math.Pow(10, exponent))), grouped: false));
        string raised = string.Concat(exponent.ToString(CultureInfo.InvariantCulture).Select(digit => digit == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit - '0']));
        return mantissa == "1" ? $"10{raised}" : $"{mantissa}×10{raised}";
    }

    private static string Minus(string text) => text.StartsWith('-')
        ? text.AsSpan(1).IndexOfAnyInRange('1', '9') < 0 ? text[1..] : "−" + text[1..]
        : text;
}
