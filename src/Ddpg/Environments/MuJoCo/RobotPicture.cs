using Ddpg.Environments.MuJoCo.Binding;

namespace Ddpg.Environments.MuJoCo;

/// <summary>Robots' pictures: the shapes of their bodies as the camera sees them, the far ones first. The camera follows; the marks on the ground show the speed.</summary>
internal static class RobotPicture
{
    private const double Outline = 0.012;
    private static readonly DrawingStyle Sky = new("#eef3f8", "none", 0), Ground = new("#d9d3c3", "none", 0), Mark = new("none", "#a79f8a", 0.02);

    public static void Draw(IDrawing drawing, Simulation simulation, RobotCamera camera, DrawingBounds bounds)
    {
        (double atX, double atY) = camera.Place(simulation.BodyPositions);
        DrawGround(drawing, camera, bounds, atX, atY);
        List<(double X1, double Y1, double X2, double Y2, double Depth, double Radius, string Color)> shapes = [];
        for (int i = 0; i < simulation.Model.Geoms.Count; i++)
        {
            RobotGeom geom = simulation.Model.Geoms[i];
            if (geom.IsFloor) continue;
            ReadOnlySpan<double> center = simulation.GeomPositions.Slice(3 * i, 3), turn = simulation.GeomOrientations.Slice(9 * i, 9);
            (double dx, double dy, double dz) = (turn[2] * geom.HalfLength, turn[5] * geom.HalfLength, turn[8] * geom.HalfLength);
            (double x1, double y1, double depth1) = camera.Project(center[0] - atX - dx, center[1] - atY - dy, center[2] - dz);
            (double x2, double y2, double depth2) = camera.Project(center[0] - atX + dx, center[1] - atY + dy, center[2] + dz);
            shapes.Add((x1, y1, x2, y2, depth1 + depth2, geom.Radius, Color(simulation.Model.Bodies[geom.Body], geom.Body)));
        }
        // A stable sort: what is equally far is drawn in the model's order.
        foreach ((double x1, double y1, double x2, double y2, _, double radius, string color) in shapes.OrderByDescending(shape => shape.Depth))
        {
            drawing.Line(x1, y1, x2, y2, new DrawingStyle("none", "#2b2f36", 2 * radius));
            drawing.Line(x1, y1, x2, y2, new DrawingStyle("none", color, 2 * Math.Max(radius - Outline, radius / 2)));
        }
    }

    /// <summary>A straight rail, under a cart.</summary>
    public static void DrawRail(IDrawing drawing, double length) => drawing.Line(-length, 0, length, 0, new DrawingStyle("none", "#5b6072", 0.04));

    private static void DrawGround(IDrawing drawing, RobotCamera camera, DrawingBounds bounds, double atX, double atY)
    {
        drawing.Polygon([bounds.MinX, bounds.MinY, bounds.MaxX, bounds.MinY, bounds.MaxX, bounds.MaxY, bounds.MinX, bounds.MaxY], camera.FromSide ? Sky : Ground);
        if (camera.FromSide)
        {
            drawing.Polygon([bounds.MinX, bounds.MinY, bounds.MaxX, bounds.MinY, bounds.MaxX, 0, bounds.MinX, 0], Ground);
            for (double x = Math.Ceiling(atX + bounds.MinX); x <= atX + bounds.MaxX; x++) drawing.Line(x - atX, 0, x - atX - 0.12, bounds.MinY, Mark);
            return;
        }
        // A line each metre; each decimetre on a table.
        const int lines = 4;
        double width = bounds.MaxX - bounds.MinX, spacing = width > 1 ? 1 : 0.1, reach = lines * spacing;
        double nearX = spacing * Math.Round(atX / spacing), nearY = spacing * Math.Round(atY / spacing);
        DrawingStyle grid = new("none", "#c3bca9", width / 260);
        for (int i = -lines; i <= lines; i++)
        {
            Stroke(nearX + i * spacing, nearY - reach, nearX + i * spacing, nearY + reach);
            Stroke(nearX - reach, nearY + i * spacing, nearX + reach, nearY + i * spacing);
        }

        void Stroke(double x1, double y1, double x2, double y2)
        {
            (double fromX, double fromY, _) = camera.Project(x1 - atX, y1 - atY, 0);
            (double toX, double toY, _) = camera.Project(x2 - atX, y2 - atY, 0);
            drawing.Line(fromX, fromY, toX, toY, grid);
        }
    }

    // Torso, left limbs, the others: so that legs which pass each other can be told apart.
    private static string Color(string body, int index) =>
        index == 1 ? "#d1603d" : body.Contains("left", StringComparison.Ordinal) ? "#7fb2de"
        : body == "target" ? "#3a9d5d" : "#3f7fb8";
}
