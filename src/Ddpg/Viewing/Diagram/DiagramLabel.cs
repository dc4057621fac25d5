namespace Ddpg.Viewing.Diagram;

/// <summary>A text at an arrow.</summary>
/// <param name="X">Where it starts, ends or has its middle, by <paramref name="Anchor"/>.</param>
/// <param name="Y">Its base line.</param>
/// <param name="Text"><c>_θ</c> and <c>_{θ′}</c> write an index.</param>
/// <param name="Anchor">start, middle or end.</param>
internal sealed record DiagramLabel(double X, double Y, string Text, string Anchor = "middle");
