namespace Ddpg.Training;

/// <summary>A finished training episode, with exploration noise: not to be compared with an evaluation.</summary>
/// <param name="Step">Environment steps of the run when the episode ended.</param>
/// <param name="Episode">Its number in the run, from 1.</param>
/// <param name="Return">The undiscounted sum of its rewards.</param>
/// <param name="Length">Its steps.</param>
/// <param name="Terminated">Whether the task itself ended it.</param>
/// <param name="Truncated">Whether a time limit cut it off.</param>
/// <param name="CriticLoss">Mean over the episode's updates; null where there was none.</param>
/// <param name="PolicyLoss">Mean over the episode's policy updates; null where there was none.</param>
/// <param name="MeanQ">Mean value of the minibatches; null where there was none.</param>
public sealed record EpisodeResult(long Step, int Episode, double Return, int Length, bool Terminated, bool Truncated, double? CriticLoss, double? PolicyLoss, double? MeanQ);
