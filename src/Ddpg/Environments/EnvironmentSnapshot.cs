using Ddpg.Randomness;

namespace Ddpg.Environments;

/// <summary>An environment in the middle of an episode, as a checkpoint keeps it.</summary>
/// <param name="Id">The environment's id; a snapshot is refused by any other.</param>
/// <param name="Steps">Steps made in the episode.</param>
/// <param name="Running">Whether the episode goes on; if not, only Reset may follow.</param>
/// <param name="Random">The environment's random stream.</param>
/// <param name="Values">The physical state, in the environment's own order.</param>
public sealed record EnvironmentSnapshot(string Id, int Steps, bool Running, RandomState Random, double[] Values);
