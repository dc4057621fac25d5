namespace Ddpg.Environments.RigidBody2D;

/// <summary>A world between two steps as a row of numbers: places, speeds, the impulses that the next step starts from, and the order of the contacts.</summary>
internal static class WorldState
{
    private const int PerBody = 9, PerJoint = 5, PerContact = 9;

    /// <summary>How many numbers.</summary>
    public static int Count(World world) => 1 + PerBody * world.Bodies.Count + PerJoint * world.Joints.Count + PerContact * world.Contacts.Length;

    public static List<double> Save(World world)
    {
        List<double> values = [world.Awake ? 1 : 0];
        foreach (Body b in world.Bodies)
            values.AddRange([b.Center.X, b.Center.Y, b.Angle, b.Velocity.X, b.Velocity.Y, b.AngularVelocity, b.Force.X, b.Force.Y, b.TimeAtRest]);
        foreach (RevoluteJoint joint in world.Joints)
        {
            (Vec2 point, float motor, float lower, float upper) = joint.Impulses;
            values.AddRange([point.X, point.Y, motor, lower, upper]);
        }
        foreach (Contact contact in world.Contacts)
        {
            Manifold m = contact.Manifold;
            values.AddRange([
                contact.GroundIndex, contact.Near ? 1 : 0, m.Count,
                m.First.Feature, m.First.NormalImpulse, m.First.TangentImpulse, m.Second.Feature, m.Second.NormalImpulse, m.Second.TangentImpulse]);
        }
        return values;
    }

    /// <summary>Takes up what <see cref="Save"/> returned of a world with the same bodies, joints and ground.</summary>
    public static void Restore(World world, ReadOnlySpan<double> values)
    {
        Reader read = new(values);
        world.Awake = read.Next() != 0;
        foreach (Body b in world.Bodies)
        {
            (b.Center, b.Angle) = (new Vec2(read.Next(), read.Next()), read.Next());
            (b.Velocity, b.AngularVelocity) = (new Vec2(read.Next(), read.Next()), read.Next());
            (b.Force, b.TimeAtRest) = (new Vec2(read.Next(), read.Next()), read.Next());
            b.Place();
        }
        foreach (RevoluteJoint joint in world.Joints)
            joint.Impulses = (new Vec2(read.Next(), read.Next()), read.Next(), read.Next(), read.Next());
        for (int i = 0; i < world.Contacts.Length; i++)
        {
            // Within each body's block the order is part of the state.
            int index = (int)read.Next(), end = (i / world.GroundCount + 1) * world.GroundCount;
            int at = Array.FindIndex(world.Contacts, i, end - i, contact => contact.GroundIndex == index);
            if (at < 0) throw new ArgumentException($"The snapshot is damaged: contact {i} names ground {index}, which is missing or named twice.");
            (world.Contacts[i], world.Contacts[at]) = (world.Contacts[at], world.Contacts[i]);
            world.Contacts[i].Near = read.Next() != 0;
            world.Contacts[i].Manifold = new Manifold
            {
                Count = (int)read.Next(),
                First = new ContactPoint { Feature = (int)read.Next(), NormalImpulse = read.Next(), TangentImpulse = read.Next() },
                Second = new ContactPoint { Feature = (int)read.Next(), NormalImpulse = read.Next(), TangentImpulse = read.Next() },
            };
        }
    }

    private ref struct Reader(ReadOnlySpan<double> values)
    {
        private readonly ReadOnlySpan<double> _values = values;
        private int _next;

        public float Next() => (float)_values[_next++];
    }
}
