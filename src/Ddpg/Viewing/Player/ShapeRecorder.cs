using Ddpg.Environments;

namespace Ddpg.Viewing;

/// <summary>Keeps what an environment draws. Lines that go on where the last one ended become one line.</summary>
internal sealed class ShapeRecorder : IDrawing
{
    private readonly List<DrawnShape> _shapes = [];

    public static List<DrawnShape> Record(IDrawable drawable)
    {
        var recorder = new ShapeRecorder();
        drawable.Draw(recorder);
        return recorder._shapes;
    }

    public void Line(double x1, double y1, double x2, double y2, DrawingStyle style)
    {
        if (_shapes.Count > 0 && _shapes[^1] is { Kind: 'l' } last && last.Style == style && last.Numbers[^2] == x1 && last.Numbers[^1] == y1)
            _shapes[^1] = last with { Numbers = [.. last.Numbers, x2, y2] };
        else
            _shapes.Add(new DrawnShape('l', [x1, y1, x2, y2], style));
    }

    public void Circle(double x, double y, double radius, DrawingStyle style) => _shapes.Add(new DrawnShape('c', [x, y, radius], style));

    public void Polygon(ReadOnlySpan<double> xy, DrawingStyle style) => _shapes.Add(new DrawnShape('p', xy.ToArray(), style));

    public void Text(double x, double y, string text, DrawingStyle style) => _shapes.Add(new DrawnShape('t', [x, y], style, text));
}
