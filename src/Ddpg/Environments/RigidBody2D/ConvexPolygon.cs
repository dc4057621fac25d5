namespace Ddpg.Environments.RigidBody2D;

/// <summary>A convex polygon in its body's coordinates, corners counter-clockwise.</summary>
internal sealed class ConvexPolygon
{
    public ConvexPolygon(params ReadOnlySpan<Vec2> vertices)
    {
        Vertices = vertices.ToArray();
        Normals = new Vec2[Vertices.Length];
        for (int i = 0; i < Vertices.Length; i++)
        {
            Vec2 edge = Vertices[Next(i)] - Vertices[i];
            if (Vec2.Cross(edge, Vertices[Next(Next(i))] - Vertices[Next(i)]) <= 0)
                throw new ArgumentException($"Corner {Next(i)} does not turn left; a polygon must be convex with its corners counter-clockwise.", nameof(vertices));
            Normals[i] = edge.TurnedRight().Normalized();
        }
    }

    public Vec2[] Vertices { get; }

    /// <summary>The outward direction of the edge that starts at the corner of the same number.</summary>
    public Vec2[] Normals { get; }

    public static ConvexPolygon Rectangle(float halfWidth, float halfHeight) =>
        new(new Vec2(-halfWidth, -halfHeight), new Vec2(halfWidth, -halfHeight), new Vec2(halfWidth, halfHeight), new Vec2(-halfWidth, halfHeight));

    public int Next(int i) => i + 1 < Vertices.Length ? i + 1 : 0;

    /// <summary>Mass, centre of mass and moment of inertia about the coordinates' origin, summed over the triangles that share corner 0.</summary>
    public (float Mass, Vec2 Center, float Inertia) MassOf(float density)
    {
        const float third = 1.0f / 3;
        Vec2 corner = Vertices[0], moment = default;
        float area = 0, inertia = 0;
        for (int i = 0; i < Vertices.Length; i++)
        {
            Vec2 e1 = Vertices[i] - corner, e2 = Vertices[Next(i)] - corner;
            float cross = Vec2.Cross(e1, e2), triangle = 0.5f * cross;
            area += triangle;
            moment += triangle * third * (e1 + e2);
            float x2 = e1.X * e1.X + e2.X * e1.X + e2.X * e2.X, y2 = e1.Y * e1.Y + e2.Y * e1.Y + e2.Y * e2.Y;
            inertia += 0.25f * third * cross * (x2 + y2);
        }
        float mass = density * area;
        Vec2 fromCorner = 1 / area * moment, center = fromCorner + corner;
        return (mass, center, density * inertia + mass * (center.LengthSquared - fromCorner.LengthSquared));
    }
}
