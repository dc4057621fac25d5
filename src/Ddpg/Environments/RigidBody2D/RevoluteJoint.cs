namespace Ddpg.Environments.RigidBody2D;

/// <summary>A hinge between two bodies: a common point, a motor that drives their relative angle, and two stops.</summary>
internal sealed class RevoluteJoint(Body a, Body b, Vec2 anchorA, Vec2 anchorB)
{
    private readonly Body _a = a, _b = b;
    private readonly float _axialMass = 1 / (a.InverseInertia + b.InverseInertia);
    private Vec2 _rA, _rB, _pointImpulse;
    private float _motorImpulse, _lowerImpulse, _upperImpulse, _largestMotorImpulse, _speedToLower, _speedToUpper;
    private float _k11, _k12, _k22, _inverseDeterminant;

    public float LowerAngle { get; init; }

    public float UpperAngle { get; init; }

    public float MotorSpeed { get; init; }

    public float MaxMotorTorque { get; init; }

    /// <summary>The impulses that the next step starts from; for checkpoints.</summary>
    public (Vec2 Point, float Motor, float Lower, float Upper) Impulses
    {
        get => (_pointImpulse, _motorImpulse, _lowerImpulse, _upperImpulse);
        set => (_pointImpulse, _motorImpulse, _lowerImpulse, _upperImpulse) = value;
    }

    /// <summary>Prepares the velocity iterations and starts them from the last step's impulses (warm starting).</summary>
    public void Prepare(float time)
    {
        Transform placementA = Transform.About(_a.Center, _a.Angle, _a.LocalCenter), placementB = Transform.About(_b.Center, _b.Angle, _b.LocalCenter);
        _rA = placementA.Turn(anchorA - _a.LocalCenter);
        _rB = placementB.Turn(anchorB - _b.LocalCenter);
        (_k11, _k12, _k22) = PointMatrix(_rA, _rB);
        _inverseDeterminant = 1 / (_k11 * _k22 - _k12 * _k12);
        // Before a stop the joint may turn as fast as brings it there in this step; beyond it, not at all.
        float angle = _b.Angle - _a.Angle, inverseTime = 1 / time;
        _speedToLower = Math.Max(angle - LowerAngle, 0) * inverseTime;
        _speedToUpper = Math.Max(UpperAngle - angle, 0) * inverseTime;
        _largestMotorImpulse = time * MaxMotorTorque;
        Push(_pointImpulse, _motorImpulse + _lowerImpulse - _upperImpulse);
    }

    /// <summary>One velocity iteration. False when it changed nothing, bit for bit.</summary>
    public bool SolveVelocities()
    {
        Vec2 vA = _a.Velocity, vB = _b.Velocity;
        float wA = _a.AngularVelocity, wB = _b.AngularVelocity, iA = _a.InverseInertia, iB = _b.InverseInertia;

        // Motor: the relative speed goes to MotorSpeed as far as the torque allows.
        float motor = _motorImpulse - _axialMass * (wB - wA - MotorSpeed);
        motor = motor > _largestMotorImpulse ? _largestMotorImpulse : motor < -_largestMotorImpulse ? -_largestMotorImpulse : motor;
        float turn = motor - _motorImpulse;
        bool changed = turn != 0;
        wA -= iA * turn;
        wB += iB * turn;

        // Stops: they push only.
        float lower = _lowerImpulse - _axialMass * (wB - wA + _speedToLower);
        lower = lower > 0 ? lower : 0;
        turn = lower - _lowerImpulse;
        changed |= turn != 0;
        wA -= iA * turn;
        wB += iB * turn;

        float upper = _upperImpulse - _axialMass * (wA - wB + _speedToUpper);
        upper = upper > 0 ? upper : 0;
        turn = upper - _upperImpulse;
        changed |= turn != 0;
        wA += iA * turn;
        wB -= iB * turn;

        // The common point.
        Vec2 gapSpeed = vB + Vec2.Cross(wB, _rB) - vA - Vec2.Cross(wA, _rA);
        Vec2 push = Solve(_k11, _k12, _k22, _inverseDeterminant, -gapSpeed), point = _pointImpulse + push;
        changed |= point != _pointImpulse;
        vA -= _a.InverseMass * push;
        wA -= iA * Vec2.Cross(_rA, push);
        vB += _b.InverseMass * push;
        wB += iB * Vec2.Cross(_rB, push);

        // Tiny impulses may add up without moving a velocity, so both must stand still.
        changed |= vA != _a.Velocity || vB != _b.Velocity || wA != _a.AngularVelocity || wB != _b.AngularVelocity;
        (_motorImpulse, _lowerImpulse, _upperImpulse, _pointImpulse) = (motor, lower, upper, point);
        (_a.Velocity, _b.Velocity, _a.AngularVelocity, _b.AngularVelocity) = (vA, vB, wA, wB);
        return changed;
    }

    /// <summary>One position iteration. True when the joint is where it belongs.</summary>
    public bool SolvePositions()
    {
        float angle = _b.Angle - _a.Angle, error = 0;
        if (angle <= LowerAngle)
            error = Math.Clamp(angle - LowerAngle + Limits.AngularSlop, -Limits.MaxAngularCorrection, 0);
        else if (angle >= UpperAngle)
            error = Math.Clamp(angle - UpperAngle - Limits.AngularSlop, 0, Limits.MaxAngularCorrection);
        float turn = -_axialMass * error;
        _a.Angle -= _a.InverseInertia * turn;
        _b.Angle += _b.InverseInertia * turn;

        Vec2 rA = Transform.About(default, _a.Angle, default).Turn(anchorA - _a.LocalCenter);
        Vec2 rB = Transform.About(default, _b.Angle, default).Turn(anchorB - _b.LocalCenter);
        Vec2 gap = _b.Center + rB - _a.Center - rA;
        (float k11, float k12, float k22) = PointMatrix(rA, rB);
        Vec2 push = -Solve(k11, k12, k22, 1 / (k11 * k22 - k12 * k12), gap);
        _a.Center -= _a.InverseMass * push;
        _a.Angle -= _a.InverseInertia * Vec2.Cross(rA, push);
        _b.Center += _b.InverseMass * push;
        _b.Angle += _b.InverseInertia * Vec2.Cross(rB, push);
        return MathF.Sqrt(gap.LengthSquared) <= Limits.LinearSlop && Math.Abs(error) <= Limits.AngularSlop;
    }

    private void Push(Vec2 push, float turn)
    {
        _a.Velocity -= _a.InverseMass * push;
        _a.AngularVelocity -= _a.InverseInertia * (Vec2.Cross(_rA, push) + turn);
        _b.Velocity += _b.InverseMass * push;
        _b.AngularVelocity += _b.InverseInertia * (Vec2.Cross(_rB, push) + turn);
    }

    // How the point's relative velocity answers to an impulse: symmetric 2 × 2.
    private (float K11, float K12, float K22) PointMatrix(Vec2 rA, Vec2 rB)
    {
        float mA = _a.InverseMass, mB = _b.InverseMass, iA = _a.InverseInertia, iB = _b.InverseInertia;
        return (mA + mB + rA.Y * rA.Y * iA + rB.Y * rB.Y * iB, -rA.Y * rA.X * iA - rB.Y * rB.X * iB, mA + mB + rA.X * rA.X * iA + rB.X * rB.X * iB);
    }

    private static Vec2 Solve(float k11, float k12, float k22, float inverseDeterminant, Vec2 v) =>
        new(inverseDeterminant * (k22 * v.X - k12 * v.Y), inverseDeterminant * (k11 * v.Y - k12 * v.X));
}
