namespace Ddpg.Environments.RigidBody2D;

/// <summary>One of the at most two points where a polygon touches the ground.</summary>
/// <remarks>A struct in a fixed array: nothing is allocated in a step.</remarks>
internal struct ContactPoint
{
    /// <summary>Which corner or edge meets which; the same number in the next step means the same point, which then starts from its last impulses.</summary>
    public int Feature;

    /// <summary>In the coordinates of the shape that does not give the reference edge.</summary>
    public Vec2 Local;

    public float NormalImpulse, TangentImpulse;

    // For the iterations of one step: the lever from the body's centre, the masses felt along normal and tangent.
    public Vec2 Lever;
    public float NormalMass, TangentMass;
}
