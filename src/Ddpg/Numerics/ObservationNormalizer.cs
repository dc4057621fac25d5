namespace Ddpg.Numerics;

/// <summary>Brings observations of different units to one scale: <c>x̂ = clip((x − m)/√(v + 10⁻⁸), −c, c)</c>, with the mean m and variance v of all observations seen.</summary>
/// <remarks>
/// <para>The mountain car's velocity stays within ±0.07 and its position within ±1; unnormalised, a network hardly sees the velocity, and perturbing its
/// weights (parameter noise) never makes the car swing. Dhariwal et al. (2017), OpenAI Baselines, clip at ±5.</para>
/// <para>Replay keeps raw observations and normalises them when they are drawn, with the statistics of that moment. Evaluation must not change the
/// statistics: it only calls <see cref="Normalize"/>. Mean and variance run by Welford's method (1962), in float64.</para>
/// </remarks>
public sealed class ObservationNormalizer
{
    private const double VarianceFloor = 1e-8;
    private readonly double[] _mean, _squares, _scale;

    /// <summary>Makes a normaliser that has seen nothing; until it has seen two observations it scales by 1.</summary>
    /// <param name="size">Numbers in an observation; at least 1.</param>
    /// <param name="clip">c, the largest size of a normalised number; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public ObservationNormalizer(int size, double clip = 5)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        if (!(clip > 0) || double.IsInfinity(clip)) throw new ArgumentOutOfRangeException(nameof(clip), clip, "The clip must be finite and above 0; 5 is usual.");
        (_mean, _squares, _scale, Clip) = (new double[size], new double[size], new double[size], clip);
        Array.Fill(_scale, 1);
    }

    /// <summary>c, the largest size of a normalised number.</summary>
    public double Clip { get; }

    /// <summary>How many observations have been seen.</summary>
    public long Count { get; private set; }

    /// <summary>The mean of each number (a new array each time).</summary>
    public double[] Mean => [.. _mean];

    /// <summary>The variance of each number, over all observations seen (a new array each time).</summary>
    public double[] Variance => [.. _squares.Select(square => Count == 0 ? 0 : square / Count)];

    /// <summary>Takes one observation into the statistics. Call it once for each observation met in training, never in evaluation.</summary>
    /// <param name="observation">Raw, of the normaliser's size.</param>
    /// <exception cref="ArgumentException">The length is another, or a number is not finite.</exception>
    public void Observe(ReadOnlySpan<float> observation)
    {
        CheckLength(observation.Length, nameof(observation));
        foreach (float value in observation)
        {
            if (!float.IsFinite(value))
                throw new ArgumentException(FormattableString.Invariant($"An observation holds {value}; it would spoil the running mean for good. The environment is broken."), nameof(observation));
        }
        Count++;
        for (int i = 0; i < observation.Length; i++)
        {
            double before = observation[i] - _mean[i];
            _mean[i] += before / Count;
            _squares[i] += before * (observation[i] - _mean[i]);
        }
        RefreshScale();
    }

    /// <summary>Writes the normalised observations; changes no statistics and allocates nothing.</summary>
    /// <param name="observations">Raw, one or many, row after row.</param>
    /// <param name="destination">As long; may be the same memory.</param>
    /// <exception cref="ArgumentException">The lengths differ, or are no multiple of the observation's size.</exception>
    public void Normalize(ReadOnlySpan<float> observations, Span<float> destination)
    {
        if (destination.Length != observations.Length || observations.Length % _mean.Length != 0)
        {
            throw new ArgumentException(
                $"Got {observations.Length} numbers to normalise into room for {destination.Length}; both must be the same multiple of the observation's {_mean.Length}.", nameof(destination));
        }
        for (int row = 0; row < observations.Length; row += _mean.Length)
        {
            for (int i = 0; i < _mean.Length; i++)
                destination[row + i] = (float)Math.Clamp((observations[row + i] - _mean[i]) * _scale[i], -Clip, Clip);
        }
    }

    /// <summary>The statistics, for a checkpoint: count, means, sums of squares.</summary>
    public double[] Save() => [Count, .. _mean, .. _squares];

    /// <summary>Takes up saved statistics.</summary>
    /// <param name="state">What <see cref="Save"/> of a normaliser of the same size returned.</param>
    /// <exception cref="ArgumentException">It is of another size, or damaged.</exception>
    public void Restore(ReadOnlySpan<double> state)
    {
        bool sound = state.Length == 1 + 2 * _mean.Length && state[0] >= 0;
        foreach (double value in state) sound &= double.IsFinite(value);
        if (!sound) throw new ArgumentException($"The saved statistics have {state.Length} value(s); observations of {_mean.Length} numbers need {1 + 2 * _mean.Length} finite ones.", nameof(state));
        Count = (long)state[0];
        state.Slice(1, _mean.Length).CopyTo(_mean);
        state[(1 + _mean.Length)..].CopyTo(_squares);
        RefreshScale();
    }

    private void RefreshScale()
    {
        for (int i = 0; i < _scale.Length; i++)
            _scale[i] = Count < 2 ? 1 : 1 / Math.Sqrt(_squares[i] / Count + VarianceFloor);
    }

    private void CheckLength(int length, string name)
    {
        if (length != _mean.Length) throw new ArgumentException($"The observation has {length} number(s); this normaliser was made for {_mean.Length}.", name);
    }
}
