namespace Ddpg.Exploration;

/// <summary>No exploration: the agent does what the policy says. Good for evaluation, and for showing what goes wrong without noise.</summary>
public sealed class NoExploration : IExploration
{
    /// <inheritdoc/>
    public void Reset()
    {
    }

    /// <summary>Leaves the action as it is.</summary>
    /// <param name="observation">Not looked at.</param>
    /// <param name="action">Not changed.</param>
    public void Apply(ReadOnlySpan<float> observation, Span<float> action)
    {
    }

    /// <inheritdoc/>
    public double[] Save() => [];

    /// <inheritdoc/>
    public void Restore(ReadOnlySpan<double> state) => NoiseChecks.SavedState(state, 0);
}
