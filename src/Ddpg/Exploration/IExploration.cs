using Ddpg.Replay;

namespace Ddpg.Exploration;

/// <summary>
/// Turns what the policy would do into what the agent does while it learns. Action noise adds to the action; parameter noise replaces it
/// by what a perturbed policy would do. Evaluation uses none.
/// </summary>
public interface IExploration
{
    /// <summary>Call at the start of each episode: correlated noise starts afresh, a perturbed policy is drawn anew.</summary>
    void Reset();

    /// <summary>Explores: <paramref name="action"/> holds the policy's action on entry, and the action to perform, within the action space, on return.</summary>
    /// <param name="observation">What the agent sees.</param>
    /// <param name="action">In the environment's units.</param>
    /// <exception cref="ArgumentException">The action's length is not the action space's.</exception>
    void Apply(ReadOnlySpan<float> observation, Span<float> action);

    /// <summary>Call after each update with the minibatch it used. Noise that adapts to the policy measures itself on it; other noise has nothing to do.</summary>
    /// <param name="minibatch">The minibatch of the update just made.</param>
    void AfterUpdate(Minibatch minibatch)
    {
    }

    /// <summary>What, besides its random generator, decides the coming noise; for checkpoints.</summary>
    double[] Save();

    /// <summary>Goes back to what <see cref="Save"/> returned.</summary>
    /// <param name="state">From the same kind of noise for the same action space.</param>
    /// <exception cref="ArgumentException">It is of another length, or not finite.</exception>
    void Restore(ReadOnlySpan<double> state);
}
