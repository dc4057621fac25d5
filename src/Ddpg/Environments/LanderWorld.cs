using Ddpg.Environments.RigidBody2D;

namespace Ddpg.Environments;

/// <summary>The moon, the lander and its two legs as rigid bodies; lengths in metres, one metre being 30 pixels of the original picture.</summary>
internal sealed class LanderWorld
{
    public const double Width = 20, Height = 400 / 30.0;
    public const int Chunks = 11;
    private const double Scale = 30;

    private readonly World _world;

    /// <summary>Builds the world with the lander above the middle.</summary>
    /// <param name="heights">Twelve heights of the ground; those in the middle are replaced by the landing pad.</param>
    public LanderWorld(ReadOnlySpan<double> heights)
    {
        Terrain = MakeTerrain(heights);
        Segment[] ground = new Segment[Chunks];
        ground[0] = new Segment(default, new Vec2((float)Width, 0), 0.2f);
        for (int i = 1; i < Chunks; i++) ground[i] = new Segment(Terrain[i - 1], Terrain[i], 0.1f);

        Lander = new Body(
            new ConvexPolygon(Pixels(17, -10), Pixels(17, 0), Pixels(14, 17), Pixels(-14, 17), Pixels(-17, 0), Pixels(-17, -10)),
            new Vec2((float)(Width / 2), (float)Height), 0, density: 5, friction: 0.1f);
        (FirstLeg, RevoluteJoint first) = MakeLeg(-1);
        (SecondLeg, RevoluteJoint second) = MakeLeg(1);
        _world = new World(new Vec2(0, -10), ground, [SecondLeg, Lander, FirstLeg], [second, first])
        {
            TouchChanged = (body, touches) =>
            {
                if (body == Lander) Crashed |= touches;
                // A leg counts as off the ground as soon as it leaves any piece of it, even while it stands on the next; so does the original.
                else if (body == FirstLeg) FirstContact = touches;
                else SecondContact = touches;
            },
        };
    }

    /// <summary>The ground's corners, left to right.</summary>
    public Vec2[] Terrain { get; }

    public Body Lander { get; }

    /// <summary>The leg on the right of the picture; its contact is observation 6.</summary>
    public Body FirstLeg { get; }

    /// <summary>The leg on the left of the picture; its contact is observation 7.</summary>
    public Body SecondLeg { get; }

    public bool FirstContact { get; private set; }

    public bool SecondContact { get; private set; }

    /// <summary>Whether the hull has touched the ground.</summary>
    public bool Crashed { get; private set; }

    public bool Awake => _world.Awake;

    /// <summary>One fiftieth of a second.</summary>
    public void Step() => _world.Step(1 / 50f, velocityIterations: 6 * 30, positionIterations: 2 * 30);

    /// <summary>A blow on the lander, in N·s, at a place in the world; wakes it.</summary>
    public void Push(double impulseX, double impulseY, double x, double y)
    {
        Wake();
        Lander.ApplyImpulse(new Vec2((float)impulseX, (float)impulseY), new Vec2((float)x, (float)y));
    }

    /// <summary>How many numbers <see cref="Save"/> returns.</summary>
    public int SavedCount => 3 + WorldState.Count(_world);

    /// <summary>All that decides how it goes on.</summary>
    public double[] Save() => [Crashed ? 1 : 0, FirstContact ? 1 : 0, SecondContact ? 1 : 0, .. WorldState.Save(_world)];

    /// <summary>Takes up what <see cref="Save"/> returned, in a world of the same terrain.</summary>
    public void Restore(ReadOnlySpan<double> values)
    {
        (Crashed, FirstContact, SecondContact) = (values[0] != 0, values[1] != 0, values[2] != 0);
        WorldState.Restore(_world, values[3..]);
    }

    private static Vec2[] MakeTerrain(ReadOnlySpan<double> heights)
    {
        double[] h = heights.ToArray();
        for (int i = Chunks / 2 - 2; i <= Chunks / 2 + 2; i++) h[i] = Height / 4;
        Vec2[] corners = new Vec2[Chunks];
        for (int i = 0; i < Chunks; i++)
            corners[i] = new Vec2(2 * i, (float)(0.33 * (h[i == 0 ? Chunks : i - 1] + h[i] + h[i + 1])));   // index −1 is the last one
        return corners;
    }

    private (Body Leg, RevoluteJoint Joint) MakeLeg(int side)
    {
        Body leg = new(
            ConvexPolygon.Rectangle((float)(2 / Scale), (float)(8 / Scale)),
            new Vec2((float)(Width / 2 - side * 20 / Scale), (float)Height), (float)(side * 0.05), density: 1, friction: 0.2f);
        RevoluteJoint joint = new(Lander, leg, default, new Vec2((float)(side * 20 / Scale), (float)(18 / Scale)))
        {
            MaxMotorTorque = 40,
            MotorSpeed = (float)(0.3 * side),
            LowerAngle = side < 0 ? (float)(0.9 - 0.5) : -0.9f,
            UpperAngle = side < 0 ? 0.9f : (float)(-0.9 + 0.5),
        };
        return (leg, joint);
    }

    private static Vec2 Pixels(int x, int y) => new((float)(x / Scale), (float)(y / Scale));

    private void Wake()
    {
        if (_world.Awake) return;
        _world.Awake = true;
        foreach (Body body in _world.Bodies) body.TimeAtRest = 0;
    }
}
