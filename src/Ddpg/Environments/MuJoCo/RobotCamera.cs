using Ddpg.Numerics;

namespace Ddpg.Environments.MuJoCo;

/// <summary>How a robot's world is laid on the picture: without perspective, seen from a direction.</summary>
/// <param name="yaw">Degrees by which the camera goes round the robot, from the side (0: x to the right) counter-clockwise.</param>
/// <param name="pitch">Degrees by which it looks down: 0 from the side, 90 from above.</param>
/// <param name="follows">Whether the camera follows the robot's first body along the ground.</param>
internal sealed class RobotCamera(double yaw, double pitch, bool follows = true)
{
    private readonly (double Sin, double Cos) _yaw = PortableMath.SinCos(yaw * Math.PI / 180), _pitch = PortableMath.SinCos(pitch * Math.PI / 180);

    /// <summary>Whether the ground is a line.</summary>
    public bool FromSide => pitch == 0;

    /// <summary>The camera's place on the ground.</summary>
    public (double X, double Y) Place(ReadOnlySpan<double> bodyPositions) => follows ? (bodyPositions[3], bodyPositions[4]) : (0, 0);

    /// <summary>A point relative to the camera's place, on the picture; and how far away it is.</summary>
    public (double X, double Y, double Depth) Project(double x, double y, double z)
    {
        double along = x * _yaw.Cos + y * _yaw.Sin, away = y * _yaw.Cos - x * _yaw.Sin;
        return (along, away * _pitch.Sin + z * _pitch.Cos, away * _pitch.Cos - z * _pitch.Sin);
    }
}
