namespace Ddpg.Environments;

/// <summary>Something to draw on, in world units with y upwards. Later shapes cover earlier ones.</summary>
public interface IDrawing
{
    /// <summary>A straight line with round ends.</summary>
    /// <param name="x1">First end.</param>
    /// <param name="y1">First end.</param>
    /// <param name="x2">Second end.</param>
    /// <param name="y2">Second end.</param>
    /// <param name="style">Only the stroke counts.</param>
    void Line(double x1, double y1, double x2, double y2, DrawingStyle style);

    /// <summary>A circle.</summary>
    /// <param name="x">Centre.</param>
    /// <param name="y">Centre.</param>
    /// <param name="radius">In world units.</param>
    /// <param name="style">Fill and stroke.</param>
    void Circle(double x, double y, double radius, DrawingStyle style);

    /// <summary>A closed polygon. With the fill <c>none</c> it is still closed.</summary>
    /// <param name="xy">x₀, y₀, x₁, y₁, … of at least two corners.</param>
    /// <param name="style">Fill and stroke.</param>
    void Polygon(ReadOnlySpan<double> xy, DrawingStyle style);

    /// <summary>A line of text, centred on the point.</summary>
    /// <param name="x">Middle of the text.</param>
    /// <param name="y">Middle of the text.</param>
    /// <param name="text">What it says.</param>
    /// <param name="style">Its fill and <see cref="DrawingStyle.TextHeight"/> count.</param>
    void Text(double x, double y, string text, DrawingStyle style);
}
