namespace Ddpg.Environments.RigidBody2D;

/// <summary>Finds where a polygon touches a piece of ground: the separating axis with the widest gap gives the reference edge, and the other shape's edge is clipped to it.</summary>
/// <remarks>After Erin Catto's Box2D 2.4. Ground coordinates are world coordinates.</remarks>
internal static class SegmentPolygonCollision
{
    private const float Radius = 2 * Limits.Skin;

    public static void Collide(ref Manifold manifold, Segment ground, ConvexPolygon polygon, in Transform placement)
    {
        manifold.Count = 0;
        Span<Vec2> vertices = stackalloc Vec2[polygon.Vertices.Length];
        for (int i = 0; i < vertices.Length; i++) vertices[i] = placement.Apply(polygon.Vertices[i]);

        (Vec2 groundNormal, float groundGap) = GroundAxis(ground, vertices);
        if (groundGap > Radius) return;
        (int edge, float polygonGap) = PolygonAxis(ground, polygon, vertices, placement);
        if (polygonGap > Radius) return;

        // A little in favour of the ground's edge, so that the reference does not flicker.
        if (polygonGap - Radius > 0.98f * (groundGap - Radius) + 0.001f)
            ClipGround(ref manifold, ground, polygon, vertices, edge, placement);
        else
            ClipPolygon(ref manifold, ground, polygon, vertices, groundNormal, placement);
    }

    // The ground is solid from both sides: of its two normals, the one on whose side the polygon is.
    private static (Vec2 Normal, float Gap) GroundAxis(Segment ground, ReadOnlySpan<Vec2> vertices)
    {
        float above = float.MaxValue, below = float.MaxValue;
        foreach (Vec2 vertex in vertices)
        {
            float height = Vec2.Dot(ground.Normal, vertex - ground.Start);
            above = Math.Min(above, height);
            below = Math.Min(below, -height);
        }
        return below > above ? (-ground.Normal, below) : (ground.Normal, above);
    }

    private static (int Edge, float Gap) PolygonAxis(Segment ground, ConvexPolygon polygon, ReadOnlySpan<Vec2> vertices, in Transform placement)
    {
        (int best, float widest) = (-1, float.MinValue);
        for (int i = 0; i < vertices.Length; i++)
        {
            Vec2 inward = -placement.Turn(polygon.Normals[i]);
            float gap = Math.Min(Vec2.Dot(inward, vertices[i] - ground.Start), Vec2.Dot(inward, vertices[i] - ground.End));
            if (gap > widest) (best, widest) = (i, gap);
        }
        return (best, widest);
    }

    // Reference: the ground. The polygon's edge that faces it is clipped.
    private static void ClipPolygon(ref Manifold manifold, Segment ground, ConvexPolygon polygon, ReadOnlySpan<Vec2> vertices, Vec2 normal, in Transform placement)
    {
        int facing = 0;
        float best = float.MaxValue;
        for (int i = 0; i < vertices.Length; i++)
        {
            float value = Vec2.Dot(normal, placement.Turn(polygon.Normals[i]));
            if (value < best) (facing, best) = (i, value);
        }
        int next = polygon.Next(facing);
        Clipped line = new(vertices[facing], Feature(0, facing), vertices[next], Feature(0, next));
        if (!line.CutOff(-ground.Direction, ground.Start, EndFeature(0, facing)) || !line.CutOff(ground.Direction, ground.End, EndFeature(1, facing))) return;

        (manifold.GroundIsReference, manifold.Normal, manifold.Point) = (true, normal, ground.Start);
        if (Vec2.Dot(normal, line.V1 - ground.Start) <= Radius) Add(ref manifold, placement.ApplyBack(line.V1), line.F1);
        if (Vec2.Dot(normal, line.V2 - ground.Start) <= Radius) Add(ref manifold, placement.ApplyBack(line.V2), line.F2);
    }

    // Reference: an edge of the polygon. The ground is clipped.
    private static void ClipGround(ref Manifold manifold, Segment ground, ConvexPolygon polygon, ReadOnlySpan<Vec2> vertices, int edge, in Transform placement)
    {
        int next = polygon.Next(edge);
        Vec2 normal = placement.Turn(polygon.Normals[edge]), side = normal.TurnedRight();
        Clipped line = new(ground.End, Feature(edge, 1), ground.Start, Feature(edge, 0));
        if (!line.CutOff(side, vertices[edge], Feature(edge, edge)) || !line.CutOff(-side, vertices[next], Feature(edge, next))) return;

        (manifold.GroundIsReference, manifold.Normal, manifold.Point) = (false, polygon.Normals[edge], polygon.Vertices[edge]);
        if (Vec2.Dot(normal, line.V1 - vertices[edge]) <= Radius) Add(ref manifold, line.V1, line.F1);
        if (Vec2.Dot(normal, line.V2 - vertices[edge]) <= Radius) Add(ref manifold, line.V2, line.F2);
    }

    // A corner of one shape on an edge of the other; and an end of the ground on an edge of the polygon.
    private static int Feature(int edge, int corner) => edge | (corner << 4);

    private static int EndFeature(int end, int edge) => end | (edge << 4) | (1 << 8);

    private static void Add(ref Manifold manifold, Vec2 local, int feature)
    {
        ContactPoint point = new() { Local = local, Feature = feature };
        if (manifold.Count++ == 0) manifold.First = point;
        else manifold.Second = point;
    }

    /// <summary>A line with a name for each end.</summary>
    private struct Clipped(Vec2 v1, int f1, Vec2 v2, int f2)
    {
        public Vec2 V1 = v1, V2 = v2;
        public int F1 = f1, F2 = f2;

        /// <summary>Removes what lies beyond the plane through <paramref name="point"/>; false when nothing, or a single point, remains.</summary>
        public bool CutOff(Vec2 outward, Vec2 point, int newFeature)
        {
            float offset = Vec2.Dot(outward, point), d1 = Vec2.Dot(outward, V1) - offset, d2 = Vec2.Dot(outward, V2) - offset;
            if (d1 > 0 && d2 > 0) return false;
            if (d1 * d2 >= 0) return !(d1 > 0 || d2 > 0);
            Vec2 crossing = V1 + d1 / (d1 - d2) * (V2 - V1);
            // As in Box2D, what remains comes first and the new point second.
            (V1, F1, V2, F2) = d1 <= 0 ? (V1, F1, crossing, newFeature) : (V2, F2, crossing, newFeature);
            return true;
        }
    }
}
