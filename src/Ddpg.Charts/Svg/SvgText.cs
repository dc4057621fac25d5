using System.Globalization;
using System.Text;

namespace Ddpg.Charts;

/// <summary>Builds SVG text: numbers in the invariant culture and short, everything that comes from outside escaped.</summary>
internal sealed class SvgText
{
    private readonly StringBuilder _text = new();

    public SvgText Raw(string markup)
    {
        _text.Append(markup);
        return this;
    }

    /// <summary>Writes an element that has no content.</summary>
    public SvgText Empty(string name, params ReadOnlySpan<(string Name, string? Value)> attributes) => Start(name, attributes, "/>");

    public SvgText Open(string name, params ReadOnlySpan<(string Name, string? Value)> attributes) => Start(name, attributes, ">");

    public SvgText Close(string name) => Raw($"</{name}>");

    public SvgText Line(double x1, double y1, double x2, double y2) =>
        Empty("line", ("x1", Number(x1)), ("y1", Number(y1)), ("x2", Number(x2)), ("y2", Number(y2)));

    public override string ToString() => _text.ToString();

    /// <summary>A length or a coordinate, to a tenth of a pixel.</summary>
    public static string Number(double value)
    {
        double rounded = Math.Round(value, 1, MidpointRounding.AwayFromZero);
        return (rounded == 0 ? 0 : rounded).ToString("0.#", CultureInfo.InvariantCulture);
    }

    /// <summary>A ratio, to three decimals.</summary>
    public static string Ratio(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            escaped.Append(c switch
            {
                '<' => "&lt;",
                '>' => "&gt;",
                '&' => "&amp;",
                '"' => "&quot;",
                // XML 1.0 has no way to write the other control characters.
                < ' ' and not '\t' and not '\n' and not '\r' => "\uFFFD",
                _ => c.ToString(),
            });
        }
        return escaped.ToString();
    }

    private SvgText Start(string name, ReadOnlySpan<(string Name, string? Value)> attributes, string end)
    {
        _text.Append('<').Append(name);
        foreach ((string attribute, string? value) in attributes)
        {
            if (value is not null)
                _text.Append(' ').Append(attribute).Append("=\"").Append(Escape(value)).Append('"');
        }
        _text.Append(end);
        return this;
    }
}
