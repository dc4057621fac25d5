using Ddpg.Environments;

namespace Ddpg.Viewing;

/// <summary>One shape of a frame.</summary>
/// <param name="Kind">l: a line through points; p: a polygon; c: a circle (x, y, radius); t: text at a point.</param>
/// <param name="Numbers">World coordinates.</param>
/// <param name="Style">Colours and widths.</param>
/// <param name="Text">Of a text.</param>
internal sealed record DrawnShape(char Kind, double[] Numbers, DrawingStyle Style, string Text = "")
{
    public bool IsSame(DrawnShape other) => Kind == other.Kind && Style == other.Style && Text == other.Text && Numbers.AsSpan().SequenceEqual(other.Numbers);
}
