using Ddpg.Numerics;
using Ddpg.Randomness;

namespace Ddpg.Environments;

/// <summary>A box of vectors: every number x[i] with <c>Low[i] ≤ x[i] ≤ High[i]</c>. Observations and actions live in one.</summary>
/// <remarks>A bound may be infinite. The arrays that the properties return are copies: a box never changes.</remarks>
public sealed class Box
{
    private readonly float[] _low, _high;
    private float[]? _center, _halfRange;

    /// <summary>Makes a box from its two corners.</summary>
    /// <param name="low">The smallest value of each number; −∞ where there is none.</param>
    /// <param name="high">The largest value of each number, as many as <paramref name="low"/>; +∞ where there is none.</param>
    /// <exception cref="ArgumentException">The lengths differ or are 0, a bound is NaN, low exceeds high, or no number fits between the two.</exception>
    public Box(ReadOnlySpan<float> low, ReadOnlySpan<float> high)
    {
        if (low.Length == 0 || low.Length != high.Length)
            throw new ArgumentException($"A Box needs as many upper as lower bounds and at least one of each; got {low.Length} lower and {high.Length} upper ones.");
        for (int i = 0; i < low.Length; i++)
        {
            if (!(low[i] <= high[i]) || float.IsPositiveInfinity(low[i]) || float.IsNegativeInfinity(high[i]))
                throw new ArgumentException(FormattableString.Invariant($"Box bounds [{low[i]}, {high[i]}] at index {i}: they must hold at least one number, with low <= high and no NaN."));
        }
        _low = low.ToArray();
        _high = high.ToArray();
    }

    /// <summary>Makes a box whose numbers all have the same bounds.</summary>
    /// <param name="low">The smallest value of every number.</param>
    /// <param name="high">The largest value of every number.</param>
    /// <param name="length">How many numbers, at least 1.</param>
    /// <exception cref="ArgumentException">As for the other constructor.</exception>
    public Box(float low, float high, int length) : this(Filled(low, length), Filled(high, length))
    {
    }

    /// <summary>The smallest value of each number (a new array each time).</summary>
    public float[] Low => [.. _low];

    /// <summary>The largest value of each number (a new array each time).</summary>
    public float[] High => [.. _high];

    /// <summary>How many numbers a vector of this box has.</summary>
    public int Length => _low.Length;

    /// <summary>Whether every bound is finite.</summary>
    public bool IsBounded => Array.TrueForAll(_low, float.IsFinite) && Array.TrueForAll(_high, float.IsFinite);

    /// <summary>The middle c = (high + low)/2 of each number (a new array each time).</summary>
    /// <exception cref="InvalidOperationException">A bound is infinite.</exception>
    public double[] Center => Combine(static (low, high) => 0.5 * (high + low));

    /// <summary>Half the width s = (high − low)/2 of each number (a new array each time): tanh's ±1 times this, plus <see cref="Center"/>, fills the box.</summary>
    /// <exception cref="InvalidOperationException">A bound is infinite.</exception>
    public double[] HalfRange => Combine(static (low, high) => 0.5 * (high - low));

    /// <summary>Whether <paramref name="values"/> has the right length and every number is within its bounds. NaN never is.</summary>
    /// <param name="values">The vector to look at.</param>
    public bool Contains(ReadOnlySpan<float> values)
    {
        if (values.Length != Length) return false;
        for (int i = 0; i < values.Length; i++)
            if (!(values[i] >= _low[i] && values[i] <= _high[i])) return false;
        return true;
    }

    /// <summary>
    /// A random vector of the box: uniform between two finite bounds, standard normal where there is none, and at an exponentially
    /// distributed distance of mean 1 from the only bound. These are Gymnasium's rules.
    /// </summary>
    /// <param name="random">Where the numbers come from.</param>
    public float[] Sample(SeededRandom random)
    {
        float[] sample = new float[Length];
        Sample(random, sample);
        return sample;
    }

    /// <summary>Writes a random vector of the box into <paramref name="destination"/>; allocates nothing.</summary>
    /// <param name="random">Where the numbers come from.</param>
    /// <param name="destination">As long as the box.</param>
    /// <exception cref="ArgumentException">The length is another.</exception>
    public void Sample(SeededRandom random, Span<float> destination)
    {
        ArgumentNullException.ThrowIfNull(random);
        CheckLength(destination.Length);
        for (int i = 0; i < destination.Length; i++)
        {
            double value = (float.IsFinite(_low[i]), float.IsFinite(_high[i])) switch
            {
                (true, true) => random.NextUniform(_low[i], _high[i]),
                (true, false) => _low[i] + Exponential(random),
                (false, true) => _high[i] - Exponential(random),
                _ => random.NextNormal(),
            };
            destination[i] = Math.Clamp((float)value, _low[i], _high[i]);   // rounding to float32 may step over a bound
        }
    }

    /// <summary>Moves each number that is outside its bounds onto the nearer one. NaN stays NaN.</summary>
    /// <param name="values">As long as the box; changed in place.</param>
    /// <exception cref="ArgumentException">The length is another.</exception>
    public void Clip(Span<float> values)
    {
        CheckLength(values.Length);
        for (int i = 0; i < values.Length; i++)
            values[i] = Math.Clamp(values[i], _low[i], _high[i]);
    }

    /// <summary>Brings vectors of the box to [−1, 1]: <c>ã = (a − c)/s</c> with <see cref="Center"/> c and <see cref="HalfRange"/> s. A number that cannot vary (s = 0) becomes 0.</summary>
    /// <param name="values">One vector, or many in a row.</param>
    /// <param name="scaled">As long; may be the same span.</param>
    /// <exception cref="ArgumentException">The length is no multiple of the box's, or the two lengths differ.</exception>
    /// <exception cref="InvalidOperationException">A bound is infinite.</exception>
    public void Scale(ReadOnlySpan<float> values, Span<float> scaled)
    {
        (float[] center, float[] halfRange) = Scaling(values.Length, scaled.Length);
        for (int i = 0, of = 0; i < values.Length; i++, of = of + 1 == center.Length ? 0 : of + 1)
            scaled[i] = halfRange[of] == 0 ? 0 : (values[i] - center[of]) / halfRange[of];
    }

    /// <summary>Brings vectors from [−1, 1] back into the box: <c>a = ã·s + c</c>; the inverse of <see cref="Scale"/>.</summary>
    /// <param name="scaled">One vector, or many in a row.</param>
    /// <param name="values">As long; may be the same span. Rounding may step over a bound: <see cref="Clip"/>.</param>
    /// <exception cref="ArgumentException">The length is no multiple of the box's, or the two lengths differ.</exception>
    /// <exception cref="InvalidOperationException">A bound is infinite.</exception>
    public void Unscale(ReadOnlySpan<float> scaled, Span<float> values)
    {
        (float[] center, float[] halfRange) = Scaling(scaled.Length, values.Length);
        for (int i = 0, of = 0; i < scaled.Length; i++, of = of + 1 == center.Length ? 0 : of + 1)
        {
            float moved = scaled[i] * halfRange[of];
            values[i] = moved + center[of];
        }
    }

    /// <summary>The box in a form to read, such as <c>Box([-1, -1, -8], [1, 1, 8])</c>.</summary>
    public override string ToString() => $"Box([{Join(_low)}], [{Join(_high)}])";

    private static string Join(float[] values) =>
        string.Join(", ", values.Select(value => value.ToString("G6", System.Globalization.CultureInfo.InvariantCulture)));

    private static double Exponential(SeededRandom random) => -PortableMath.Log(1 - random.NextDouble());

    private static float[] Filled(float value, int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        float[] values = new float[length];
        Array.Fill(values, value);
        return values;
    }

    private double[] Combine(Func<double, double, double> combine)
    {
        if (!IsBounded)
            throw new InvalidOperationException($"{this} has an infinite bound, so it has no centre and no half range; an action space must be bounded on both sides.");
        return [.. _low.Zip(_high, (low, high) => combine(low, high))];
    }

    private (float[] Center, float[] HalfRange) Scaling(int from, int to)
    {
        if (from != to || from % Length != 0)
            throw new ArgumentException($"Expected vectors of {Length} number(s), the length of {this}, and as much room; got {from} numbers and room for {to}.");
        // Both are made from the bounds alone, so it does not matter which thread makes them.
        return (_center ??= [.. Center.Select(value => (float)value)], _halfRange ??= [.. HalfRange.Select(value => (float)value)]);
    }

    private void CheckLength(int length)
    {
        if (length != Length)
            throw new ArgumentException($"Expected a vector of {Length} number(s), the length of {this}; got {length}.");
    }
}
