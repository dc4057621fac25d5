namespace Ddpg.Environments.RigidBody2D;

/// <summary>Where two shapes touch: a reference edge of one of them, and the points of the other near it.</summary>
internal struct Manifold
{
    /// <summary>How many points, 0 to 2.</summary>
    public int Count;

    public ContactPoint First, Second;

    /// <summary>Whether the reference edge is the ground's (else the polygon's).</summary>
    public bool GroundIsReference;

    /// <summary>The reference edge's outward direction and a point on it, in the coordinates of its own shape.</summary>
    public Vec2 Normal, Point;
}
