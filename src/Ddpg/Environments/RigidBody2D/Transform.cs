using Ddpg.Numerics;

namespace Ddpg.Environments.RigidBody2D;

/// <summary>From a body's own coordinates to the world's: turn, then shift.</summary>
internal readonly record struct Transform(Vec2 Position, float Sin, float Cos)
{
    /// <summary>The placement of a body whose local point <paramref name="localCenter"/> is at <paramref name="center"/>.</summary>
    public static Transform About(Vec2 center, float angle, Vec2 localCenter)
    {
        (double sin, double cos) = PortableMath.SinCos(angle);
        Transform turn = new(default, (float)sin, (float)cos);
        return turn with { Position = center - turn.Turn(localCenter) };
    }

    public Vec2 Turn(Vec2 v) => new(Cos * v.X - Sin * v.Y, Sin * v.X + Cos * v.Y);

    public Vec2 TurnBack(Vec2 v) => new(Cos * v.X + Sin * v.Y, -Sin * v.X + Cos * v.Y);

    public Vec2 Apply(Vec2 v) => new(Cos * v.X - Sin * v.Y + Position.X, Sin * v.X + Cos * v.Y + Position.Y);

    public Vec2 ApplyBack(Vec2 v) => TurnBack(v - Position);
}
