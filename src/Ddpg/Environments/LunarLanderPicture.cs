using Ddpg.Environments.RigidBody2D;

namespace Ddpg.Environments;

/// <summary>The lunar lander's picture: sky, moon, pad with two flags, the craft and its flames.</summary>
internal static class LunarLanderPicture
{
    public static void Draw(IDrawing drawing, LanderWorld world, double main, double side)
    {
        DrawMoon(drawing, world.Terrain);
        DrawFlames(drawing, world.Lander.Placement, main, side);
        DrawBody(drawing, world.FirstLeg, world.FirstContact ? "#7fd08a" : "#8d93a8");
        DrawBody(drawing, world.SecondLeg, world.SecondContact ? "#7fd08a" : "#8d93a8");
        DrawBody(drawing, world.Lander, "#8066e6");
        double[] window = Place(world.Lander.Placement, [0, 0.2]);
        drawing.Circle(window[0], window[1], 0.16, new DrawingStyle("#cfe6ff", "#3f2f8a", 0.04));
    }

    private static void DrawMoon(IDrawing drawing, Vec2[] terrain)
    {
        drawing.Polygon([0, 0, LanderWorld.Width, 0, LanderWorld.Width, LanderWorld.Height, 0, LanderWorld.Height], new DrawingStyle("#11142b", "none", 0));
        // A few fixed stars.
        for (int i = 0; i < 24; i++)
            drawing.Circle(0.6 + 7.31 * i % 19.2, 6.4 + 2.77 * i % 6.6, 0.02 + 0.012 * (i % 3), new DrawingStyle("#aab4d8", "none", 0));
        Span<double> ground = stackalloc double[2 * terrain.Length + 4];
        for (int i = 0; i < terrain.Length; i++) (ground[2 * i], ground[2 * i + 1]) = (terrain[i].X, terrain[i].Y);
        (ground[^4], ground[^3], ground[^2], ground[^1]) = (LanderWorld.Width, 0, 0, 0);
        drawing.Polygon(ground, new DrawingStyle("#d9d8d2", "none", 0));

        double pad = terrain[LanderWorld.Chunks / 2].Y;
        drawing.Line(8, pad, 12, pad, new DrawingStyle("none", "#5b6072", 0.1));
        foreach (double x in (ReadOnlySpan<double>)[8, 12])
        {
            drawing.Line(x, pad, x, pad + 1.6, new DrawingStyle("none", "#ffffff", 0.06));
            drawing.Polygon([x, pad + 1.6, x, pad + 1.05, x + 0.8, pad + 1.32], new DrawingStyle("#e0b400", "#8a6800", 0.03));
        }
    }

    private static void DrawFlames(IDrawing drawing, in Transform lander, double main, double side)
    {
        DrawingStyle outer = new("#ff8c2b", "none", 0), inner = new("#ffe08a", "none", 0);
        if (main > 0)
        {
            drawing.Polygon(Place(lander, [-0.22, -0.34, 0.22, -0.34, 0, -0.5 - 1.3 * main]), outer);
            drawing.Polygon(Place(lander, [-0.12, -0.34, 0.12, -0.34, 0, -0.45 - 0.75 * main]), inner);
        }
        if (side == 0) return;
        // A positive action pushes the craft to its right: the flame is at its left.
        double direction = Math.Sign(side), x = -direction * 0.5, tip = x - side * 0.75;
        drawing.Polygon(Place(lander, [x, 0.55, x, 0.33, tip, 0.44]), outer);
        drawing.Polygon(Place(lander, [x, 0.5, x, 0.38, x - side * 0.4, 0.44]), inner);
    }

    private static void DrawBody(IDrawing drawing, Body body, string fill)
    {
        Span<double> corners = stackalloc double[2 * body.Shape.Vertices.Length];
        for (int i = 0; i < body.Shape.Vertices.Length; i++)
        {
            Vec2 corner = body.Placement.Apply(body.Shape.Vertices[i]);
            (corners[2 * i], corners[2 * i + 1]) = (corner.X, corner.Y);
        }
        drawing.Polygon(corners, new DrawingStyle(fill, "#2a1f5c", 0.04));
    }

    private static double[] Place(in Transform placement, ReadOnlySpan<double> xy)
    {
        double[] placed = new double[xy.Length];
        for (int i = 0; i < xy.Length; i += 2)
        {
            Vec2 point = placement.Apply(new Vec2((float)xy[i], (float)xy[i + 1]));
            (placed[i], placed[i + 1]) = (point.X, point.Y);
        }
        return placed;
    }
}
