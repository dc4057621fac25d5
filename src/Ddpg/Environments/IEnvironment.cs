namespace Ddpg.Environments;

/// <summary>A task for an agent, by Gymnasium's contract: reset, then step until the episode is terminated or truncated.</summary>
/// <remarks>
/// An implementation of your own is checked by <see cref="EnvironmentChecker"/>. It owns its randomness: the same seed and the same
/// actions give the same observations, bit for bit. It neither keeps nor changes the action it is given, and never hands out the same array twice.
/// </remarks>
public interface IEnvironment
{
    /// <summary>The name as the community writes it, version included, such as <c>Pendulum-v1</c>.</summary>
    string Id { get; }

    /// <summary>Where every observation lies.</summary>
    Box ObservationSpace { get; }

    /// <summary>Where actions lie; bounded on both sides.</summary>
    Box ActionSpace { get; }

    /// <summary>After how many steps an episode is truncated.</summary>
    int MaxEpisodeSteps { get; }

    /// <summary>Starts an episode and returns its first observation (a new array each time).</summary>
    /// <param name="seed">Starts the environment's random stream afresh; <c>null</c> goes on with the stream (of seed 0, when none was ever given).</param>
    float[] Reset(ulong? seed = null);

    /// <summary>Performs <paramref name="action"/> for one step.</summary>
    /// <param name="action">As many numbers as <see cref="ActionSpace"/> has. What lies outside the space is clipped by the environment.</param>
    /// <exception cref="ArgumentException">The length is wrong, or a number is NaN or infinite.</exception>
    /// <exception cref="InvalidOperationException">No episode is running: before the first <see cref="Reset"/>, or after the end of one.</exception>
    StepResult Step(ReadOnlySpan<float> action);
}
