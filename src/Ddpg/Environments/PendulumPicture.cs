using Ddpg.Numerics;

namespace Ddpg.Environments;

/// <summary>The pendulum's picture: track, rod, pivot, and an arrow round the pivot as long as the torque is strong.</summary>
internal static class PendulumPicture
{
    private const double ArrowRadius = 0.42, LargestArrow = 2.2;

    public static void Draw(IDrawing drawing, double theta, double relativeTorque)
    {
        (double sin, double cos) = PortableMath.SinCos(theta);
        // θ is measured from upright, counter-clockwise: the tip is at (−sin θ, cos θ).
        double tipX = -sin, tipY = cos;
        drawing.Circle(0, 0, 1, new DrawingStyle("none", "#d9dee5", 0.012));
        drawing.Circle(0, 1, 0.035, new DrawingStyle("#3a9d5d", "none", 0));          // where it should stand
        drawing.Line(0, 0, tipX, tipY, new DrawingStyle("none", "#8f3b1f", 0.2));
        drawing.Line(0, 0, tipX, tipY, new DrawingStyle("none", "#d1603d", 0.165));
        drawing.Line(0.1 * tipX, 0.1 * tipY, 0.96 * tipX, 0.96 * tipY, new DrawingStyle("none", "#e68a6a", 0.035));
        drawing.Circle(0, 0, 0.06, new DrawingStyle("#2b2f36", "#ffffff", 0.02));
        if (Math.Abs(relativeTorque) > 0.02) DrawTorque(drawing, relativeTorque);
    }

    private static void DrawTorque(IDrawing drawing, double relativeTorque)
    {
        DrawingStyle style = new("none", "#1f6fb4", 0.035);
        const int pieces = 16;
        double sweep = LargestArrow * relativeTorque, from = -sweep / 2;
        (double x, double y) = OnArc(from);
        for (int i = 1; i <= pieces; i++)
        {
            (double nextX, double nextY) = OnArc(from + sweep * i / pieces);
            drawing.Line(x, y, nextX, nextY, style);
            (x, y) = (nextX, nextY);
        }
        // The head: a triangle along the arc's tangent.
        double angle = from + sweep, size = 0.08 + 0.06 * Math.Abs(relativeTorque), direction = Math.Sign(sweep);
        (double sin, double cos) = PortableMath.SinCos(angle);
        double alongX = -cos * direction, alongY = -sin * direction, acrossX = -sin, acrossY = cos;
        drawing.Polygon(
            [x + alongX * size, y + alongY * size, x + acrossX * size * 0.6, y + acrossY * size * 0.6, x - acrossX * size * 0.6, y - acrossY * size * 0.6],
            new DrawingStyle("#1f6fb4", "none", 0));
    }

    // Counter-clockwise from straight up, as θ is.
    private static (double X, double Y) OnArc(double angle)
    {
        (double sin, double cos) = PortableMath.SinCos(angle);
        return (-sin * ArrowRadius, cos * ArrowRadius);
    }
}
