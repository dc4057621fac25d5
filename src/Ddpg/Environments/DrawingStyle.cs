namespace Ddpg.Environments;

/// <summary>How a shape is drawn.</summary>
/// <param name="Fill">A CSS colour, or <c>none</c>. Of a text: the colour of its letters.</param>
/// <param name="Stroke">The outline's CSS colour, or <c>none</c>.</param>
/// <param name="StrokeWidth">The outline's width in world units. Line ends and corners are round.</param>
/// <param name="TextHeight">Of a text: the height of its letters in world units.</param>
public readonly record struct DrawingStyle(string Fill, string Stroke, double StrokeWidth, double TextHeight = 0);
