using Ddpg.Agents;

namespace Ddpg.Training;

/// <summary>What a run was started with: the content of its config.json.</summary>
/// <param name="Environment">The environment's id.</param>
/// <param name="Seed">Root seed of agent and run.</param>
/// <param name="TotalSteps">Environment steps to make.</param>
/// <param name="EvaluationSeed">What fixes the starts of evaluations; null where there are none.</param>
/// <param name="Hyperparameters">The settings.</param>
public sealed record RunConfig(string Environment, ulong Seed, long TotalSteps, ulong? EvaluationSeed, Hyperparameters Hyperparameters)
{
    /// <summary>The same run with another end. Where the hyperparameters said how long it was, they say so again; where it was started with a number of its own, they stay.</summary>
    internal RunConfig WithTotalSteps(long totalSteps) => this with
    {
        TotalSteps = totalSteps,
        Hyperparameters = Hyperparameters.TotalSteps == TotalSteps ? Hyperparameters with { TotalSteps = totalSteps } : Hyperparameters,
    };
}
