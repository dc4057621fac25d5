using Ddpg.Numerics;

namespace Ddpg.Environments.MuJoCo.Bullet;

/// <summary>How a body is turned: roll about x, then pitch about y, then yaw about z, in rad.</summary>
/// <param name="Roll">About the body's own x axis.</param>
/// <param name="Pitch">In [−π/2, π/2]; positive is nose down.</param>
/// <param name="SinYaw">Sine of the yaw.</param>
/// <param name="CosYaw">Cosine of the yaw.</param>
internal readonly record struct Attitude(double Roll, double Pitch, double SinYaw, double CosYaw)
{
    /// <summary>Of a quaternion of any length but 0.</summary>
    public static Attitude Of(double w, double x, double y, double z)
    {
        double length = Math.Sqrt(w * w + x * x + y * y + z * z);
        (w, x, y, z) = (w / length, x / length, y / length, z / length);
        double sinPitch = Math.Clamp(2 * (w * y - z * x), -1, 1);
        double yawY = 2 * (w * z + x * y), yawX = 1 - 2 * (y * y + z * z), yawLength = Math.Sqrt(yawY * yawY + yawX * yawX);
        bool looksAhead = yawLength > 1e-12;   // straight up or down, yaw is anything
        return new Attitude(
            Angle(2 * (w * x + y * z), 1 - 2 * (x * x + y * y)), Angle(sinPitch, Math.Sqrt(1 - sinPitch * sinPitch)), looksAhead ? yawY / yawLength : 0, looksAhead ? yawX / yawLength : 1);
    }

    /// <summary>The angle of the direction (x, y) in (−π, π], the same on every machine; 0 for (0, 0).</summary>
    public static double Angle(double y, double x)
    {
        double length = Math.Sqrt(x * x + y * y);
        if (!(length > 0)) return 0;
        (x, y) = (x / length, y / length);
        // From a rough guess, each round leaves a sixth of the error's cube.
        double angle = x >= 0 ? y : y >= 0 ? Math.PI - y : -Math.PI - y;
        for (int i = 0; i < 5; i++)
        {
            (double sin, double cos) = PortableMath.SinCos(angle);
            angle += y * cos - x * sin;
        }
        return angle;
    }
}
