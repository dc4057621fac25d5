namespace Ddpg.Environments.RigidBody2D;

/// <summary>The axis between the closest features of a polygon and a piece of ground: along it their gap is followed through the step.</summary>
/// <remarks>It is fixed to the ground (its edge, or a line between two corners), or turns with the polygon (one of its edges).</remarks>
internal ref struct SeparationAxis
{
    private readonly Body _body;
    private readonly Segment _ground;
    private readonly int _edge;        // of the polygon when the axis turns with it, else −1
    private readonly Vec2 _direction;  // from the ground to the polygon, when the axis is fixed
    private int _corner;               // the polygon's corner, or (when the axis turns) the end of the ground, found by SmallestGap
    private Vec2 _groundPoint;

    private SeparationAxis(Body body, Segment ground, int edge, Vec2 direction, Vec2 groundPoint) =>
        (_body, _ground, _edge, _direction, _groundPoint) = (body, ground, edge, direction, groundPoint);

    /// <summary>The axis between the closest points at <paramref name="time"/>, and their distance; 0 when the two overlap.</summary>
    public static SeparationAxis Closest(Body body, Segment ground, float time, out float distance)
    {
        Transform placement = body.PlacementAt(time);
        ConvexPolygon polygon = body.Shape;
        Span<Vec2> vertices = stackalloc Vec2[polygon.Vertices.Length];
        for (int i = 0; i < vertices.Length; i++) vertices[i] = placement.Apply(polygon.Vertices[i]);

        float best = float.MaxValue;
        SeparationAxis axis = default;
        for (int i = 0; i < vertices.Length; i++)
        {
            (Vec2 onGround, bool inside) = Nearest(vertices[i], ground.Start, ground.End);
            Vec2 across = vertices[i] - onGround;
            if (across.LengthSquared >= best) continue;
            best = across.LengthSquared;
            Vec2 normal = Vec2.Dot(ground.Normal, across) < 0 ? -ground.Normal : ground.Normal;
            axis = new SeparationAxis(body, ground, -1, inside ? normal : across.Normalized(), onGround);
        }
        bool overlap = false;
        foreach (Vec2 end in (ReadOnlySpan<Vec2>)[ground.Start, ground.End])
        {
            bool within = true;
            for (int i = 0; i < vertices.Length; i++)
            {
                int next = polygon.Next(i);
                within &= Vec2.Cross(vertices[next] - vertices[i], end - vertices[i]) >= 0;
                (Vec2 onPolygon, bool inside) = Nearest(end, vertices[i], vertices[next]);
                float squared = (end - onPolygon).LengthSquared;
                if (!inside || squared >= best) continue;
                best = squared;
                axis = new SeparationAxis(body, ground, i, default, end);
            }
            overlap |= within;
        }
        distance = overlap || Crosses(vertices, ground) ? 0 : MathF.Sqrt(best);
        return axis;
    }

    /// <summary>The gap along the axis at <paramref name="time"/> between the features that are nearest then, which <see cref="Gap"/> follows from now on.</summary>
    public float SmallestGap(float time)
    {
        Transform placement = _body.PlacementAt(time);
        if (_edge >= 0)
        {
            Vec2 normal = placement.Turn(_body.Shape.Normals[_edge]), on = placement.Apply(_body.Shape.Vertices[_edge]);
            float start = Vec2.Dot(_ground.Start - on, normal), end = Vec2.Dot(_ground.End - on, normal);
            _groundPoint = start <= end ? _ground.Start : _ground.End;
            return Math.Min(start, end);
        }
        float smallest = float.MaxValue;
        for (int i = 0; i < _body.Shape.Vertices.Length; i++)
        {
            float gap = Vec2.Dot(placement.Apply(_body.Shape.Vertices[i]) - _groundPoint, _direction);
            if (gap < smallest) (_corner, smallest) = (i, gap);
        }
        return smallest;
    }

    /// <summary>The gap along the axis at <paramref name="time"/> between the features found last.</summary>
    public readonly float Gap(float time)
    {
        Transform placement = _body.PlacementAt(time);
        return _edge >= 0
            ? Vec2.Dot(_groundPoint - placement.Apply(_body.Shape.Vertices[_edge]), placement.Turn(_body.Shape.Normals[_edge]))
            : Vec2.Dot(placement.Apply(_body.Shape.Vertices[_corner]) - _groundPoint, _direction);
    }

    private static (Vec2 Point, bool Inside) Nearest(Vec2 p, Vec2 start, Vec2 end)
    {
        Vec2 along = end - start;
        float part = Vec2.Dot(p - start, along) / along.LengthSquared;
        return part <= 0 ? (start, false) : part >= 1 ? (end, false) : (start + part * along, true);
    }

    // Whether the ground passes through the polygon with both ends outside: then corners lie on both sides of it, and it meets some edge.
    private static bool Crosses(ReadOnlySpan<Vec2> vertices, Segment ground)
    {
        for (int i = 0; i < vertices.Length; i++)
        {
            Vec2 a = vertices[i], b = vertices[i + 1 < vertices.Length ? i + 1 : 0];
            float start = Vec2.Cross(b - a, ground.Start - a), end = Vec2.Cross(b - a, ground.End - a);
            float first = Vec2.Dot(ground.Normal, a - ground.Start), second = Vec2.Dot(ground.Normal, b - ground.Start);
            if (start * end < 0 && first * second < 0) return true;
        }
        return false;
    }
}
