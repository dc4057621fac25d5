namespace Ddpg.Replay;

/// <summary>One step as the replay buffer remembers it.</summary>
/// <param name="Observation">What the agent saw.</param>
/// <param name="Action">What it did, in the environment's units, after clipping.</param>
/// <param name="Reward">What it got for it (kept as float32).</param>
/// <param name="NextObservation">What it saw then; on the last step of an episode, that episode's final observation.</param>
/// <param name="Terminated">Whether the task ended there. Not set by a time limit.</param>
public readonly record struct Transition(float[] Observation, float[] Action, double Reward, float[] NextObservation, bool Terminated);
