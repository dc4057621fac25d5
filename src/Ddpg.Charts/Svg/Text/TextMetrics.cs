namespace Ddpg.Charts;

/// <summary>How wide text will be, without a font at hand: widths of DejaVu Sans, the widest of the fonts that readers have, so that nothing is clipped elsewhere.</summary>
internal static class TextMetrics
{
    public const double LineHeight = 1.3;

    public static double Width(string text, double fontSize)
    {
        double em = 0;
        foreach (char c in text)
            em += Em(c);
        return em * fontSize;
    }

    private static double Em(char c) => c switch
    {
        'i' or 'j' or 'l' or '\'' or '|' => 0.29,
        '.' or ',' or ':' or ';' or ' ' or 'I' => 0.32,
        'f' or 't' or 'r' or '(' or ')' or '[' or ']' or '-' or '/' or '!' => 0.40,
        'c' or 's' or 'z' or 'k' or 'x' or 'v' or 'y' or '"' or '*' => 0.58,
        'm' or 'M' or 'W' or '%' or '@' => 0.92,
        'w' or '−' or '+' or '=' or '×' or '<' or '>' or '±' => 0.84,
        '⁰' or '¹' or '²' or '³' or '⁴' or '⁵' or '⁶' or '⁷' or '⁸' or '⁹' or '⁻' => 0.42,
        >= 'A' and <= 'Z' => 0.70,
        >= '\u2E80' => 1.0,
        _ => 0.63,
    };
}
