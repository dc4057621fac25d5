using Ddpg.Agents;

namespace Ddpg.Training;

/// <summary>What a run was started with: the content of its config.json.</summary>
/// <param name="Environment">The environment's id.</param>
/// <param name="Seed">Root seed of agent and run.</param>
/// <param name="TotalSteps">Environment steps to make.</param>
/// <param name="EvaluationSeed">What fixes the starts of evaluations; null where there are none.</param>
/// <param name="Hyperparameters">The settings.</param>
public sealed record RunConfig(string Environment, ulong Seed, long TotalSteps, ulong? EvaluationSeed, Hyperparameters Hyperparameters);
