using System.Globalization;
using Ddpg.Environments;
using Ddpg.Environments.MuJoCo;

namespace Ddpg.Tests.Environments.MuJoCo;

/// <summary>The robots beside trajectories of a C program that has models, rewards and ends of its own (Golden/MuJoCo/trajectories.c).</summary>
[Trait("Speed", "tiny")]
public sealed class RobotGoldenTests
{
    private const double Tolerance = 1e-9;

    public static TheoryData<string> Ids =>
    [
        "Ant-v2", "Ant-v4", "HalfCheetah-v2", "HalfCheetah-v4", "Hopper-v2", "Hopper-v4", "Humanoid-v2", "Humanoid-v4", "InvertedDoublePendulum-v2", "InvertedDoublePendulum-v4",
        "InvertedPendulum-v2", "InvertedPendulum-v4", "Reacher-v2", "Reacher-v4", "Walker2d-v2", "Walker2d-v4",
    ];

    [SkippableTheory]
    [MemberData(nameof(Ids))]
    public void Two_hundred_steps_agree_in_positions_velocities_and_rewards(string id)
    {
        Skip.IfNot(MuJoCoLibrary.IsAvailable, MuJoCoLibrary.Problem);
        using Robot robot = (Robot)EnvironmentRegistry.Make(id);
        int positions = robot.Positions.Length, velocities = robot.Velocities.Length, actions = robot.ActionSpace.Length, steps = 0;
        foreach (string[] row in GoldenFile.Rows($"MuJoCo/{id[..^3]}.csv"))
        {
            double[] numbers = Numbers(row, 1);
            if (row[0] == "start")
            {
                robot.SetState(numbers.AsSpan(0, positions), numbers.AsSpan(positions));
                continue;
            }
            steps++;
            StepResult result = robot.Step(Array.ConvertAll(numbers[..actions], value => (float)value));
            AssertNear($"step {steps}, position", numbers.AsSpan(actions, positions), robot.Positions);
            AssertNear($"step {steps}, velocity", numbers.AsSpan(actions + positions, velocities), robot.Velocities);
            AssertNear($"step {steps}, reward", numbers.AsSpan(actions + positions + velocities, 1), [result.Reward]);
            Assert.Equal(numbers[^1] == 1, result.Terminated);
        }
        Assert.Equal(200, steps);
    }

    [SkippableTheory]
    [MemberData(nameof(Ids))]
    public void Observations_agree(string id)
    {
        Skip.IfNot(MuJoCoLibrary.IsAvailable, MuJoCoLibrary.Problem);
        using Robot robot = (Robot)EnvironmentRegistry.Make(id);
        Dictionary<int, double[]> expected = GoldenFile.Rows("MuJoCo/observations.csv").Where(row => row[0] == id)
            .ToDictionary(row => int.Parse(row[1], CultureInfo.InvariantCulture), row => Numbers(row, 2));
        Assert.Equal(5, expected.Count);
        int step = 0, positions = robot.Positions.Length;
        foreach (string[] row in GoldenFile.Rows($"MuJoCo/{id[..^3]}.csv"))
        {
            double[] numbers = Numbers(row, 1);
            float[] observation = row[0] == "start"
                ? robot.SetState(numbers.AsSpan(0, positions), numbers.AsSpan(positions))
                : robot.Step(Array.ConvertAll(numbers[..robot.ActionSpace.Length], value => (float)value)).Observation;
            if (row[0] == "step") step++;
            else if (step > 0) continue;   // only the first start is kept
            if (!expected.Remove(step, out double[]? golden)) continue;
            Assert.Equal(golden.Length, observation.Length);
            for (int i = 0; i < golden.Length; i++)
                Assert.True(Math.Abs(observation[i] - golden[i]) <= 1e-6 * Math.Max(1, Math.Abs(golden[i])), FormattableString.Invariant($"{id}, step {step}: observation[{i}] is {observation[i]:R}, not {golden[i]:R}"));
        }
        Assert.Empty(expected);
    }

    private static double[] Numbers(string[] row, int from) => Array.ConvertAll(row[from..], cell => double.Parse(cell, CultureInfo.InvariantCulture));

    private static void AssertNear(string what, ReadOnlySpan<double> expected, ReadOnlySpan<double> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= Tolerance, FormattableString.Invariant($"{what} {i} is {actual[i]:R}, not {expected[i]:R}"));
    }
}
