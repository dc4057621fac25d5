namespace Ddpg.Environments;

/// <summary>An environment that can be saved between any two steps and go on later as if nothing had happened, bit for bit.</summary>
public interface IResumable
{
    /// <summary>Everything that decides what comes next.</summary>
    /// <exception cref="InvalidOperationException">Reset was never called.</exception>
    EnvironmentSnapshot Save();

    /// <summary>Goes back to a saved moment.</summary>
    /// <param name="snapshot">What <see cref="Save"/> of the same kind of environment returned.</param>
    /// <exception cref="ArgumentException">The snapshot is of another environment, or damaged.</exception>
    void Restore(EnvironmentSnapshot snapshot);
}
