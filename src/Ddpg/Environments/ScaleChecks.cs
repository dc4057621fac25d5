using System.Globalization;

namespace Ddpg.Environments;

/// <summary>Checks of how large observations and rewards are under random actions, and whether they change at all: an environment can keep every rule and still teach nothing.</summary>
/// <remarks>
/// The limits are measured on the pendulum with its preset (near −150 when learnt, −1250 and below when not): observations times 0.1 and 10 are learnt, times 0.01 and 30 are not; rewards
/// times 0.01 to 10 are, times 0.001 and 1000 are not.
/// </remarks>
internal static class ScaleChecks
{
    private const int Episodes = 5, Steps = 2_000, Fewest = 100;

    /// <summary>Root mean square of a number of the observation above which it drowns the others and saturates the policy.</summary>
    private const double LargeObservation = 40;

    /// <summary>Half of the span between largest and smallest value: below the first nothing of one number is seen, below the second nothing of all of them.</summary>
    private const double SmallNumber = 0.01, SmallObservation = 0.1;

    private const double LargeRatio = 100;

    /// <summary>Root mean square of the rewards that a critic no longer follows, and the largest reward that drowns in a critic's first errors.</summary>
    private const double LargeReward = 100, SmallReward = 0.02;

    public static void Run(EnvironmentProbe probe)
    {
        List<StepResult> steps = Play(probe);
        int size = probe.Environment.ObservationSpace.Length;
        // What is null, of another length or no number is reported by other checks.
        if (steps.Count < Fewest || !steps.TrueForAll(step => step.Observation is not null && step.Observation.Length == size && Array.TrueForAll(step.Observation, float.IsFinite) && double.IsFinite(step.Reward)))
            return;
        Change(probe, steps);
        Number[] numbers = [.. Enumerable.Range(0, size).Select(i => Number.Of(steps, i))];
        SizeOfObservations(probe, [.. numbers.Where(number => number.HalfSpan > 0)]);
        SizeOfRewards(probe, steps);
    }

    private static List<StepResult> Play(EnvironmentProbe probe)
    {
        List<StepResult> all = [];
        for (ulong episode = 0; episode < Episodes; episode++)
        {
            Func<float[]> actions = probe.RandomActions(episode);
            probe.Environment.Reset(probe.Seed + episode);
            for (int step = 0; step < Steps; step++)
            {
                StepResult result = probe.Environment.Step(actions());
                // A copy: the array may be filled anew.
                all.Add(result with { Observation = result.Observation is null ? null! : [.. result.Observation] });
                if (result.EpisodeEnded) break;
            }
        }
        return all;
    }

    private static void Change(EnvironmentProbe probe, List<StepResult> steps)
    {
        if (steps.TrueForAll(step => step.Observation.AsSpan().SequenceEqual(steps[0].Observation)))
            probe.Warn($"in {steps.Count} steps of {Episodes} episodes the observation never changed",
                "Return what the agent needs to see in each state; only in a bandit is there nothing to tell apart.");
        double reward = steps[0].Reward;
        if (steps.TrueForAll(step => step.Reward == reward) && (reward == 0 || !steps.Exists(step => step.Terminated)))
            probe.Warn(string.Create(CultureInfo.InvariantCulture, $"in {steps.Count} steps of {Episodes} episodes the reward was always {reward:G9}{(reward == 0 ? "" : ", and none terminated")}"),
                "Reward what is better than the rest, also on the way to the goal: where random actions never meet a reward, neither will the first thousands of training steps.");
    }

    private static void SizeOfObservations(EnvironmentProbe probe, Number[] numbers)
    {
        if (numbers.Length == 0)
            return;
        Number large = numbers.MaxBy(number => number.RootMeanSquare)!, wide = numbers.MaxBy(number => number.HalfSpan)!, narrow = numbers.MinBy(number => number.HalfSpan)!;
        string? problem = large.RootMeanSquare > LargeObservation ? $"observation[{large.Index}] is large, {large}: it drowns the others and drives the policy to its bounds"
            : wide.HalfSpan < SmallObservation ? $"no number of the observation spans more than {wide}: the networks hardly see them change"
            : narrow.HalfSpan < SmallNumber ? $"observation[{narrow.Index}] is small, {narrow}: the networks hardly see it change"
            : wide.HalfSpan > LargeRatio * narrow.HalfSpan ? $"the scales of the observation differ: observation[{wide.Index}] is {wide}, observation[{narrow.Index}] {narrow}"
            : null;
        if (problem is not null)
            probe.Warn(problem, "Return numbers of the order of 1 (divide each by its usual size), or train with ObservationNormalization = true.");
    }

    private static void SizeOfRewards(EnvironmentProbe probe, List<StepResult> steps)
    {
        double largest = steps.Max(step => Math.Abs(step.Reward)), size = Math.Sqrt(steps.Average(step => step.Reward * step.Reward));
        if (size > LargeReward)
            probe.Warn(string.Create(CultureInfo.InvariantCulture, $"the rewards are large, {size:G2} in the root mean square and {largest:G2} at most: values are their sums, and the critic's steps are too small to get there"), Advice(size));
        else if (largest is > 0 and < SmallReward)
            probe.Warn(string.Create(CultureInfo.InvariantCulture, $"the rewards are small, {largest:G2} at most: what one action is worth more than another drowns in the critic's errors"), Advice(largest));
    }

    private static string Advice(double size) => string.Create(CultureInfo.InvariantCulture,
        $"Choose a unit that makes rewards of the order of 1, or train with RewardScale = {(decimal)Math.Pow(10, -Math.Round(Math.Log10(Math.Clamp(size, 1e-6, 1e20))))}; it changes what is learnt from, not the returns that are reported.");

    /// <summary>How one number of the observation spreads.</summary>
    private sealed record Number(int Index, double Smallest, double Largest, double RootMeanSquare)
    {
        public double HalfSpan => (Largest - Smallest) / 2;

        public static Number Of(List<StepResult> steps, int index) => new(
            index, steps.Min(step => step.Observation[index]), steps.Max(step => step.Observation[index]), Math.Sqrt(steps.Average(step => (double)step.Observation[index] * step.Observation[index])));

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Smallest:G3} to {Largest:G3}");
    }
}
