using Ddpg.Numerics;

namespace Ddpg.Environments;

/// <summary>The mountain car's picture: sky, mountain of height 0.45 sin 3x + 0.55, flag, and the car with its push.</summary>
internal static class MountainCarPicture
{
    private const int Pieces = 72;

    public static void Draw(IDrawing drawing, double position, double force, double goal, DrawingBounds bounds)
    {
        DrawMountain(drawing, bounds);
        DrawFlag(drawing, goal);
        DrawCar(drawing, position, force);
    }

    private static double Height(double x) => 0.45 * PortableMath.Sin(3 * x) + 0.55;

    private static void DrawMountain(IDrawing drawing, DrawingBounds bounds)
    {
        Span<double> ground = stackalloc double[2 * (Pieces + 3)];
        for (int i = 0; i <= Pieces; i++)
        {
            double x = bounds.MinX + (bounds.MaxX - bounds.MinX) * i / Pieces;
            (ground[2 * i], ground[2 * i + 1]) = (x, Height(x));
        }
        (ground[^4], ground[^3], ground[^2], ground[^1]) = (bounds.MaxX, bounds.MinY, bounds.MinX, bounds.MinY);
        drawing.Polygon(
            [bounds.MinX, bounds.MinY, bounds.MaxX, bounds.MinY, bounds.MaxX, bounds.MaxY, bounds.MinX, bounds.MaxY], new DrawingStyle("#eef4fa", "none", 0));
        drawing.Polygon(ground, new DrawingStyle("#b9ad98", "none", 0));
        for (int i = 0; i < Pieces; i++)
            drawing.Line(ground[2 * i], ground[2 * i + 1], ground[2 * i + 2], ground[2 * i + 3], new DrawingStyle("none", "#6f7f4f", 0.018));
    }

    private static void DrawFlag(IDrawing drawing, double goal)
    {
        double foot = Height(goal), top = foot + 0.17;
        drawing.Line(goal, foot, goal, top, new DrawingStyle("none", "#2b2f36", 0.01));
        drawing.Polygon([goal, top, goal, top - 0.07, goal + 0.09, top - 0.035], new DrawingStyle("#d8a200", "#8a6800", 0.004));
    }

    private static void DrawCar(IDrawing drawing, double position, double force)
    {
        // The slope of 0.45 sin 3x is 1.35 cos 3x.
        double slope = 1.35 * PortableMath.Cos(3 * position), scale = 1 / Math.Sqrt(1 + slope * slope);
        Placement car = new(position, Height(position) + 0.009, scale, slope * scale);
        DrawingStyle body = new("#c8462f", "#7c2415", 0.006), glass = new("#dbe9f5", "#7c2415", 0.004);
        drawing.Polygon(car.Place([-0.075, 0.022, 0.075, 0.022, 0.075, 0.052, 0.04, 0.06, -0.075, 0.06]), body);
        drawing.Polygon(car.Place([-0.05, 0.06, 0.03, 0.06, 0.012, 0.092, -0.038, 0.092]), glass);
        foreach (double wheel in (ReadOnlySpan<double>)[-0.045, 0.045])
        {
            double[] hub = car.Place([wheel, 0.022]);
            drawing.Circle(hub[0], hub[1], 0.022, new DrawingStyle("#2b2f36", "#ffffff", 0.004));
            drawing.Circle(hub[0], hub[1], 0.007, new DrawingStyle("#c9ced6", "none", 0));
        }
        if (Math.Abs(force) > 0.02) DrawPush(drawing, car, force);
    }

    private static void DrawPush(IDrawing drawing, Placement car, double force)
    {
        double tip = 0.16 * force, head = 0.03 * Math.Sign(force);
        double[] shaft = car.Place([0, 0.13, tip, 0.13]);
        drawing.Line(shaft[0], shaft[1], shaft[2], shaft[3], new DrawingStyle("none", "#1f6fb4", 0.012));
        drawing.Polygon(car.Place([tip + head, 0.13, tip, 0.148, tip, 0.112]), new DrawingStyle("#1f6fb4", "none", 0));
    }

    /// <summary>The car's own axes in the world: origin on the ground, x along the slope.</summary>
    private readonly record struct Placement(double X, double Y, double Cos, double Sin)
    {
        public double[] Place(ReadOnlySpan<double> xy)
        {
            double[] placed = new double[xy.Length];
            for (int i = 0; i < xy.Length; i += 2)
                (placed[i], placed[i + 1]) = (X + Cos * xy[i] - Sin * xy[i + 1], Y + Sin * xy[i] + Cos * xy[i + 1]);
            return placed;
        }
    }
}
