using Ddpg.Randomness;

namespace Ddpg.Environments;

/// <summary>The part of the contract that all environments share: what may be called when, what an action must look like, when time is up.</summary>
internal sealed class EpisodeClock(IEnvironment owner)
{
    private bool _started, _ended;

    /// <summary>Steps made in this episode.</summary>
    public int Steps { get; private set; }

    /// <summary>Begins an episode.</summary>
    public void Start() => (Steps, _started, _ended) = (0, true, false);

    /// <summary>Refuses a step out of turn, and an action that no environment can perform.</summary>
    public void Check(ReadOnlySpan<float> action)
    {
        if (!_started) throw new InvalidOperationException($"{owner.Id}: call Reset before the first Step.");
        if (_ended) throw new InvalidOperationException($"{owner.Id}: this episode ended after {Steps} steps; call Reset to start the next one.");
        if (action.Length != owner.ActionSpace.Length)
            throw new ArgumentException($"{owner.Id} takes an action of {owner.ActionSpace.Length} number(s), got {action.Length}.", nameof(action));
        for (int i = 0; i < action.Length; i++)
        {
            if (!float.IsFinite(action[i]))
                throw new ArgumentException(FormattableString.Invariant($"{owner.Id}: action[{i}] is {action[i]}; every number must be finite (the space is {owner.ActionSpace})."), nameof(action));
        }
    }

    /// <summary>Counts the step just made; true when the time limit cuts the episode off. Termination wins where both come together.</summary>
    public bool Advance(bool terminated)
    {
        Steps++;
        bool truncated = !terminated && Steps >= owner.MaxEpisodeSteps;
        _ended = terminated || truncated;
        return truncated;
    }

    /// <summary>A snapshot of the owner.</summary>
    public EnvironmentSnapshot Save(SeededRandom random, double[] values)
    {
        if (!_started) throw new InvalidOperationException($"{owner.Id}: there is nothing to save before the first Reset.");
        return new EnvironmentSnapshot(owner.Id, Steps, !_ended, random.State, values);
    }

    /// <summary>Takes up a saved episode; the owner then takes up the values.</summary>
    public void Restore(EnvironmentSnapshot snapshot, SeededRandom random, int valueCount)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        if (snapshot.Id != owner.Id)
            throw new ArgumentException($"This snapshot is of {snapshot.Id}; {owner.Id} cannot go on from it.", nameof(snapshot));
        if (snapshot.Values.Length != valueCount || !Array.TrueForAll(snapshot.Values, double.IsFinite) || snapshot.Steps < 0 || snapshot.Steps > owner.MaxEpisodeSteps)
            throw new ArgumentException($"{owner.Id}: the snapshot is damaged; it needs {valueCount} finite values and between 0 and {owner.MaxEpisodeSteps} steps.", nameof(snapshot));
        random.State = snapshot.Random;
        (Steps, _started, _ended) = (snapshot.Steps, true, !snapshot.Running);
    }
}
