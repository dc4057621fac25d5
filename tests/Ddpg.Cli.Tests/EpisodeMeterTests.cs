using System.Globalization;
using System.Text.RegularExpressions;
using Ddpg.Environments.MuJoCo;
using Ddpg.Training;

namespace Ddpg.Cli.Tests;

/// <summary>What <c>ddpg evaluate</c> says beside the return, held against the returns themselves.</summary>
public sealed class EpisodeMeterTests
{
    [SkippableFact]
    public void The_way_of_a_cheetah_at_full_torque_is_what_its_return_pays_for()
    {
        Skip.IfNot(MuJoCoLibrary.IsAvailable, MuJoCoLibrary.Problem);
        using var cheetah = new HalfCheetah();
        var meter = new EpisodeMeter(cheetah);
        EvaluationResult result = new Evaluator(meter).Evaluate(_ => [1, 1, 1, 1, 1, 1], episodes: 3);
        Match said = Regex.Match(meter.ToString(), @"^1000 steps, (\S+) m \((\S+) to (\S+)\)$");
        Assert.True(said.Success, meter.ToString());
        // r = speed − 0.1 · 6 for each of 1,000 steps of 0.05 s.
        double[] ways = [.. result.Returns.Select(g => (g + 600) * 0.05)];
        double[] expected = [ways.Average(), ways.Min(), ways.Max()];
        for (int i = 0; i < 3; i++) Assert.Equal(expected[i], double.Parse(said.Groups[i + 1].Value, CultureInfo.InvariantCulture), 0.051);
    }

    [SkippableFact]
    public void A_hopper_without_torque_tips_over_within_the_steps_that_its_return_counts()
    {
        Skip.IfNot(MuJoCoLibrary.IsAvailable, MuJoCoLibrary.Problem);
        using var hopper = new Hopper();
        var meter = new EpisodeMeter(hopper);
        EvaluationResult result = new Evaluator(meter).Evaluate(_ => [0, 0, 0], episodes: 5);
        Match said = Regex.Match(meter.ToString(), @"^(\d+) steps \(.*\), (\S+) m");
        Assert.True(said.Success, meter.ToString());
        // r = 1 + speed, in steps of 0.008 s.
        double steps = double.Parse(said.Groups[1].Value, CultureInfo.InvariantCulture), metres = double.Parse(said.Groups[2].Value, CultureInfo.InvariantCulture);
        Assert.InRange(result.Mean - steps - metres / 0.008, -7.5, 7.5);
    }

    [SkippableFact]
    public void A_cart_with_a_pole_has_steps_and_no_way()
    {
        Skip.IfNot(MuJoCoLibrary.IsAvailable, MuJoCoLibrary.Problem);
        using var cart = new InvertedPendulum();
        var meter = new EpisodeMeter(cart);
        EvaluationResult result = new Evaluator(meter).Evaluate(_ => [0], episodes: 4);
        Assert.Equal(FormattableString.Invariant($"{result.Mean:F0} steps ({result.Min:F0} to {result.Max:F0})"), meter.ToString());
    }
}
