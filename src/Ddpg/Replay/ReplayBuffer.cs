using Ddpg.Randomness;

namespace Ddpg.Replay;

/// <summary>The last <see cref="Capacity"/> transitions, from which minibatches are drawn uniformly with replacement.</summary>
/// <remarks>
/// A ring: when it is full, the newest transition takes the place of the oldest. A transition is one row of float32 numbers in one array
/// (observation, action, reward, next observation, terminated), so that drawing it touches one place in memory; it costs
/// 4·(2·observation + action + 2) bytes. Adding and sampling allocate nothing.
/// </remarks>
public sealed class ReplayBuffer
{
    private readonly float[] _rows;
    private readonly int _observationSize, _actionSize, _rowLength;
    private long _firstAdded;   // above 0 only in a buffer that was restored from a checkpoint

    /// <summary>Makes an empty buffer. The operating system hands out its memory only as it fills.</summary>
    /// <param name="capacity">How many transitions it holds; at least 1. The paper's 10⁶ costs 36 MB for the pendulum.</param>
    /// <param name="observationSize">Numbers in an observation; at least 1.</param>
    /// <param name="actionSize">Numbers in an action; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1, or the whole would exceed the largest array.</exception>
    public ReplayBuffer(int capacity, int observationSize, int actionSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(observationSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(actionSize, 1);
        long rowLength = 2L * observationSize + actionSize + 2;
        if (capacity * rowLength > Array.MaxLength)
        {
            throw new ArgumentOutOfRangeException(nameof(capacity), capacity,
                $"With observations of {observationSize} and actions of {actionSize} numbers the capacity can be at most {Array.MaxLength / rowLength}.");
        }
        (Capacity, _observationSize, _actionSize, _rowLength) = (capacity, observationSize, actionSize, (int)rowLength);
        _rows = new float[capacity * rowLength];
    }

    /// <summary>How many transitions it can hold.</summary>
    public int Capacity { get; }

    /// <summary>How many it holds now.</summary>
    public int Count => (int)Math.Min(Added - _firstAdded, Capacity);

    /// <summary>How many were ever added, forgotten ones included.</summary>
    public long Added { get; private set; }

    /// <summary>The length of <see cref="Row"/>: 2·observation + action + 2.</summary>
    public int RowLength => _rowLength;

    /// <summary>The transition at <paramref name="index"/>, 0 being the oldest (a copy, for looking at; sampling is the fast way).</summary>
    /// <param name="index">In [0, <see cref="Count"/>).</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such transition.</exception>
    public Transition this[int index]
    {
        get
        {
            ReadOnlySpan<float> row = Row(index);
            int next = _observationSize + _actionSize + 1;
            return new Transition(
                row[.._observationSize].ToArray(), row.Slice(_observationSize, _actionSize).ToArray(), row[next - 1],
                row.Slice(next, _observationSize).ToArray(), row[^1] != 0);
        }
    }

    /// <summary>Appends a transition, in place of the oldest one when the buffer is full. O(1).</summary>
    /// <param name="observation">What the agent saw.</param>
    /// <param name="action">What it did, in the environment's units, after clipping.</param>
    /// <param name="reward">What it got.</param>
    /// <param name="nextObservation">What it saw then: on an episode's last step its final observation, not the next episode's first.</param>
    /// <param name="terminated">Whether the task ended. Pass <c>StepResult.Terminated</c>, never "the episode is over": a time limit must still bootstrap.</param>
    /// <exception cref="ArgumentException">A length is wrong, or a number is NaN or infinite; the buffer is unchanged.</exception>
    public void Add(ReadOnlySpan<float> observation, ReadOnlySpan<float> action, double reward, ReadOnlySpan<float> nextObservation, bool terminated)
    {
        Check(observation, _observationSize, nameof(observation));
        Check(action, _actionSize, nameof(action));
        Check(nextObservation, _observationSize, nameof(nextObservation));
        if (!float.IsFinite((float)reward))
            throw new ArgumentException(FormattableString.Invariant($"The reward is {reward}; it must be a finite float32 number. The environment is broken, or the run has diverged."), nameof(reward));

        Span<float> row = _rows.AsSpan((int)(Added % Capacity) * _rowLength, _rowLength);
        observation.CopyTo(row);
        action.CopyTo(row[_observationSize..]);
        row[_observationSize + _actionSize] = (float)reward;
        nextObservation.CopyTo(row[(_observationSize + _actionSize + 1)..]);
        row[^1] = terminated ? 1 : 0;
        Added++;
    }

    /// <summary>Fills <paramref name="destination"/> with transitions drawn uniformly with replacement. O(B).</summary>
    /// <param name="destination">Where to; its sizes must be the buffer's.</param>
    /// <param name="random">Decides which; give replay a stream of its own.</param>
    /// <exception cref="InvalidOperationException">The buffer is empty.</exception>
    /// <exception cref="ArgumentException">The minibatch is made for other sizes.</exception>
    public void Sample(Minibatch destination, SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(destination);
        ArgumentNullException.ThrowIfNull(random);
        if (Count == 0) throw new InvalidOperationException("Cannot sample an empty ReplayBuffer; call Add first.");
        if (destination.ObservationSize != _observationSize || destination.ActionSize != _actionSize)
        {
            throw new ArgumentException(
                $"The minibatch is made for observations of {destination.ObservationSize} and actions of {destination.ActionSize} numbers; this buffer holds {_observationSize} and {_actionSize}.",
                nameof(destination));
        }
        int count = Count, oldest = (int)((Added - count) % Capacity);
        for (int i = 0; i < destination.Size; i++)
        {
            // In long: for the largest buffers, oldest + index would not fit an int.
            long slot = (long)oldest + random.NextInt(count);
            if (slot >= Capacity) slot -= Capacity;
            CopyRow(_rows.AsSpan((int)slot * _rowLength, _rowLength), destination, i);
        }
    }

    /// <summary>The stored row at <paramref name="index"/>, 0 being the oldest: observation, action, reward, next observation, terminated. For checkpoints.</summary>
    /// <param name="index">In [0, <see cref="Count"/>).</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public ReadOnlySpan<float> Row(int index)
    {
        if ((uint)index >= (uint)Count)
            throw new ArgumentOutOfRangeException(nameof(index), index, $"The buffer holds {Count} transition(s); the index must be in [0, {Count}).");
        long oldest = Added - Count;
        return _rows.AsSpan((int)((oldest + index) % Capacity) * _rowLength, _rowLength);
    }

    /// <summary>Empties the buffer; the next transition added counts as number <paramref name="firstAdded"/>. A checkpoint restores with this and <see cref="AddRow"/>.</summary>
    /// <param name="firstAdded">The number of the oldest saved transition (saved Added − saved Count); at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public void Restart(long firstAdded = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstAdded);
        (_firstAdded, Added) = (firstAdded, firstAdded);
    }

    /// <summary>Appends a row that <see cref="Row"/> gave. Restored so, oldest first, the buffer draws the same transitions as the one that was saved.</summary>
    /// <param name="row">Of length <see cref="RowLength"/>.</param>
    /// <exception cref="ArgumentException">The length is another, or a number is NaN or infinite.</exception>
    public void AddRow(ReadOnlySpan<float> row)
    {
        Check(row, _rowLength, nameof(row));
        row.CopyTo(_rows.AsSpan((int)(Added % Capacity) * _rowLength, _rowLength));
        Added++;
    }

    private void CopyRow(ReadOnlySpan<float> row, Minibatch destination, int i)
    {
        row[.._observationSize].CopyTo(destination.Observations.AsSpan(i * _observationSize));
        row.Slice(_observationSize, _actionSize).CopyTo(destination.Actions.AsSpan(i * _actionSize));
        destination.Rewards[i] = row[_observationSize + _actionSize];
        row.Slice(_observationSize + _actionSize + 1, _observationSize).CopyTo(destination.NextObservations.AsSpan(i * _observationSize));
        destination.Terminated[i] = row[^1];
    }

    private static void Check(ReadOnlySpan<float> values, int length, string name)
    {
        if (values.Length != length)
            throw new ArgumentException($"{name} has {values.Length} number(s); this buffer was made for {length}.", name);
        for (int i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
                throw new ArgumentException(FormattableString.Invariant($"{name}[{i}] is {values[i]}; only finite numbers can be replayed. The environment is broken, or the run has diverged."), name);
        }
    }
}
