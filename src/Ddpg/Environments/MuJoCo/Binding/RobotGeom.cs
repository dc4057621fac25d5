namespace Ddpg.Environments.MuJoCo.Binding;

/// <summary>A shape: a capsule along its own z axis, or a sphere where the half length is 0.</summary>
/// <param name="Body">The index of its body; 0 is the world.</param>
/// <param name="IsFloor">Whether it is a plane instead.</param>
/// <param name="Radius">In m.</param>
/// <param name="HalfLength">From the centre to the centre of an end's half sphere, in m.</param>
internal readonly record struct RobotGeom(int Body, bool IsFloor, double Radius, double HalfLength);
