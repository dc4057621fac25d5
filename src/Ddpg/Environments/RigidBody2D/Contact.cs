namespace Ddpg.Environments.RigidBody2D;

/// <summary>A body and a piece of ground that may touch: what touches, and the impulses that keep them apart.</summary>
/// <remarks>Sequential impulses with accumulated clamping; two points are solved together (the block solver of Box2D 2.4).</remarks>
internal sealed class Contact(Body body, Segment ground, int groundIndex)
{
    private readonly float _friction = MathF.Sqrt(body.Friction * ground.Friction);
    private Manifold _manifold;
    private Vec2 _normal, _tangent;
    private int _solved;                                     // points solved: 1 where a pair is too nearly dependent
    private float _k11, _k12, _k22, _m11, _m12, _m22;        // the pair's matrix and its inverse

    public Body Body { get; } = body;

    public Segment Ground { get; } = ground;

    /// <summary>Which piece of the world's ground that is; for checkpoints.</summary>
    public int GroundIndex { get; } = groundIndex;

    public bool Touching => _manifold.Count > 0;

    /// <summary>Whether the two were near each other in the last step; the world keeps the pairs that came near last at the front.</summary>
    public bool Near { get; set; }

    /// <summary>Where in the step (0 to 1) it next hits, when <see cref="ImpactTimeKnown"/>; for the world's search of the first impact.</summary>
    public float ImpactTime { get; set; }

    public bool ImpactTimeKnown { get; set; }

    public int Impacts { get; set; }

    /// <summary>What the next step starts from; for checkpoints.</summary>
    public Manifold Manifold
    {
        get => _manifold;
        set => _manifold = value;
    }

    /// <summary>Forgets the contact: the two are far apart.</summary>
    public void Clear() => _manifold.Count = 0;

    /// <summary>Looks where they touch now. A point that was there before keeps its impulses.</summary>
    public void Update()
    {
        (int oldCount, ContactPoint old1, ContactPoint old2) = (_manifold.Count, _manifold.First, _manifold.Second);
        SegmentPolygonCollision.Collide(ref _manifold, Ground, Body.Shape, Body.Placement);
        Inherit(ref _manifold.First);
        Inherit(ref _manifold.Second);

        void Inherit(ref ContactPoint point)
        {
            if (oldCount > 0 && old1.Feature == point.Feature)
                (point.NormalImpulse, point.TangentImpulse) = (old1.NormalImpulse, old1.TangentImpulse);
            else if (oldCount > 1 && old2.Feature == point.Feature)
                (point.NormalImpulse, point.TangentImpulse) = (old2.NormalImpulse, old2.TangentImpulse);
        }
    }

    /// <summary>The accumulated impulses. Those of an impact can be large and are not kept for the next step: save these before it and put them back after.</summary>
    public (float Normal1, float Tangent1, float Normal2, float Tangent2) Impulses
    {
        get => (_manifold.First.NormalImpulse, _manifold.First.TangentImpulse, _manifold.Second.NormalImpulse, _manifold.Second.TangentImpulse);
        set => (_manifold.First.NormalImpulse, _manifold.First.TangentImpulse, _manifold.Second.NormalImpulse, _manifold.Second.TangentImpulse) = value;
    }

    /// <summary>Prepares the velocity iterations, which start from <see cref="Impulses"/>.</summary>
    public void Prepare()
    {
        Transform placement = Transform.About(Body.Center, Body.Angle, Body.LocalCenter);
        _normal = _manifold.GroundIsReference ? _manifold.Normal : -placement.Turn(_manifold.Normal);
        _tangent = _normal.TurnedRight();
        PreparePoint(ref _manifold.First, placement);
        _solved = _manifold.Count;
        if (_solved < 2) return;

        PreparePoint(ref _manifold.Second, placement);
        float m = Body.InverseMass, i = Body.InverseInertia;
        float rn1 = Vec2.Cross(_manifold.First.Lever, _normal), rn2 = Vec2.Cross(_manifold.Second.Lever, _normal);
        (_k11, _k22, _k12) = (m + i * rn1 * rn1, m + i * rn2 * rn2, m + i * rn1 * rn2);
        float determinant = _k11 * _k22 - _k12 * _k12;
        if (_k11 * _k11 >= 1000 * determinant)
        {
            _solved = 1;
            return;
        }
        float inverse = 1 / determinant;
        (_m11, _m12, _m22) = (inverse * _k22, -inverse * _k12, inverse * _k11);
    }

    /// <summary>Starts from the last step's impulses.</summary>
    public void WarmStart()
    {
        Push(_manifold.First);
        if (_solved > 1) Push(_manifold.Second);

        void Push(in ContactPoint point)
        {
            Vec2 impulse = point.NormalImpulse * _normal + point.TangentImpulse * _tangent;
            Body.AngularVelocity += Body.InverseInertia * Vec2.Cross(point.Lever, impulse);
            Body.Velocity += Body.InverseMass * impulse;
        }
    }

    /// <summary>One velocity iteration. False when it changed nothing, bit for bit.</summary>
    public bool SolveVelocities()
    {
        (Vec2 v, float w, var before) = (Body.Velocity, Body.AngularVelocity, Impulses);
        // Friction first: that nothing overlaps matters more, so it has the last word.
        SolveFriction(ref _manifold.First);
        if (_solved > 1) SolveFriction(ref _manifold.Second);
        if (_solved > 1) SolvePair();
        else SolveNormal(ref _manifold.First);
        return v != Body.Velocity || w != Body.AngularVelocity || before != Impulses;
    }

    /// <summary>One position iteration: pushes out a part of each overlap. Returns the smallest separation (negative: overlap).</summary>
    public float SolvePositions(float part)
    {
        float smallest = SolvePosition(_manifold.First.Local, part);
        return _manifold.Count > 1 ? Math.Min(smallest, SolvePosition(_manifold.Second.Local, part)) : smallest;
    }

    private void PreparePoint(ref ContactPoint point, in Transform placement)
    {
        Vec2 where;
        if (_manifold.GroundIsReference)
        {
            Vec2 clip = placement.Apply(point.Local), onGround = clip + (Limits.Skin - Vec2.Dot(clip - _manifold.Point, _normal)) * _normal;
            where = 0.5f * (onGround + (clip - Limits.Skin * _normal));
        }
        else
        {
            Vec2 outward = -_normal, clip = point.Local, plane = placement.Apply(_manifold.Point);
            Vec2 onBody = clip + (Limits.Skin - Vec2.Dot(clip - plane, outward)) * outward;
            where = 0.5f * (clip - Limits.Skin * outward + onBody);
        }
        point.Lever = where - Body.Center;
        float rn = Vec2.Cross(point.Lever, _normal), rt = Vec2.Cross(point.Lever, _tangent);
        point.NormalMass = 1 / (Body.InverseMass + Body.InverseInertia * rn * rn);
        point.TangentMass = 1 / (Body.InverseMass + Body.InverseInertia * rt * rt);
    }

    private Vec2 VelocityAt(Vec2 lever) => Body.Velocity + Vec2.Cross(Body.AngularVelocity, lever);

    private void SolveFriction(ref ContactPoint point)
    {
        float largest = _friction * point.NormalImpulse, old = point.TangentImpulse;
        float wanted = old - point.TangentMass * Vec2.Dot(VelocityAt(point.Lever), _tangent);
        point.TangentImpulse = wanted > largest ? largest : wanted < -largest ? -largest : wanted;
        Vec2 impulse = (point.TangentImpulse - old) * _tangent;
        Body.Velocity += Body.InverseMass * impulse;
        Body.AngularVelocity += Body.InverseInertia * Vec2.Cross(point.Lever, impulse);
    }

    private void SolveNormal(ref ContactPoint point)
    {
        float old = point.NormalImpulse;
        float wanted = old - point.NormalMass * Vec2.Dot(VelocityAt(point.Lever), _normal);
        point.NormalImpulse = wanted > 0 ? wanted : 0;
        Vec2 impulse = (point.NormalImpulse - old) * _normal;
        Body.Velocity += Body.InverseMass * impulse;
        Body.AngularVelocity += Body.InverseInertia * Vec2.Cross(point.Lever, impulse);
    }

    // The two normal impulses x solve: velocity Kx + b ≥ 0, x ≥ 0, and no impulse where the points part. Of the four cases the first that fits is taken.
    private void SolvePair()
    {
        float a1 = _manifold.First.NormalImpulse, a2 = _manifold.Second.NormalImpulse;
        float b1 = Vec2.Dot(VelocityAt(_manifold.First.Lever), _normal) - (_k11 * a1 + _k12 * a2);
        float b2 = Vec2.Dot(VelocityAt(_manifold.Second.Lever), _normal) - (_k12 * a1 + _k22 * a2);

        float x1 = -(_m11 * b1 + _m12 * b2), x2 = -(_m12 * b1 + _m22 * b2);   // both hold
        bool solved = x1 >= 0 && x2 >= 0;
        if (!solved)
        {
            (x1, x2) = (-_manifold.First.NormalMass * b1, 0);                 // the first holds, the second parts
            solved = x1 >= 0 && _k12 * x1 + b2 >= 0;
        }
        if (!solved)
        {
            (x1, x2) = (0, -_manifold.Second.NormalMass * b2);                // the second holds
            solved = x2 >= 0 && _k12 * x2 + b1 >= 0;
        }
        if (!solved)
        {
            (x1, x2) = (0, 0);                                                // both part
            solved = b1 >= 0 && b2 >= 0;
        }
        if (!solved) return;   // rounding has left no case; the next iteration will

        Vec2 p1 = (x1 - a1) * _normal, p2 = (x2 - a2) * _normal;
        Body.Velocity += Body.InverseMass * (p1 + p2);
        Body.AngularVelocity += Body.InverseInertia * (Vec2.Cross(_manifold.First.Lever, p1) + Vec2.Cross(_manifold.Second.Lever, p2));
        (_manifold.First.NormalImpulse, _manifold.Second.NormalImpulse) = (x1, x2);
    }

    private float SolvePosition(Vec2 local, float part)
    {
        Transform placement = Transform.About(Body.Center, Body.Angle, Body.LocalCenter);
        (Vec2 normal, Vec2 point, float separation) = Separation(placement, local);
        Vec2 lever = point - Body.Center;
        float push = Math.Clamp(part * (separation + Limits.LinearSlop), -Limits.MaxLinearCorrection, 0);
        float rn = Vec2.Cross(lever, normal);
        Vec2 impulse = -push / (Body.InverseMass + Body.InverseInertia * rn * rn) * normal;
        Body.Center += Body.InverseMass * impulse;
        Body.Angle += Body.InverseInertia * Vec2.Cross(lever, impulse);
        return separation;
    }

    private (Vec2 Normal, Vec2 Point, float Separation) Separation(in Transform placement, Vec2 local)
    {
        if (_manifold.GroundIsReference)
        {
            Vec2 point = placement.Apply(local);
            return (_manifold.Normal, point, Vec2.Dot(point - _manifold.Point, _manifold.Normal) - Limits.Skin - Limits.Skin);
        }
        Vec2 outward = placement.Turn(_manifold.Normal);
        return (-outward, local, Vec2.Dot(local - placement.Apply(_manifold.Point), outward) - Limits.Skin - Limits.Skin);
    }
}
