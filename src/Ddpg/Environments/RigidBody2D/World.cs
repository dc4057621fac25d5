namespace Ddpg.Environments.RigidBody2D;

/// <summary>
/// Polygons hinged to one another, over ground made of segments: gravity, joints, contacts with friction, impacts within the step, and sleep.
/// The bodies do not collide among themselves and form one island: they sleep and wake together.
/// </summary>
/// <remarks>
/// Float32, and the order of operations of Erin Catto's Box2D 2.4, so that trajectories agree with it step by step until rounding tells (measured in the tests).
/// Not supported, because the lander needs none of it: bounce, bodies that hit each other, damping, sensors, moving ground. A step allocates nothing.
/// </remarks>
internal sealed class World(Vec2 gravity, Segment[] ground, Body[] bodies, RevoluteJoint[] joints)
{
    private readonly Contact[] _active = new Contact[ground.Length * bodies.Length];
    private int _activeCount;

    public int GroundCount => ground.Length;

    public IReadOnlyList<Body> Bodies => bodies;

    public IReadOnlyList<RevoluteJoint> Joints => joints;

    /// <summary>Every pair of body and ground: for each body in its order a block, in which the pair that came near last stands first.</summary>
    public Contact[] Contacts { get; } = [.. from body in bodies from i in Enumerable.Range(0, ground.Length) select new Contact(body, ground[i], i)];

    public bool Awake { get; set; } = true;

    /// <summary>Called whenever a body begins (true) or ceases (false) to touch a piece of ground.</summary>
    public Action<Body, bool>? TouchChanged { get; set; }

    /// <summary>Moves everything on by <paramref name="time"/> seconds.</summary>
    public void Step(float time, int velocityIterations, int positionIterations)
    {
        if (Awake)
        {
            for (int i = 0; i < bodies.Length; i++) Touch(bodies[i], Contacts.AsSpan(i * ground.Length, ground.Length));
            Solve(time, velocityIterations, positionIterations);
            SolveImpacts(time, velocityIterations);
        }
        foreach (Body body in bodies) body.Force = default;
    }

    // Box2D makes a contact when the bounds, 0.1 m wider, first meet, and looks at the newest first; what is told last when a leg
    // slides from one piece of ground to the next depends on that.
    private void Touch(Body body, Span<Contact> contacts)
    {
        const float margin = 0.1f;
        (Vec2 low, Vec2 high) = body.Bounds();
        Vec2 wideLow = new(low.X - margin, low.Y - margin), wideHigh = new(high.X + margin, high.Y + margin);
        for (int i = 0; i < contacts.Length; i++)
        {
            Contact contact = contacts[i];
            bool wasNear = contact.Near;
            contact.Near = contact.Ground.MayTouch(wideLow, wideHigh);
            if (wasNear || !contact.Near) continue;
            contacts[..i].CopyTo(contacts[1..]);
            contacts[0] = contact;
        }
        foreach (Contact contact in contacts)
            if (contact.Near || contact.Touching) Update(contact, contact.Ground.MayTouch(low, high));
    }

    private void Update(Contact contact, bool near)
    {
        bool before = contact.Touching;
        if (near) contact.Update();
        else contact.Clear();
        if (contact.Touching != before) TouchChanged?.Invoke(contact.Body, contact.Touching);
    }

    private void Solve(float time, int velocityIterations, int positionIterations)
    {
        foreach (Body body in bodies)
        {
            body.BeginStep();
            body.Velocity += time * body.InverseMass * (body.Mass * gravity + body.Force);
        }
        _activeCount = 0;
        foreach (Contact contact in Contacts)
            if (contact.Touching) _active[_activeCount++] = contact;
        ReadOnlySpan<Contact> active = _active.AsSpan(0, _activeCount);

        foreach (Contact contact in active) contact.Prepare();
        foreach (Contact contact in active) contact.WarmStart();
        foreach (RevoluteJoint joint in joints) joint.Prepare(time);
        for (int i = 0; i < velocityIterations; i++)
        {
            bool changed = false;
            foreach (RevoluteJoint joint in joints) changed |= joint.SolveVelocities();
            foreach (Contact contact in active) changed |= contact.SolveVelocities();
            if (!changed) break;   // the same in, the same out: all further iterations would change nothing
        }
        foreach (Body body in bodies) body.Move(time);

        bool settled = false;
        for (int i = 0; i < positionIterations && !settled; i++)
        {
            float separation = 0;
            foreach (Contact contact in active) separation = Math.Min(separation, contact.SolvePositions(Limits.PushOut));
            settled = separation >= -3 * Limits.LinearSlop;
            foreach (RevoluteJoint joint in joints) settled &= joint.SolvePositions();
        }
        foreach (Body body in bodies) body.Place();
        FallAsleep(time, settled);
    }

    private void FallAsleep(float time, bool settled)
    {
        float shortest = float.MaxValue;
        foreach (Body body in bodies)
        {
            bool moves = body.AngularVelocity * body.AngularVelocity > Limits.SleepAngularSpeed * Limits.SleepAngularSpeed
                || body.Velocity.LengthSquared > Limits.SleepLinearSpeed * Limits.SleepLinearSpeed;
            body.TimeAtRest = moves ? 0 : body.TimeAtRest + time;
            shortest = Math.Min(shortest, body.TimeAtRest);
        }
        if (shortest < Limits.TimeToSleep || !settled) return;
        Awake = false;
        foreach (Body body in bodies) (body.Velocity, body.AngularVelocity) = (default, 0);
    }

    /// <summary>Impacts within the step, the earliest first: the body that hits goes back to that moment and does the rest of the step from there.</summary>
    private void SolveImpacts(float time, int velocityIterations)
    {
        if (!Awake) return;
        foreach (Contact contact in Contacts) (contact.Impacts, contact.ImpactTimeKnown) = (0, false);
        while (FirstImpact() is Contact first && first.ImpactTime < 1 - 10 * 1.1920929e-7f)
        {
            Body body = first.Body;
            float impactTime = first.ImpactTime;
            var before = body.Movement;
            body.GoTo(impactTime);
            Update(first, near: true);
            first.ImpactTimeKnown = false;
            first.Impacts++;
            if (!first.Touching)
            {
                // Too shallow for a contact after all. It is not looked at again in this step.
                body.Movement = before;
                (first.ImpactTime, first.ImpactTimeKnown) = (1, true);
                continue;
            }
            SolveRest(first, impactTime, time, velocityIterations);
            foreach (Contact contact in Contacts)
                if (contact.Body == body) contact.ImpactTimeKnown = false;
        }
    }

    private Contact? FirstImpact()
    {
        Contact? first = null;
        float earliest = 1;
        foreach (Contact contact in Contacts)
        {
            if (contact.Impacts > Limits.MaxImpacts) continue;
            if (!contact.ImpactTimeKnown)
            {
                Body body = contact.Body;
                float part = MayHit(contact) ? TimeOfImpact.Find(body, contact.Ground) : 1;
                contact.ImpactTime = part < 1 ? Math.Min(body.StartTime + (1 - body.StartTime) * part, 1) : 1;
                contact.ImpactTimeKnown = true;
            }
            if (contact.ImpactTime < earliest) (first, earliest) = (contact, contact.ImpactTime);
        }
        return first;
    }

    // A circle round the whole movement: cheap, and never says no to a body that hits.
    private static bool MayHit(Contact contact)
    {
        (Vec2 low, Vec2 high) = contact.Body.Bounds();
        Vec2 moved = contact.Body.Center - contact.Body.StartCenter;
        float reach = Math.Abs(moved.X) + Math.Abs(moved.Y) + Math.Abs(contact.Body.Angle - contact.Body.StartAngle) * (high.X - low.X + high.Y - low.Y);
        return contact.Ground.MayTouch(new Vec2(low.X - reach, low.Y - reach), new Vec2(high.X + reach, high.Y + reach));
    }

    // Only this body and what it touches; joints follow in the next step, as in Box2D.
    private void SolveRest(Contact first, float impactTime, float time, int velocityIterations)
    {
        Body body = first.Body;
        (Vec2 low, Vec2 high) = body.Bounds();
        _activeCount = 0;
        _active[_activeCount++] = first;
        foreach (Contact contact in Contacts)
        {
            if (contact == first || contact.Body != body) continue;
            Update(contact, contact.Ground.MayTouch(low, high));
            if (contact.Touching) _active[_activeCount++] = contact;
        }
        ReadOnlySpan<Contact> active = _active.AsSpan(0, _activeCount);

        for (int i = 0; i < Limits.ImpactIterations; i++)
        {
            float separation = 0;
            foreach (Contact contact in active) separation = Math.Min(separation, contact.SolvePositions(Limits.ImpactPushOut));
            if (separation >= -1.5f * Limits.LinearSlop) break;
        }
        body.BeginRest();

        Span<(float, float, float, float)> kept = stackalloc (float, float, float, float)[active.Length];
        for (int i = 0; i < active.Length; i++)
        {
            kept[i] = active[i].Impulses;
            active[i].Impulses = default;
            active[i].Prepare();
        }
        for (int i = 0; i < velocityIterations; i++)
        {
            bool changed = false;
            foreach (Contact contact in active) changed |= contact.SolveVelocities();
            if (!changed) break;
        }
        for (int i = 0; i < active.Length; i++) active[i].Impulses = kept[i];
        body.Move((1 - impactTime) * time);
        body.Place();
    }
}
