namespace XPlot.Plotly;

/// <summary>Looks at a cube of edge 1 around the origin and gives the place of its points in the picture.</summary>
internal sealed class Camera3d
{
    private readonly (double X, double Y, double Z) _eye, _right, _up, _towards;
    private readonly double _distance;
    private double _scale = 1, _left, _top;

    public Camera3d(Members camera, Rect room)
    {
        _eye = (camera.Child("eye").Number("x") ?? 1.25, camera.Child("eye").Number("y") ?? 1.25, camera.Child("eye").Number("z") ?? 1.25);
        _distance = Math.Max(0.8, Length(_eye));
        _towards = Unit(_eye);
        _right = Unit(Cross((0, 0, 1), _towards));
        _up = Cross(_towards, _right);
        Fit(room);
    }

    public (double X, double Y, double Z) Eye => _eye;

    public (double X, double Y) Project(double x, double y, double z)
    {
        (double across, double up) = Raw(x, y, z);
        return (_left + across * _scale, _top - up * _scale);
    }

    /// <summary>Larger is nearer.</summary>
    public double Depth(double x, double y, double z) => x * _towards.X + y * _towards.Y + z * _towards.Z;

    public static (double X, double Y, double Z) Unit((double X, double Y, double Z) v)
    {
        double length = Length(v);
        return length < 1e-9 ? (1, 0, 0) : (v.X / length, v.Y / length, v.Z / length);
    }

    public static (double X, double Y, double Z) Cross((double X, double Y, double Z) a, (double X, double Y, double Z) b) =>
        (a.Y * b.Z - a.Z * b.Y, a.Z * b.X - a.X * b.Z, a.X * b.Y - a.Y * b.X);

    private static double Length((double X, double Y, double Z) v) => Math.Sqrt(v.X * v.X + v.Y * v.Y + v.Z * v.Z);

    private (double Across, double Up) Raw(double x, double y, double z)
    {
        double perspective = _distance * 2 / (_distance * 2 - Depth(x, y, z));
        return ((x * _right.X + y * _right.Y + z * _right.Z) * perspective, (x * _up.X + y * _up.Y + z * _up.Z) * perspective);
    }

    private void Fit(Rect room)
    {
        var corners = new List<(double Across, double Up)>();
        for (int corner = 0; corner < 8; corner++)
            corners.Add(Raw((corner & 1) - 0.5, (corner >> 1 & 1) - 0.5, (corner >> 2 & 1) - 0.5));
        (double low, double high) = (corners.Min(corner => corner.Across), corners.Max(corner => corner.Across));
        (double bottom, double top) = (corners.Min(corner => corner.Up), corners.Max(corner => corner.Up));
        _scale = Math.Min(room.Width / (high - low), room.Height / (top - bottom));
        _left = room.X + room.Width / 2 - (low + high) / 2 * _scale;
        _top = room.Y + room.Height / 2 + (bottom + top) / 2 * _scale;
    }
}
