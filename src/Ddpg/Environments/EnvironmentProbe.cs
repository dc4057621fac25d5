using Ddpg.Randomness;

namespace Ddpg.Environments;

/// <summary>An environment under examination: drives it through episodes, and collects the findings.</summary>
internal sealed class EnvironmentProbe(IEnvironment environment, ulong seed)
{
    private readonly List<EnvironmentFinding> _findings = [];
    private string _check = "";

    public IEnvironment Environment { get; } = environment;

    public ulong Seed { get; } = seed;

    public string Id => Environment.Id ?? "(no id)";

    public IReadOnlyList<EnvironmentFinding> Findings => _findings;

    public void Begin(string check) => _check = check;

    public void Error(string problem, string advice) => Add(FindingSeverity.Error, problem, advice);

    public void Warn(string problem, string advice) => Add(FindingSeverity.Warning, problem, advice);

    public void Add(FindingSeverity severity, string problem, string advice) => _findings.Add(new EnvironmentFinding(severity, _check, problem, advice));

    /// <summary>An endless, repeatable sequence of random actions.</summary>
    public Func<float[]> RandomActions(ulong offset = 0)
    {
        SeededRandom random = new(Seed + offset, RandomStream.ActionSampling);
        return () => Environment.ActionSpace.Sample(random);
    }

    /// <summary>The first observation and the steps of one episode, as copies, until its end or <paramref name="maxSteps"/>.</summary>
    /// <param name="reset">Starts the episode.</param>
    /// <param name="nextAction">Gives each step's action.</param>
    /// <param name="maxSteps">Where to stop at the latest.</param>
    public List<StepResult> Episode(Func<float[]> reset, Func<float[]> nextAction, int maxSteps)
    {
        List<StepResult> steps = [new StepResult([.. reset()], 0, false, false)];
        while (steps.Count <= maxSteps && !steps[^1].EpisodeEnded)
        {
            StepResult result = Environment.Step(nextAction());
            steps.Add(result with { Observation = [.. result.Observation] });
        }
        return steps;
    }

    /// <summary>Where two episodes part, in words; null when they are the same bit for bit.</summary>
    public static string? FirstDifference(List<StepResult> one, List<StepResult> other)
    {
        for (int step = 0; step < Math.Min(one.Count, other.Count); step++)
        {
            (StepResult a, StepResult b) = (one[step], other[step]);
            for (int i = 0; i < Math.Min(a.Observation.Length, b.Observation.Length); i++)
            {
                if (!a.Observation[i].Equals(b.Observation[i]))
                    return FormattableString.Invariant($"observation[{i}] after {step} step(s) is {a.Observation[i]:G9} and {b.Observation[i]:G9}");
            }
            if (!a.Reward.Equals(b.Reward)) return FormattableString.Invariant($"the reward of step {step} is {a.Reward:R} and {b.Reward:R}");
            if (a.Terminated != b.Terminated || a.Truncated != b.Truncated) return $"only one of them ended at step {step}";
        }
        return one.Count == other.Count ? null : $"one lasted {one.Count - 1} steps, the other {other.Count - 1}";
    }
}
