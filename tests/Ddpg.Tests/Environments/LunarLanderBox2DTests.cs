using System.Globalization;
using Ddpg.Environments;
using Ddpg.Environments.RigidBody2D;

namespace Ddpg.Tests.Environments;

/// <summary>Our solver beside the real Box2D 2.4, whose trajectories the script Golden/lunar-lander.mjs recorded.</summary>
/// <remarks>
/// The whole episode is played from its first step, never corrected, so differences may grow. Measured largest differences over all numbers
/// (places in m, angles, speeds) of the three bodies: in the air 3e-4, in landings and crashes 9e-4. On the slope of "hillside" a leg's corner
/// catches one step earlier or later, which shows as 3e-2 in its speed for a moment and ends as 6e-4. Contact, crash and sleep agree in every step.
/// </remarks>
[Trait("Speed", "tiny")]
public sealed class LunarLanderBox2DTests
{
    private const int Inputs = 7, PerBody = 6;

    [Theory]
    [InlineData("free-fall", 60, 1e-3, 1e-3)]
    [InlineData("free-fall-pushed", 60, 1e-3, 1e-3)]
    [InlineData("engines", 60, 1e-3, 1e-3)]
    [InlineData("main-engine", 60, 1e-3, 1e-3)]
    [InlineData("side-engines", 60, 1e-3, 1e-3)]
    [InlineData("crash", 160, 3e-3, 1e-3)]
    [InlineData("bounce", 179, 3e-3, 1e-3)]
    [InlineData("sideways", 260, 3e-3, 1e-3)]
    [InlineData("hillside", 200, 8e-2, 3e-3)]
    [InlineData("landing", 203, 3e-3, 1e-3)]
    [InlineData("landing-2", 239, 3e-3, 1e-3)]
    public void The_whole_trajectory_agrees_with_Box2D(string scenario, int steps, double worstAllowed, double finalAllowed)
    {
        double[] heights = Numbers(GoldenFile.Rows("lunar-lander-terrain.csv").Single(row => row[0] == scenario));
        LanderWorld world = new(heights);
        double[][] rows = [.. GoldenFile.Rows("lunar-lander.csv").Where(row => row[0] == scenario).Select(Numbers)];
        Assert.Equal(steps, rows.Length);
        foreach (double[] row in rows)
        {
            if (row[0] == 0) world.Lander.Force = new Vec2((float)row[1], (float)row[2]);
            LunarLanderContinuous.FireEngines(world, row[3], row[4], row[5], row[6]);
            world.Step();
            double difference = Difference(world, row);
            Assert.True(difference <= worstAllowed, FormattableString.Invariant($"step {row[0]}: off by {difference}"));
            Assert.Equal(
                (row[^4], row[^3], row[^2], row[^1]),
                (world.FirstContact ? 1 : 0, world.SecondContact ? 1 : 0, world.Crashed ? 1 : 0, world.Awake ? 1 : 0));
        }
        Assert.InRange(Difference(world, rows[^1]), 0, finalAllowed);
    }

    private static double[] Numbers(string[] row) => Array.ConvertAll(row[1..], cell => double.Parse(cell, CultureInfo.InvariantCulture));

    private static double Difference(LanderWorld world, double[] row)
    {
        double worst = 0;
        int column = Inputs;
        foreach (Body body in (Body[])[world.Lander, world.FirstLeg, world.SecondLeg])
        {
            double[] actual = [body.Placement.Position.X, body.Placement.Position.Y, body.Angle, body.Velocity.X, body.Velocity.Y, body.AngularVelocity];
            for (int i = 0; i < PerBody; i++) worst = Math.Max(worst, Math.Abs(actual[i] - row[column++]));
        }
        return worst;
    }
}
