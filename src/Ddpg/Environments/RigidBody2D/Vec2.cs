namespace Ddpg.Environments.RigidBody2D;

/// <summary>A vector of the plane in float32. Own and plain, because a library's vector may fuse or reorder the operations on some machine.</summary>
internal readonly record struct Vec2(float X, float Y)
{
    public float LengthSquared => X * X + Y * Y;

    public static Vec2 operator +(Vec2 a, Vec2 b) => new(a.X + b.X, a.Y + b.Y);

    public static Vec2 operator -(Vec2 a, Vec2 b) => new(a.X - b.X, a.Y - b.Y);

    public static Vec2 operator -(Vec2 a) => new(-a.X, -a.Y);

    public static Vec2 operator *(float s, Vec2 a) => new(s * a.X, s * a.Y);

    public static float Dot(Vec2 a, Vec2 b) => a.X * b.X + a.Y * b.Y;

    /// <summary>The third component of the three-dimensional cross product: positive when b is to the left of a.</summary>
    public static float Cross(Vec2 a, Vec2 b) => a.X * b.Y - a.Y * b.X;

    /// <summary>The velocity that the angular velocity w gives to a point at r.</summary>
    public static Vec2 Cross(float w, Vec2 r) => new(-w * r.Y, w * r.X);

    /// <summary>A quarter turn clockwise: of an edge of a counter-clockwise polygon, the outward direction.</summary>
    public Vec2 TurnedRight() => new(Y, -X);

    public Vec2 Normalized()
    {
        float inverse = 1 / MathF.Sqrt(X * X + Y * Y);
        return new Vec2(X * inverse, Y * inverse);
    }
}
