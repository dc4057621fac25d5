namespace Ddpg.Replay;

/// <summary>Room for B transitions, filled again and again by <see cref="ReplayBuffer.Sample"/>. The arrays are the caller's to read and to write.</summary>
public sealed class Minibatch
{
    /// <summary>Makes an empty minibatch.</summary>
    /// <param name="size">B, how many transitions; at least 1.</param>
    /// <param name="observationSize">Numbers in an observation; at least 1.</param>
    /// <param name="actionSize">Numbers in an action; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    public Minibatch(int size, int observationSize, int actionSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(observationSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(actionSize, 1);
        (Size, ObservationSize, ActionSize) = (size, observationSize, actionSize);
        Observations = new float[checked(size * observationSize)];
        Actions = new float[checked(size * actionSize)];
        Rewards = new float[size];
        NextObservations = new float[size * observationSize];
        Terminated = new float[size];
    }

    /// <summary>B, the number of transitions.</summary>
    public int Size { get; }

    /// <summary>Numbers in one observation.</summary>
    public int ObservationSize { get; }

    /// <summary>Numbers in one action.</summary>
    public int ActionSize { get; }

    /// <summary>Observations, (B, observation) row by row.</summary>
    public float[] Observations { get; }

    /// <summary>Actions in the environment's units, (B, action) row by row.</summary>
    public float[] Actions { get; }

    /// <summary>Rewards, (B).</summary>
    public float[] Rewards { get; }

    /// <summary>Next observations, (B, observation) row by row.</summary>
    public float[] NextObservations { get; }

    /// <summary>1 where the task ended, else 0; (B). A time limit leaves it at 0, so that the target still bootstraps.</summary>
    public float[] Terminated { get; }
}
