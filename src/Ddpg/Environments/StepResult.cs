namespace Ddpg.Environments;

/// <summary>What the environment answers to one action.</summary>
/// <param name="Observation">What the agent is given next; an array of the caller's own.</param>
/// <param name="Reward">The reward of this step.</param>
/// <param name="Terminated">The task itself ended here (goal reached, fallen over): there is no future to estimate.</param>
/// <param name="Truncated">The time limit cut the episode off here: the future exists, only nobody watches, so the target still bootstraps.</param>
public readonly record struct StepResult(float[] Observation, double Reward, bool Terminated, bool Truncated)
{
    /// <summary>Whether <see cref="IEnvironment.Reset"/> must come next, for either reason.</summary>
    public bool EpisodeEnded => Terminated || Truncated;
}
