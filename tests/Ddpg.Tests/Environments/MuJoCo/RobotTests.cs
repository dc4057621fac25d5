using System.Globalization;
using System.Text.Json;
using Ddpg.Environments;
using Ddpg.Environments.MuJoCo;
using Ddpg.Randomness;

namespace Ddpg.Tests.Environments.MuJoCo;

/// <summary>What every robot must do beside the contract of all environments.</summary>
[Trait("Speed", "tiny")]
public sealed class RobotTests
{
    public static TheoryData<string> Ids => [.. RobotMakers.All.Keys];

    [SkippableTheory]
    [InlineData("Hopper-v4", "1=0.69 3=-1.57", true)]
    [InlineData("Hopper-v4", "1=1.2", false)]
    [InlineData("Hopper-v4", "2=0.25", true)]
    [InlineData("Hopper-v4", "2=-0.15", false)]
    [InlineData("Walker2d-v4", "1=0.75", true)]
    [InlineData("Walker2d-v4", "1=2.1", true)]
    [InlineData("Walker2d-v4", "2=1.1", true)]
    [InlineData("Walker2d-v4", "2=-0.9", false)]
    [InlineData("HalfCheetah-v4", "2=3.1", false)]
    [InlineData("InvertedPendulum-v4", "1=0.25", true)]
    [InlineData("InvertedPendulum-v4", "1=0.1", false)]
    [InlineData("InvertedDoublePendulum-v4", "1=1.0", true)]
    [InlineData("InvertedDoublePendulum-v4", "1=0.2", false)]
    [InlineData("Ant-v4", "2=1.1", true)]
    [InlineData("Ant-v4", "2=0.9", false)]
    [InlineData("Humanoid-v4", "2=0.95 3=0.7071 4=0 5=0.7071", true)]
    [InlineData("Humanoid-v4", "2=2.1", true)]
    [InlineData("Humanoid-v4", "2=1.4", false)]
    [InlineData("HopperBulletEnv-v0-MuJoCo", "1=0.75 3=-1.57", true)]
    [InlineData("HopperBulletEnv-v0-MuJoCo", "2=1.05", true)]
    [InlineData("Walker2DBulletEnv-v0-MuJoCo", "1=1.25", false)]
    [InlineData("HalfCheetahBulletEnv-v0-MuJoCo", "2=1.5", false)]
    [InlineData("AntBulletEnv-v0-MuJoCo", "2=0.2", true)]
    [InlineData("AntBulletEnv-v0-MuJoCo", "2=1.5", false)]
    [InlineData("HumanoidBulletEnv-v0-MuJoCo", "2=0.7 3=0.7071 4=0 5=0.7071", true)]
    [InlineData("InvertedPendulumBulletEnv-v0-MuJoCo", "1=-0.25", true)]
    public void An_episode_ends_where_its_limits_are(string id, string changes, bool terminated)
    {
        using Robot robot = Make(id);
        robot.Reset(1);
        double[] positions = robot.Positions;
        // Low robots lie flat or stretch their leg forwards, so that the floor does not push them up at once.
        foreach (string[] change in changes.Split(' ').Select(change => change.Split('=')))
            positions[int.Parse(change[0])] = double.Parse(change[1], CultureInfo.InvariantCulture);
        robot.SetState(positions, new double[robot.Velocities.Length]);
        Assert.Equal(terminated, robot.Step(new float[robot.ActionSpace.Length]).Terminated);
    }

    /// <summary>Returns of zero torque, measured by others on the same models (20 episodes; mean and standard deviation over episodes).</summary>
    [SkippableTheory]
    [InlineData("InvertedPendulum-v4", 26.4, 6.5)]
    [InlineData("InvertedDoublePendulum-v4", 95.7, 12.3)]
    [InlineData("Reacher-v4", -12.5, 5.3)]
    [InlineData("Hopper-v4", 165, 86)]
    [InlineData("Walker2d-v4", 95.0, 7.7)]
    [InlineData("Humanoid-v4", 207, 2.8)]
    public void Doing_nothing_earns_what_others_measured(string id, double mean, double deviation)
    {
        using Robot robot = Make(id);
        const int episodes = 20;
        double sum = 0;
        robot.Reset(7);
        for (int episode = 0; episode < episodes; episode++)
        {
            robot.Reset();
            for (StepResult result = default; !result.EpisodeEnded; sum += result.Reward) result = robot.Step(new float[robot.ActionSpace.Length]);
        }
        // Both means are of 20 episodes: their difference has √2 times one's error, and four times that is never seen.
        Assert.InRange(sum / episodes, mean - 4 * Math.Sqrt(2.0 / episodes) * deviation, mean + 4 * Math.Sqrt(2.0 / episodes) * deviation);
    }

    [SkippableFact]
    public void Starts_lie_where_the_tables_say()
    {
        using Robot hopper = Make("Hopper-v4"), reacher = Make("Reacher-v4"), ant = Make("Ant-v4");
        double farthest = 0, largest = 0;
        for (ulong seed = 0; seed < 200; seed++)
        {
            hopper.Reset(seed);
            Assert.All(hopper.Positions.Zip([0, 1.25, 0, 0, 0, 0]), pair => Assert.InRange(pair.First - pair.Second, -0.005, 0.005));
            largest = Math.Max(largest, hopper.Velocities.Max(Math.Abs));
            reacher.Reset(seed);
            farthest = Math.Max(farthest, Math.Sqrt(reacher.Positions[2] * reacher.Positions[2] + reacher.Positions[3] * reacher.Positions[3]));
            Assert.Equal(0, reacher.Velocities[2]);
            ant.Reset(seed);
            Assert.All(ant.Positions.Zip([0, 0, 0.75, 1.0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]), pair => Assert.InRange(pair.First - pair.Second, -0.13, 0.13));   // the quaternion is brought to length 1
        }
        Assert.InRange(farthest, 0.19, 0.2);
        Assert.InRange(largest, 0.0045, 0.005);
    }

    [SkippableTheory]
    [MemberData(nameof(Ids))]
    public void Killed_and_resumed_it_goes_on_to_the_same_bits(string id)
    {
        using Robot original = Make(id), copy = Make(id);
        SeededRandom random = new(5, RandomStream.ActionSampling);
        original.Reset(3);
        int kept = 0;
        for (int i = 0; i < 120; i++)
        {
            if (i % 7 == 0)
            {
                // As a checkpoint does it: through text, into an environment that has lived otherwise.
                copy.Reset((ulong)i);
                copy.Step(copy.ActionSpace.Sample(random));
                copy.Restore(JsonSerializer.Deserialize<EnvironmentSnapshot>(JsonSerializer.Serialize(original.Save()))!);
                kept++;
            }
            float[] action = original.ActionSpace.Sample(random);
            StepResult one = original.Step(action), other = copy.Step(action);
            Assert.Equal(one.Observation, other.Observation);
            Assert.Equal((one.Reward, one.Terminated, one.Truncated), (other.Reward, other.Terminated, other.Truncated));
            Assert.Equal(original.Positions, copy.Positions);
            Assert.Equal(original.Velocities, copy.Velocities);
            if (!one.EpisodeEnded) continue;
            Assert.Equal(original.Reset(), copy.Reset());
        }
        Assert.Equal(18, kept);
    }

    [SkippableFact]
    public void A_state_that_runs_away_ends_the_episode_and_names_the_step()
    {
        using Robot robot = Make("Hopper-v4");
        robot.Reset(1);
        for (int i = 0; i < 3; i++) robot.Step([0, 0, 0]);
        EnvironmentSnapshot snapshot = robot.Save();
        double[] broken = [.. snapshot.Values];
        broken[^8] = 1e12;   // a velocity
        robot.Restore(snapshot with { Values = broken });
        string message = Assert.Throws<InvalidOperationException>(() => robot.Step([0, 0, 0])).Message;
        Assert.Contains("Hopper-v4: the simulation became unstable in step 4", message);
        Assert.Contains("call Reset", Assert.Throws<InvalidOperationException>(() => robot.Step([0, 0, 0])).Message);
        robot.Reset();
        Assert.True(double.IsFinite(robot.Step([0, 0, 0]).Reward));
        Assert.False(File.Exists("MUJOCO_LOG.TXT"));
    }

    [SkippableFact]
    public void A_state_in_the_first_step_of_an_episode_is_found_as_well()
    {
        using Robot robot = Make("Ant-v4");
        robot.Reset(1);
        robot.SetState(robot.Positions, [.. Enumerable.Repeat(1e11, robot.Velocities.Length)]);
        Assert.Contains("in step 1 of", Assert.Throws<InvalidOperationException>(() => robot.Step(new float[8])).Message);
    }

    [SkippableFact]
    public void States_that_cannot_be_are_refused_by_name()
    {
        using Robot robot = Make("Hopper-v4");
        Assert.Contains("Hopper-v4 has 6 positions, got 5", Assert.Throws<ArgumentException>(() => robot.SetState(new double[5], new double[6])).Message);
        Assert.Contains("velocities[2] is NaN", Assert.Throws<ArgumentException>(() => robot.SetState(new double[6], [0, 0, double.NaN, 0, 0, 0])).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Hopper(version: 3));
    }

    [SkippableFact]
    public void Two_robots_on_two_threads_do_what_each_does_alone()
    {
        string[] ids = ["HalfCheetah-v4", "Ant-v4"];
        double[][] alone = [.. ids.Select(Run)];
        double[][] together = new double[2][];
        Thread[] threads = [.. Enumerable.Range(0, 2).Select(i => new Thread(() => together[i] = Run(ids[i])))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
        Assert.Equal(alone, together);

        static double[] Run(string id)
        {
            using Robot robot = Make(id);
            SeededRandom random = new(1, RandomStream.ActionSampling);
            robot.Reset(2);
            for (int i = 0; i < 400; i++)
                if (robot.Step(robot.ActionSpace.Sample(random)).EpisodeEnded) robot.Reset();
            return [.. robot.Positions, .. robot.Velocities];
        }
    }

    [SkippableFact]
    public void A_disposed_robot_says_so()
    {
        Robot robot = Make("Hopper-v4");
        robot.Reset(1);
        robot.Dispose();
        robot.Dispose();
        Assert.Throws<ObjectDisposedException>(() => robot.Step([0, 0, 0]));
        Assert.Throws<ObjectDisposedException>(() => robot.Reset());
        Assert.Throws<ObjectDisposedException>(() => robot.Positions);
    }

    internal static Robot Make(string id)
    {
        Skip.IfNot(MuJoCoLibrary.IsAvailable, MuJoCoLibrary.Problem);
        return (Robot)EnvironmentRegistry.Make(id);
    }
}
