namespace Ddpg.Environments;

/// <summary>Looks an environment over before you train on it: Gymnasium's contract, and the mistakes that make learning fail silently.</summary>
/// <remarks>
/// Pass a newly made environment. The check resets and steps it a few thousand times and leaves it in an episode of its own. A failing check never
/// stops the others, and an exception of the environment becomes a finding.
/// </remarks>
public static class EnvironmentChecker
{
    /// <summary>Checks <paramref name="environment"/> and reports what it found.</summary>
    /// <param name="environment">Newly made; <see cref="IEnvironment.Reset"/> not called yet.</param>
    /// <param name="seed">Of the environment's and the actions' randomness in the check.</param>
    public static EnvironmentReport Check(IEnvironment environment, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(environment);
        EnvironmentProbe probe = new(environment, seed);
        (string Name, Action<EnvironmentProbe> Run)[] checks =
        [
            ("id, spaces and time limit", DescriptionChecks.Spaces),
            ("Step before Reset is refused", DescriptionChecks.StepBeforeReset),
            ("first observation", EpisodeChecks.FirstObservation),
            ("observations and rewards", static probe => { EpisodeChecks.ObservationsAndRewards(probe); ScaleChecks.Run(probe); }),
            ("end of the episode", EpisodeChecks.End),
            ("Step after the end is refused", EpisodeChecks.StepAfterEnd),
            ("impossible actions are refused", DescriptionChecks.ImpossibleActions),
            ("actions outside the space are clipped", DescriptionChecks.ActionsOutside),
            ("same seed, same episode", RandomnessChecks.SameSeed),
            ("another seed, another episode", RandomnessChecks.OtherSeeds),
            ("Reset without a seed goes on", RandomnessChecks.ResetWithoutSeed),
            ("the action matters", EpisodeChecks.ActionMatters),
            ("the action is left alone", EpisodeChecks.ActionLeftAlone),
            ("each observation is a new array", EpisodeChecks.NewArrays),
            ("drawing", DescriptionChecks.Drawing),
        ];
        foreach ((string name, Action<EnvironmentProbe> run) in checks)
        {
            probe.Begin(name);
            try
            {
                run(probe);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                probe.Error(
                    $"the environment threw {exception.GetType().Name}: {exception.Message}",
                    "Reset and Step must accept every action of the action space at any time of an episode; the stack trace starts at "
                    + (exception.StackTrace?.Split('\n')[0].Trim() ?? "an unknown place") + ".");
            }
        }
        return new EnvironmentReport(probe.Id, [.. checks.Select(check => check.Name)], probe.Findings);
    }
}
