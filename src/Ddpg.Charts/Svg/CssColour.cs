using System.Globalization;

namespace Ddpg.Charts;

/// <summary>Colours that are computed with; all others go into the picture as the user wrote them.</summary>
internal readonly record struct CssColour(double Red, double Green, double Blue, double Alpha)
{
    public static CssColour? TryParse(string text)
    {
        text = text.Trim();
        if (text.StartsWith('#')) return FromHex(text[1..]);
        int open = text.IndexOf('(', StringComparison.Ordinal);
        if (open <= 0 || !text.StartsWith("rgb", StringComparison.OrdinalIgnoreCase) || !text.EndsWith(')')) return Named(text);
        string[] parts = text[(open + 1)..^1].Split(',', StringSplitOptions.TrimEntries);
        double[] numbers = [.. parts.Select(part => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : double.NaN)];
        return numbers.Length is 3 or 4 && numbers.All(double.IsFinite) ? new CssColour(numbers[0], numbers[1], numbers[2], numbers.Length == 4 ? numbers[3] : 1) : null;
    }

    public static CssColour Mix(CssColour from, CssColour to, double part) => new(
        from.Red + (to.Red - from.Red) * part, from.Green + (to.Green - from.Green) * part,
        from.Blue + (to.Blue - from.Blue) * part, from.Alpha + (to.Alpha - from.Alpha) * part);

    /// <summary>The colour without its opacity, as <c>#rrggbb</c>.</summary>
    public string Hex => string.Create(CultureInfo.InvariantCulture, $"#{Level(Red):x2}{Level(Green):x2}{Level(Blue):x2}");

    public static byte Level(double value) => (byte)Math.Clamp(Math.Round(value), 0, 255);

    private static CssColour? FromHex(string digits)
    {
        if (digits.Length is 3 or 4) digits = string.Concat(digits.Select(digit => new string(digit, 2)));
        if (digits.Length == 6) digits += "ff";
        return digits.Length == 8 && uint.TryParse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out uint value)
            ? new CssColour(value >> 24, value >> 16 & 255, value >> 8 & 255, (value & 255) / 255.0)
            : null;
    }

    private static CssColour? Named(string name) => name.ToLowerInvariant() switch
    {
        "black" => FromHex("000000"),
        "white" => FromHex("ffffff"),
        "red" => FromHex("ff0000"),
        "green" => FromHex("008000"),
        "blue" => FromHex("0000ff"),
        "orange" => FromHex("ffa500"),
        "yellow" => FromHex("ffff00"),
        "purple" => FromHex("800080"),
        "gray" or "grey" => FromHex("808080"),
        "lightgray" or "lightgrey" => FromHex("d3d3d3"),
        "darkgray" or "darkgrey" => FromHex("a9a9a9"),
        "steelblue" => FromHex("4682b4"),
        "crimson" => FromHex("dc143c"),
        _ => null,
    };
}
