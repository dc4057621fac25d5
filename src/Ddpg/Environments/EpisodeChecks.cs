namespace Ddpg.Environments;

/// <summary>Checks of what happens within an episode.</summary>
internal static class EpisodeChecks
{
    private const int Episodes = 5;

    public static void FirstObservation(EnvironmentProbe probe)
    {
        for (ulong i = 0; i < 20; i++)
        {
            string? problem = ObservationProblem(probe, probe.Environment.Reset(probe.Seed + i));
            if (problem is null) continue;
            probe.Error($"after Reset({probe.Seed + i}) {problem}", "Return the start state's observation as a float array that lies in ObservationSpace, or widen the space.");
            return;
        }
    }

    public static void ObservationsAndRewards(EnvironmentProbe probe)
    {
        Func<float[]> actions = probe.RandomActions();
        for (ulong episode = 0; episode < Episodes; episode++)
        {
            probe.Environment.Reset(probe.Seed + episode);
            for (int step = 1; step <= Limit(probe); step++)
            {
                StepResult result = probe.Environment.Step(actions());
                if (!double.IsFinite(result.Reward))
                {
                    probe.Error(FormattableString.Invariant($"the reward of step {step} is {result.Reward}"), "Look for a division by zero or a logarithm of 0 in the reward; one such number ruins the Q-network.");
                    return;
                }
                if (ObservationProblem(probe, result.Observation) is string problem)
                {
                    probe.Error($"after {step} step(s) {problem}", "Return an observation within ObservationSpace, or widen the space.");
                    return;
                }
                if (result.EpisodeEnded) break;
            }
        }
    }

    public static void End(EnvironmentProbe probe)
    {
        Func<float[]> actions = probe.RandomActions(1);
        for (ulong episode = 0; episode < Episodes; episode++)
        {
            probe.Environment.Reset(probe.Seed + episode);
            int step = 0;
            StepResult result;
            do
            {
                result = probe.Environment.Step(actions());
                step++;
            }
            while (!result.EpisodeEnded && step <= Limit(probe));
            if (EndProblem(probe, result, step) is not (FindingSeverity severity, string problem, string advice)) continue;
            probe.Add(severity, problem, advice);
            return;
        }
    }

    private static (FindingSeverity Severity, string Problem, string Advice)? EndProblem(EnvironmentProbe probe, StepResult last, int step)
    {
        int limit = probe.Environment.MaxEpisodeSteps;
        return last switch
        {
            { EpisodeEnded: false } => (FindingSeverity.Error, $"an episode goes on after MaxEpisodeSteps = {limit} steps",
                "Count the steps, and return Truncated = true at the limit."),
            { Terminated: true, Truncated: true } => (FindingSeverity.Error, $"step {step} is both terminated and truncated",
                "When the task ends on the last step allowed, Terminated wins: return Truncated = false."),
            { Truncated: true } when step != limit => (FindingSeverity.Error, $"truncated after {step} steps, with MaxEpisodeSteps = {limit}",
                "Truncated is for the time limit alone. If the task itself ended, return Terminated; reset the step counter in Reset."),
            { Terminated: true } when step == limit => (FindingSeverity.Warning, $"terminated exactly at the time limit, step {step}",
                "If only time ran out, return Truncated: a terminated step tells the agent that there is no future, and its values come out wrong."),
            _ => null,
        };
    }

    public static void StepAfterEnd(EnvironmentProbe probe)
    {
        List<StepResult> steps = probe.Episode(() => probe.Environment.Reset(probe.Seed), probe.RandomActions(), Limit(probe));
        if (!steps[^1].EpisodeEnded) return;   // reported by the check of the end
        string? problem = DescriptionChecks.RefusalProblem<InvalidOperationException>(() => probe.Environment.Step(probe.RandomActions()()));
        if (problem is not null)
            probe.Error($"Step after the end of the episode {problem}", "Throw an InvalidOperationException that says to call Reset; otherwise a forgotten Reset trains on steps that belong to no episode.");
    }

    public static void ActionMatters(EnvironmentProbe probe)
    {
        Box space = probe.Environment.ActionSpace;
        List<StepResult> low = probe.Episode(() => probe.Environment.Reset(probe.Seed), () => space.Low, 30);
        List<StepResult> high = probe.Episode(() => probe.Environment.Reset(probe.Seed), () => space.High, 30);
        if (EnvironmentProbe.FirstDifference(low, high) is null)
            probe.Error("30 steps of the lowest action and 30 of the highest one give the same episode", "Use the action in Step: nothing can be learnt here.");
    }

    // Keeping the action for later is ruled out by its type: a span cannot be stored.
    public static void ActionLeftAlone(EnvironmentProbe probe)
    {
        Func<float[]> actions = probe.RandomActions();
        probe.Environment.Reset(probe.Seed);
        for (int step = 0; step < 50; step++)
        {
            float[] action = actions(), copy = [.. action];
            StepResult result = probe.Environment.Step(action);
            if (!action.AsSpan().SequenceEqual(copy))
            {
                probe.Error("Step changed the caller's action array", "Copy the action before you clip or scale it; the replay buffer is about to store this array.");
                return;
            }
            if (result.EpisodeEnded) break;
        }
    }

    public static void NewArrays(EnvironmentProbe probe)
    {
        Func<float[]> actions = probe.RandomActions();
        List<(float[] Array, float[] Copy)> seen = [];
        for (ulong episode = 0; episode < 2; episode++)
        {
            Remember(probe.Environment.Reset(probe.Seed + episode));
            for (int step = 0; step < 50; step++)
            {
                StepResult result = probe.Environment.Step(actions());
                Remember(result.Observation);
                if (result.EpisodeEnded) break;
            }
        }
        bool repeated = seen.Select(pair => pair.Array).Distinct(ReferenceEqualityComparer.Instance).Count() < seen.Count;
        bool changed = seen.Exists(pair => !pair.Array.AsSpan().SequenceEqual(pair.Copy));
        if (repeated || changed)
        {
            probe.Error(
                "an observation array handed out earlier was handed out again or changed",
                "Make a new array in each Reset and Step. Otherwise observation and next observation of a transition become the same numbers, and nothing is learnt.");
        }

        void Remember(float[] observation) => seen.Add((observation, [.. observation]));
    }

    // One beyond the time limit, so that a missing one is seen; a broken limit must not keep the check going for ever.
    private static int Limit(EnvironmentProbe probe) => Math.Clamp(probe.Environment.MaxEpisodeSteps, 1, 1_000_000);

    private static string? ObservationProblem(EnvironmentProbe probe, float[]? observation)
    {
        Box space = probe.Environment.ObservationSpace;
        if (observation is null) return "the observation is null";
        if (observation.Length != space.Length) return $"the observation has {observation.Length} number(s), ObservationSpace {space.Length}";
        float[] low = space.Low, high = space.High;
        for (int i = 0; i < observation.Length; i++)
        {
            if (!(observation[i] >= low[i] && observation[i] <= high[i]))
                return FormattableString.Invariant($"observation[{i}] is {observation[i]:G9}, outside [{low[i]:G9}, {high[i]:G9}]");
        }
        return null;
    }
}
