namespace Ddpg.Environments;

/// <summary>The part of the world that a picture shows, in world units with y upwards.</summary>
/// <param name="MinX">Left edge.</param>
/// <param name="MinY">Lower edge.</param>
/// <param name="MaxX">Right edge.</param>
/// <param name="MaxY">Upper edge.</param>
public readonly record struct DrawingBounds(double MinX, double MinY, double MaxX, double MaxY);
