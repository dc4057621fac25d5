using System.Globalization;

namespace Ddpg.Charts;

/// <summary>How the numbers of one axis are written: with the decimals of their step and the unit of their range, as plotly.js chooses them.</summary>
/// <param name="Decimals">Places behind the point; negative ones are zeros before it.</param>
/// <param name="Exponent">The power of ten that is written as a unit; 0 for none.</param>
/// <param name="Style">Plotly's <c>exponentformat</c>.</param>
/// <param name="Grouped">Whether 1,200 is written for 1200.</param>
internal readonly record struct TickNumber(int Decimals, int Exponent, string Style, bool Grouped)
{
    private const string Units = "fpnμm kMGT";

    /// <summary>For ticks at a distance of <paramref name="step"/> on a range whose ends are at most <paramref name="largest"/> from zero.</summary>
    public static TickNumber For(Members options, double step, double largest)
    {
        string style = options.Text("exponentformat") ?? "SI";
        int exponent = Magnitude(largest);
        if (Math.Abs(exponent) <= (options.Number("minexponent") ?? 5)) exponent = 0;
        else if (style is "SI" or "B" && !IsBeyondUnits(exponent)) exponent = 3 * (int)Math.Floor((exponent - 1) / 3.0 + 0.5);
        return new TickNumber(2 - Magnitude(step), exponent, style, options.Flag("separatethousands") ?? true);
    }

    /// <summary>For a number that is written by itself, with more decimals.</summary>
    public static TickNumber Alone(Members options, double value)
    {
        double size = value == 0 ? 1 : Math.Abs(value);
        TickNumber number = For(options, size, size);
        return number with { Decimals = number.Decimals + 4 };
    }

    /// <summary>No unit stands for a power of ten beyond these; it is written out.</summary>
    public static bool IsBeyondUnits(int exponent) => exponent is > 14 or < -15;

    public string Write(double value, bool hideUnit = false)
    {
        if (!(Math.Abs(value) >= Math.Pow(10, -Decimals) / 2)) return Exponent != 0 && !hideUnit ? "0" + Unit() : "0";
        (string minus, value) = (value < 0 ? "−" : "", Math.Abs(value));
        (double scaled, int decimals, int exponent) = Style == "none" || Exponent == 0 ? (value, Decimals, 0) : (value * Math.Pow(10, -Exponent), Decimals + Exponent, Exponent);
        string digits = decimals > 0
            ? scaled.ToString("F" + Math.Min(20, decimals).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture).TrimEnd('0').TrimEnd('.')
            : Cell.Text(Math.Floor(scaled / Math.Pow(10, -decimals) + 0.5) * Math.Pow(10, -decimals));
        return minus + Separate(digits) + (exponent == 0 || hideUnit ? "" : Unit());
    }

    // The logarithms as JavaScript computes them, where 3 may be 2.999…: the hundredth is plotly.js's own.
    private static int Magnitude(double value) => value > 0 ? (int)Math.Floor(Math.Log(value) / Math.Log(10) + 0.01) : 0;

    private string Separate(string digits)
    {
        int point = digits.IndexOf('.', StringComparison.Ordinal), whole = point < 0 ? digits.Length : point;
        if (digits.Contains('e', StringComparison.Ordinal) || !(Grouped || point >= 0 || whole > 4)) return digits;
        for (int at = whole - 3; at > 0; at -= 3)
            digits = digits.Insert(at, ",");
        return digits;
    }

    private string Unit()
    {
        if (Style is "e" or "E") return Style + (Exponent < 0 ? "−" : "+") + Math.Abs(Exponent).ToString(CultureInfo.InvariantCulture);
        if (Style == "B" && Exponent == 9) return "B";
        if (Style is "SI" or "B" && !IsBeyondUnits(Exponent)) return Units[Exponent / 3 + 5] is not ' ' and var unit ? unit.ToString() : "";
        return $"×10<sup>{(Exponent < 0 ? "−" : "")}{Math.Abs(Exponent).ToString(CultureInfo.InvariantCulture)}</sup>";
    }
}
