namespace XPlot.Plotly;

/// <summary>Surfaces and points in space, seen from one side: boxes with grids, far things first.</summary>
internal sealed class SceneView
{
    private readonly Members _scene;
    private readonly IReadOnlyList<Trace> _traces;
    private readonly Axis _x, _y, _z;
    private readonly List<SurfaceMesh> _meshes;

    public SceneView(Figure figure)
    {
        _scene = figure.Layout.Child("scene");
        _traces = figure.SpaceTraces;
        (_x, _y, _z) = (new Axis("x", _scene.Child("xaxis")), new Axis("y", _scene.Child("yaxis")), new Axis("z", _scene.Child("zaxis")));
        _meshes = [.. _traces.OfType<Surface>().Select(surface => new SurfaceMesh(surface.Members, _x, _y, _z))];
        foreach (Scatter3d cloud in _traces.OfType<Scatter3d>())
        {
            foreach ((Axis axis, string name) in new[] { (_x, "x"), (_y, "y"), (_z, "z") })
            {
                Column column = Column.From(cloud.Members.Raw(name));
                axis.Register(column);
                axis.Include(axis.Convert(column), roomy: true);
            }
        }
        foreach (Axis axis in new[] { _x, _y, _z })
        {
            axis.Settle();
            axis.SetPixels(-0.5, 0.5);
            axis.MakeTicks(5);
        }
    }

    public void Draw(SvgText svg, Rect room)
    {
        double label = 46;
        var camera = new Camera3d(_scene.Child("camera"), new Rect(room.X + label, room.Y + 8, Math.Max(40, room.Width - 2 * label), Math.Max(40, room.Height - label - 12)));
        new SceneBox(camera, _x, _y, _z).Draw(svg);
        foreach (SurfaceMesh mesh in _meshes)
            mesh.Draw(svg, camera);
        int index = 0;
        foreach (Trace trace in _traces)
        {
            if (trace is Scatter3d) DrawCloud(svg, camera, trace.Members, Theme.Colour(index));
            index++;
        }
    }

    private void DrawCloud(SvgText svg, Camera3d camera, Members members, string colour)
    {
        double[] x = _x.Convert(Column.From(members.Raw("x"))), y = _y.Convert(Column.From(members.Raw("y"))), z = _z.Convert(Column.From(members.Raw("z")));
        int count = Math.Min(x.Length, Math.Min(y.Length, z.Length));
        var points = new List<(double X, double Y)>();
        for (int index = 0; index < count; index++)
            points.Add(camera.Project(_x.Pixel(x[index]), _y.Pixel(y[index]), _z.Pixel(z[index])));
        string mode = members.Text("mode") ?? "lines+markers";
        if (mode.Contains("lines", StringComparison.Ordinal) && points.Count > 1)
        {
            LineStyle.Of(members.Child("line"), colour).Open(svg, "g");
            svg.Empty("path", ("d", PathBuilder.Data([.. points.Where(point => double.IsFinite(point.X + point.Y))], null))).Close("g");
        }
        if (mode.Contains("markers", StringComparison.Ordinal)) new MarkerStyle(members.Child("marker"), colour).Draw(svg, points);
    }
}
