namespace Ddpg.Environments.RigidBody2D;

/// <summary>A moving polygon. Its centre of mass and angle are known at the start of the step and at its end; an impact in between moves the start.</summary>
internal sealed class Body
{
    public Body(ConvexPolygon shape, Vec2 position, float angle, float density, float friction)
    {
        (Shape, Friction) = (shape, friction);
        (float mass, Vec2 center, float inertia) = shape.MassOf(density);
        Vec2 weighted = mass * center;
        (Mass, InverseMass) = (mass, 1 / mass);
        LocalCenter = InverseMass * weighted;
        Inertia = inertia - mass * LocalCenter.LengthSquared;
        InverseInertia = 1 / Inertia;
        Placement = Transform.About(position, angle, default);
        (Center, Angle) = (Placement.Apply(LocalCenter), angle);
        (StartCenter, StartAngle) = (Center, Angle);
    }

    public ConvexPolygon Shape { get; }

    public float Friction { get; }

    public float Mass { get; }

    public float InverseMass { get; }

    /// <summary>About the centre of mass.</summary>
    public float Inertia { get; }

    public float InverseInertia { get; }

    public Vec2 LocalCenter { get; }

    /// <summary>Where the body is now.</summary>
    public Transform Placement { get; private set; }

    public Vec2 Center { get; set; }

    public float Angle { get; set; }

    public Vec2 StartCenter { get; private set; }

    public float StartAngle { get; private set; }

    /// <summary>The part of the step that lies before the start; above 0 only after an impact.</summary>
    public float StartTime { get; private set; }

    public Vec2 Velocity { get; set; }

    public float AngularVelocity { get; set; }

    /// <summary>Acts on the centre of mass during the next step.</summary>
    public Vec2 Force { get; set; }

    public float TimeAtRest { get; set; }

    /// <summary>Changes the velocities at once, as a blow at <paramref name="point"/> (world coordinates) would.</summary>
    public void ApplyImpulse(Vec2 impulse, Vec2 point)
    {
        Velocity += InverseMass * impulse;
        AngularVelocity += InverseInertia * Vec2.Cross(point - Center, impulse);
    }

    /// <summary>The present is where the step starts.</summary>
    public void BeginStep() => (StartCenter, StartAngle, StartTime) = (Center, Angle, 0);

    /// <summary>After an impact: the rest of the step starts from the present.</summary>
    public void BeginRest() => (StartCenter, StartAngle) = (Center, Angle);

    /// <summary>Moves on by the velocities, within the limits of one step.</summary>
    public void Move(float time)
    {
        Vec2 translation = time * Velocity;
        if (translation.LengthSquared > Limits.MaxTranslation * Limits.MaxTranslation)
            Velocity = Limits.MaxTranslation / MathF.Sqrt(translation.LengthSquared) * Velocity;
        float rotation = time * AngularVelocity;
        if (rotation * rotation > Limits.MaxRotation * Limits.MaxRotation)
            AngularVelocity *= Limits.MaxRotation / Math.Abs(rotation);
        Center += time * Velocity;
        Angle += time * AngularVelocity;
    }

    public void Place() => Placement = Transform.About(Center, Angle, LocalCenter);

    /// <summary>Where the body was at a part (0 to 1) of the way from start to present.</summary>
    public Transform PlacementAt(float part) =>
        Transform.About((1 - part) * StartCenter + part * Center, (1 - part) * StartAngle + part * Angle, LocalCenter);

    /// <summary>Goes back to the moment of an impact: <paramref name="time"/> is a part of the whole step.</summary>
    public void GoTo(float time)
    {
        float part = (time - StartTime) / (1 - StartTime);
        StartCenter += part * (Center - StartCenter);
        StartAngle += part * (Angle - StartAngle);
        (StartTime, Center, Angle) = (time, StartCenter, StartAngle);
        Place();
    }

    /// <summary>All of the movement, to undo a <see cref="GoTo"/>.</summary>
    public (Vec2 StartCenter, float StartAngle, float StartTime, Vec2 Center, float Angle) Movement
    {
        get => (StartCenter, StartAngle, StartTime, Center, Angle);
        set
        {
            (StartCenter, StartAngle, StartTime, Center, Angle) = value;
            Place();
        }
    }

    /// <summary>The box round the shape and its skin, where it is now.</summary>
    public (Vec2 Low, Vec2 High) Bounds()
    {
        float left = float.MaxValue, bottom = float.MaxValue, right = float.MinValue, top = float.MinValue;
        foreach (Vec2 vertex in Shape.Vertices)
        {
            Vec2 corner = Placement.Apply(vertex);
            (left, right, bottom, top) = (Math.Min(left, corner.X), Math.Max(right, corner.X), Math.Min(bottom, corner.Y), Math.Max(top, corner.Y));
        }
        return (new Vec2(left - Limits.Skin, bottom - Limits.Skin), new Vec2(right + Limits.Skin, top + Limits.Skin));
    }
}
