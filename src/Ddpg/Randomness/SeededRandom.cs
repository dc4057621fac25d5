using Ddpg.Numerics;

namespace Ddpg.Randomness;

/// <summary>The kit's random generator: Philox4x32-10 (Salmon et al. 2011), with the same numbers on every machine and in every version.</summary>
/// <remarks>
/// The seed is the key, the stream the high half of the 128-bit counter, the position the low half. So streams of one seed never meet,
/// and two seeds share nothing. .NET's own <see cref="Random"/> does not promise its sequence from one version to the next.
/// Not safe for two threads at once: give each its own.
/// </remarks>
/// <param name="seed">The root seed of the run; any number.</param>
/// <param name="stream">Who draws.</param>
public sealed class SeededRandom(ulong seed, RandomStream stream = RandomStream.General)
{
    private readonly ulong[] _block = new ulong[2];
    private ulong _seed = seed;
    private RandomStream _stream = stream;
    private ulong _position;
    private double? _spareNormal;

    /// <summary>Where the generator stands. Assigning it continues from there, whatever seed this object was made with.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The assigned spare normal number is NaN or infinite.</exception>
    public RandomState State
    {
        get => new(_seed, _stream, _position, _spareNormal);
        set
        {
            if (value.SpareNormal is double spare && !double.IsFinite(spare))
                throw new ArgumentOutOfRangeException(nameof(value), spare, "RandomState.SpareNormal must be a finite number or null; the saved state is damaged.");
            (_seed, _stream, _position, _spareNormal) = (value.Seed, value.Stream, value.Position, value.SpareNormal);
            if ((_position & 1) == 1) FillBlock();
        }
    }

    /// <summary>64 random bits.</summary>
    public ulong NextUInt64()
    {
        int half = (int)(_position & 1);
        if (half == 0) FillBlock();
        _position++;
        return _block[half];
    }

    /// <summary>A number uniform in [0, 1), a multiple of 2⁻⁵³.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A number uniform in [<paramref name="low"/>, <paramref name="high"/>).</summary>
    /// <param name="low">Finite.</param>
    /// <param name="high">Finite, not below <paramref name="low"/>; equal to it gives that number.</param>
    /// <exception cref="ArgumentException">A bound is not finite, or they are in the wrong order.</exception>
    public double NextUniform(double low, double high)
    {
        if (!double.IsFinite(low) || !double.IsFinite(high) || low > high)
            throw new ArgumentException(FormattableString.Invariant($"NextUniform needs finite bounds with low <= high; got low {low}, high {high}."));
        double u = NextDouble();
        double value = Math.FusedMultiplyAdd(high, u, low * (1 - u));
        // Rounding may carry the product up to the excluded bound, or a hair below the included one.
        return value >= high && low < high ? Math.BitDecrement(high) : Math.Max(value, low);
    }

    /// <summary>An integer uniform in [0, <paramref name="exclusiveMaximum"/>), without bias (Lemire 2019).</summary>
    /// <param name="exclusiveMaximum">At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="exclusiveMaximum"/> is below 1.</exception>
    public int NextInt(int exclusiveMaximum)
    {
        if (exclusiveMaximum < 1)
            throw new ArgumentOutOfRangeException(nameof(exclusiveMaximum), exclusiveMaximum, "NextInt draws from [0, exclusiveMaximum) and needs at least 1.");
        ulong n = (ulong)exclusiveMaximum, result = Math.BigMul(NextUInt64(), n, out ulong fraction);
        if (fraction < n)
        {
            // 2⁶⁴ mod n outcomes would come up once too often: draw again on those.
            ulong tooOften = unchecked(0UL - n) % n;
            while (fraction < tooOften) result = Math.BigMul(NextUInt64(), n, out fraction);
        }
        return (int)result;
    }

    /// <summary>A standard normal number, mean 0 and variance 1 (Box and Muller 1958; two come from one pair of uniform numbers).</summary>
    public double NextNormal()
    {
        if (_spareNormal is double spare)
        {
            _spareNormal = null;
            return spare;
        }
        double radius = Math.Sqrt(-2 * PortableMath.Log(1 - NextDouble()));   // 1 − u lies in (0, 1], so the logarithm is finite
        (double sin, double cos) = PortableMath.SinCos(2 * Math.PI * NextDouble());
        _spareNormal = radius * sin;
        return radius * cos;
    }

    private void FillBlock()
    {
        ulong index = _position >> 1;
        (uint x0, uint x1, uint x2, uint x3) = Philox.Block((uint)index, (uint)(index >> 32), (uint)_stream, 0, (uint)_seed, (uint)(_seed >> 32));
        _block[0] = x0 | ((ulong)x1 << 32);
        _block[1] = x2 | ((ulong)x3 << 32);
    }
}
