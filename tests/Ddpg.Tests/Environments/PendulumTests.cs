using Ddpg.Environments;

namespace Ddpg.Tests.Environments;

[Trait("Speed", "tiny")]
public sealed class PendulumTests
{
    [Fact]
    public void Each_step_agrees_with_the_equations()
    {
        Dictionary<int, Pendulum> pendulums = new() { [0] = new Pendulum(version: 0), [1] = new Pendulum() };
        int rows = 0;
        foreach (double[] row in GoldenFile.Numbers("pendulum.csv"))
        {
            Pendulum pendulum = pendulums[(int)row[0]];
            pendulum.SetState(row[1], row[2]);
            StepResult result = pendulum.Step([(float)row[3]]);
            Assert.Equal(row[4], pendulum.Theta, 1e-12);
            Assert.Equal(row[5], pendulum.AngularVelocity, 1e-12);
            Assert.Equal(row[6], result.Reward, 1e-12);
            Assert.Equal([(float)Math.Cos(row[4]), (float)Math.Sin(row[4]), (float)row[5]], result.Observation, (x, y) => Math.Abs(x - y) <= 1.2e-7f);
            rows++;
        }
        Assert.Equal(908, rows);
    }

    [Fact]
    public void The_versions_differ_only_where_the_speed_limit_is_reached()
    {
        Pendulum old = new(version: 0), present = new();
        int different = 0;
        foreach (double[] row in GoldenFile.Numbers("pendulum.csv").Where(row => row[0] == 1))
        {
            old.SetState(row[1], row[2]);
            present.SetState(row[1], row[2]);
            old.Step([(float)row[3]]);
            present.Step([(float)row[3]]);
            bool atLimit = Math.Abs(present.AngularVelocity) == 8;
            if (!atLimit) Assert.Equal(old.Theta, present.Theta, 1e-12);
            if (Math.Abs(old.Theta - present.Theta) > 1e-9) different++;
            Assert.Equal(old.AngularVelocity, present.AngularVelocity, 1e-12);
        }
        Assert.True(different > 20, $"only {different} steps differ");
    }

    [Fact]
    public void The_worst_reward_is_the_documented_one()
    {
        Pendulum pendulum = new();
        pendulum.SetState(Math.PI, 8);
        Assert.Equal(-16.2736, pendulum.Step([-2]).Reward, 4e-5);
        pendulum.SetState(0, 0);
        Assert.Equal(0, pendulum.Step([0]).Reward);
    }

    [Fact]
    public void Starts_are_uniform_over_the_documented_range()
    {
        Pendulum pendulum = new();
        pendulum.Reset(5);
        const int n = 20_000;
        double angles = 0, speeds = 0, minAngle = 9, maxAngle = -9, minSpeed = 9, maxSpeed = -9;
        for (int i = 0; i < n; i++)
        {
            pendulum.Reset();
            angles += pendulum.Theta;
            speeds += pendulum.AngularVelocity;
            (minAngle, maxAngle) = (Math.Min(minAngle, pendulum.Theta), Math.Max(maxAngle, pendulum.Theta));
            (minSpeed, maxSpeed) = (Math.Min(minSpeed, pendulum.AngularVelocity), Math.Max(maxSpeed, pendulum.AngularVelocity));
        }
        Assert.Equal(0, angles / n, 4 * Math.PI / Math.Sqrt(3.0 * n));
        Assert.Equal(0, speeds / n, 4 / Math.Sqrt(3.0 * n));
        Assert.InRange(minAngle, -Math.PI, -Math.PI + 0.01);
        Assert.InRange(maxAngle, Math.PI - 0.01, Math.PI);
        Assert.InRange(minSpeed, -1, -0.99);
        Assert.InRange(maxSpeed, 0.99, 1);
    }

    [Fact]
    public void The_time_limit_truncates_and_never_terminates()
    {
        Pendulum pendulum = new();
        pendulum.Reset(1);
        for (int step = 1; step <= 200; step++)
        {
            StepResult result = pendulum.Step([0]);
            Assert.False(result.Terminated);
            Assert.Equal(step == 200, result.Truncated);
        }
    }

    /// <summary>Random control scores −1219 on average over 1,000 starts, with a spread of 282 (reference run of Gymnasium's own environment).</summary>
    [Fact]
    public void Random_control_scores_what_it_should()
    {
        Pendulum pendulum = new();
        Ddpg.Randomness.SeededRandom random = new(3);
        double total = 0;
        const int episodes = 400;
        pendulum.Reset(77);
        for (int episode = 0; episode < episodes; episode++)
        {
            pendulum.Reset();
            StepResult result;
            do
            {
                result = pendulum.Step(pendulum.ActionSpace.Sample(random));
                total += result.Reward;
            }
            while (!result.EpisodeEnded);
        }
        Assert.Equal(-1219, total / episodes, 4 * 282 / Math.Sqrt(episodes));
    }

    [Fact]
    public void SetState_names_what_it_refuses()
    {
        Pendulum pendulum = new();
        Assert.Contains("[-8, 8]", Assert.Throws<ArgumentOutOfRangeException>(() => pendulum.SetState(0, 8.1)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => pendulum.SetState(double.NaN, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => pendulum.SetState(0, double.NaN));
        Assert.Contains("0 and 1", Assert.Throws<ArgumentOutOfRangeException>(() => new Pendulum(version: 2)).Message);
    }
}
