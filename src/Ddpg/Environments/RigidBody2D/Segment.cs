namespace Ddpg.Environments.RigidBody2D;

/// <summary>A piece of immovable ground between two points, solid from both sides.</summary>
internal sealed class Segment(Vec2 start, Vec2 end, float friction)
{
    public Vec2 Start { get; } = start;

    public Vec2 End { get; } = end;

    public float Friction { get; } = friction;

    public Vec2 Direction { get; } = (end - start).Normalized();

    public Vec2 Normal { get; } = (end - start).Normalized().TurnedRight();

    public bool MayTouch(Vec2 low, Vec2 high) =>
        Math.Min(Start.X, End.X) - Limits.Skin <= high.X && Math.Max(Start.X, End.X) + Limits.Skin >= low.X
        && Math.Min(Start.Y, End.Y) - Limits.Skin <= high.Y && Math.Max(Start.Y, End.Y) + Limits.Skin >= low.Y;
}
