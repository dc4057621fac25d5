using Ddpg.Environments;

namespace Ddpg.Tests.Environments;

[Trait("Speed", "tiny")]
public sealed class MountainCarContinuousTests
{
    [Fact]
    public void Each_step_agrees_with_the_equations()
    {
        MountainCarContinuous car = new();
        int rows = 0, terminations = 0;
        foreach (double[] row in GoldenFile.Numbers("mountain-car.csv"))
        {
            car.SetState(row[0], row[1]);
            StepResult result = car.Step([(float)row[2]]);
            Assert.Equal(row[3], car.Position, 1e-12);
            Assert.Equal(row[4], car.Velocity, 1e-12);
            Assert.Equal(row[5], result.Reward, 1e-12);
            Assert.Equal(row[6] == 1, result.Terminated);
            Assert.Equal([(float)row[3], (float)row[4]], result.Observation);
            rows++;
            if (result.Terminated) terminations++;
        }
        Assert.Equal(600, rows);
        Assert.InRange(terminations, 20, 300);
    }

    /// <summary>Pushing with the velocity pumps energy in: 88.9 to 89.5 at full force, 94.7 to 96.9 at half force (reference run of Gymnasium's own environment).</summary>
    [Theory]
    [InlineData(1f, 88.8, 89.6)]
    [InlineData(0.5f, 94.6, 97.0)]
    public void Bang_bang_control_solves_it_with_the_known_return(float force, double lowest, double highest)
    {
        MountainCarContinuous car = new();
        for (ulong seed = 0; seed < 20; seed++)
        {
            float[] observation = car.Reset(seed);
            double total = 0;
            StepResult result;
            do
            {
                result = car.Step([observation[1] >= 0 ? force : -force]);
                observation = result.Observation;
                total += result.Reward;
            }
            while (!result.EpisodeEnded);
            Assert.True(result.Terminated);
            Assert.InRange(total, lowest, highest);
        }
    }

    [Fact]
    public void Doing_nothing_returns_exactly_0_and_is_truncated()
    {
        MountainCarContinuous car = new();
        car.Reset(3);
        double total = 0;
        for (int step = 1; step <= 999; step++)
        {
            StepResult result = car.Step([0]);
            total += result.Reward;
            Assert.Equal(step == 999, result.Truncated);
            Assert.False(result.Terminated);
        }
        Assert.Equal(0, total);
    }

    [Fact]
    public void The_goal_on_the_very_last_step_terminates_and_does_not_truncate()
    {
        // Standing still costs nothing until the last moment: bring the car to step 998, then let it start beside the flag.
        MountainCarContinuous car = new();
        car.Reset(3);
        for (int step = 1; step < 999; step++) car.Step([0]);
        EnvironmentSnapshot snapshot = car.Save();
        car.Restore(snapshot with { Values = [0.449, 0.05, 0] });
        StepResult result = car.Step([1]);
        Assert.True(result.Terminated);
        Assert.False(result.Truncated);
        Assert.Equal(100 - 0.1, result.Reward, 1e-12);
    }

    [Fact]
    public void An_action_out_of_range_is_clipped_for_the_motion_but_paid_for_in_full()
    {
        MountainCarContinuous strong = new(), limit = new();
        strong.SetState(-0.5, 0);
        limit.SetState(-0.5, 0);
        Assert.Equal(-0.4, strong.Step([2]).Reward, 1e-12);
        Assert.Equal(-0.1, limit.Step([1]).Reward, 1e-12);
        Assert.Equal(limit.Position, strong.Position);
    }

    [Fact]
    public void The_left_wall_stops_the_car()
    {
        MountainCarContinuous car = new();
        car.SetState(-1.19, -0.07);
        car.Step([-1]);
        Assert.Equal((float)-1.2, car.Position);
        Assert.Equal(0, car.Velocity);
    }

    [Fact]
    public void Starts_are_at_rest_and_uniform_over_the_documented_range()
    {
        MountainCarContinuous car = new();
        car.Reset(5);
        const int n = 20_000;
        double sum = 0, smallest = 9, largest = -9;
        for (int i = 0; i < n; i++)
        {
            Assert.Equal(0, car.Reset()[1]);
            sum += car.Position;
            (smallest, largest) = (Math.Min(smallest, car.Position), Math.Max(largest, car.Position));
        }
        Assert.Equal(-0.5, sum / n, 4 * 0.1 / Math.Sqrt(3.0 * n));
        Assert.InRange(smallest, -0.6, -0.5995);
        Assert.InRange(largest, -0.4005, -0.4);
    }

    [Fact]
    public void SetState_names_what_it_refuses()
    {
        MountainCarContinuous car = new();
        Assert.Contains("[-1.2, 0.6]", Assert.Throws<ArgumentOutOfRangeException>(() => car.SetState(0.7, 0)).Message);
        Assert.Contains("[-0.07, 0.07]", Assert.Throws<ArgumentOutOfRangeException>(() => car.SetState(0, double.NaN)).Message);
    }
}
