using Ddpg.Environments;
using Ddpg.Environments.RigidBody2D;

namespace Ddpg.Tests.Environments;

[Trait("Speed", "tiny")]
public sealed class RigidBody2DTests
{
    private static readonly Vec2 Gravity = new(0, -10);

    [Fact]
    public void The_landers_masses_are_the_published_ones()
    {
        LanderWorld world = new(new double[12]);
        Assert.Equal(4.8167, world.Lander.Mass, 5e-5);
        Assert.Equal(0.10131, world.Lander.LocalCenter.Y, 5e-6);
        Assert.Equal(0, world.Lander.LocalCenter.X, 1e-6);
        Assert.Equal(0.78388, world.Lander.Inertia, 5e-6);
        Assert.Equal(0.0711, world.FirstLeg.Mass, 5e-5);
        Assert.Equal(0.001791, world.SecondLeg.Inertia, 5e-7);
    }

    [Fact]
    public void A_free_body_keeps_its_spin_and_falls_by_the_semi_implicit_rule()
    {
        Body body = new(ConvexPolygon.Rectangle(0.3f, 0.1f), new Vec2(0, 50), 0.4f, 1, 0) { Velocity = new Vec2(2, 3), AngularVelocity = 1.5f };
        World world = new(Gravity, [new Segment(new Vec2(-100, 0), new Vec2(100, 0), 0)], [body], []);
        const int n = 50;
        for (int i = 0; i < n; i++) world.Step(0.02f, 8, 3);
        // vₙ = v₀ − 10·0.02n, and the sum of the velocities times 0.02 for the height.
        Assert.Equal(2, body.Center.X, 1e-4);
        Assert.Equal(50 + 3 - 10 * 0.02 * 0.02 * n * (n + 1) / 2, body.Center.Y, 1e-3);
        Assert.Equal(0.4 + 1.5, body.Angle, 1e-4);
        Assert.Equal(1.5f, body.AngularVelocity);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(99)]    // 2 m in one step: twenty times the body's height
    [InlineData(1000)]  // beyond the largest move of a step
    public void A_fast_body_does_not_pass_through_the_ground(float speed)
    {
        Body body = new(ConvexPolygon.Rectangle(0.05f, 0.05f), new Vec2(0, 3), 0.3f, 1, 0.5f) { Velocity = new Vec2(0, -speed), AngularVelocity = 2 };
        World world = new(Gravity, [new Segment(new Vec2(-1000, 0), new Vec2(1000, 0), 0.5f)], [body], []);
        for (int i = 0; i < 400; i++)
        {
            world.Step(0.02f, 60, 60);
            Assert.True(body.Center.Y > 0.03f, $"step {i}: centre at {body.Center.Y}");
        }
        Assert.Equal(0.05, body.Center.Y, 0.02);
        Assert.False(world.Awake);
    }

    [Fact]
    public void Ground_is_solid_from_below_too()
    {
        Body body = new(ConvexPolygon.Rectangle(0.05f, 0.05f), new Vec2(0, -3), 0, 1, 0) { Velocity = new Vec2(0, 60) };
        World world = new(default, [new Segment(new Vec2(-10, 0), new Vec2(10, 0), 0)], [body], []);
        for (int i = 0; i < 20; i++) world.Step(0.02f, 20, 20);
        Assert.InRange(body.Center.Y, -0.2f, -0.03f);
    }

    [Theory]
    [InlineData(0.2f, true)]    // tan 0.2 = 0.203 < 0.5: friction holds
    [InlineData(0.7f, false)]   // tan 0.7 = 0.842 > 0.5: it slides, at g(sin α − μ cos α)
    public void Friction_holds_on_a_gentle_slope_and_gives_way_on_a_steep_one(float slope, bool holds)
    {
        Vec2 along = new(MathF.Cos(slope), MathF.Sin(slope)), across = new(-along.Y, along.X);
        Vec2 at = 0.112f * across;
        Body body = new(ConvexPolygon.Rectangle(0.3f, 0.1f), at, slope, 1, 0.5f);
        World world = new(Gravity, [new Segment(-20 * along, 20 * along, 0.5f)], [body], []);
        for (int i = 0; i < 50; i++) world.Step(0.02f, 60, 20);
        double moved = -Vec2.Dot(body.Center - at, along);
        double expected = holds ? 0 : 0.5 * 10 * (Math.Sin(slope) - 0.5 * Math.Cos(slope));
        Assert.Equal(expected, moved, 0.05);
        Assert.Equal(slope, body.Angle, 0.02);
    }

    [Fact]
    public void A_joint_holds_together_and_keeps_momentum()
    {
        LanderWorld world = new(new double[12]);
        world.Lander.Velocity = new Vec2(1, 4);
        world.Lander.AngularVelocity = 2;
        Vec2 before = Momentum(world);
        for (int i = 1; i <= 40; i++)
        {
            world.Step();
            Vec2 expected = before + i * 0.02f * (world.Lander.Mass + world.FirstLeg.Mass + world.SecondLeg.Mass) * Gravity;
            Assert.Equal(expected.X, Momentum(world).X, 1e-3);
            Assert.Equal(expected.Y, Momentum(world).Y, 1e-3);
            if (i < 3) continue;   // the legs start outside their stops and snap in
            foreach ((Body leg, int side) in new[] { (world.FirstLeg, -1), (world.SecondLeg, 1) })
            {
                Vec2 gap = leg.Placement.Apply(new Vec2(side * 20 / 30f, 18 / 30f)) - world.Lander.Placement.Apply(default);
                Assert.InRange(Math.Sqrt(gap.LengthSquared), 0, 0.006);
                Assert.InRange(side * (leg.Angle - world.Lander.Angle), -0.9 - 0.05, -0.4 + 0.05);
            }
        }
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        LanderWorld world = new(new double[12]);
        for (int i = 0; i < 100; i++) world.Step();   // down to the ground, so that contacts and impacts are in the measured part
        world.Push(0, 12, world.Lander.Center.X, world.Lander.Center.Y);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 200; i++) world.Step();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void A_polygon_that_is_not_convex_or_clockwise_is_refused()
    {
        Assert.Contains("turn left", Assert.Throws<ArgumentException>(() => new ConvexPolygon(new Vec2(0, 0), new Vec2(0, 1), new Vec2(1, 1), new Vec2(1, 0))).Message);
        Assert.Throws<ArgumentException>(() => new ConvexPolygon(new Vec2(0, 0), new Vec2(2, 0), new Vec2(1, 0.2f), new Vec2(1, 2)));
    }

    private static Vec2 Momentum(LanderWorld world) =>
        world.Lander.Mass * world.Lander.Velocity + world.FirstLeg.Mass * world.FirstLeg.Velocity + world.SecondLeg.Mass * world.SecondLeg.Velocity;
}
