namespace Ddpg.Exploration;

/// <summary>Lets exploration noise shrink: σ goes in a straight line from its first value to <see cref="FinalFraction"/> of it, then stays there.</summary>
public sealed record NoiseDecay
{
    /// <summary>No decay at all.</summary>
    public static NoiseDecay None { get; } = new(1, 1);

    /// <summary>Makes a schedule.</summary>
    /// <param name="finalFraction">What remains of σ in the end, in [0, 1]; 1 means no decay.</param>
    /// <param name="steps">After how many exploring steps it is reached; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public NoiseDecay(double finalFraction, long steps)
    {
        if (finalFraction is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(finalFraction), finalFraction, "The fraction of sigma that remains must be in [0, 1].");
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        (FinalFraction, Steps) = (finalFraction, steps);
    }

    /// <summary>What remains of σ in the end, in [0, 1].</summary>
    public double FinalFraction { get; }

    /// <summary>After how many exploring steps.</summary>
    public long Steps { get; }

    /// <summary>The factor that σ has after <paramref name="step"/> exploring steps: 1 at 0, <see cref="FinalFraction"/> from <see cref="Steps"/> on.</summary>
    /// <param name="step">At least 0.</param>
    public double FactorAt(long step) => 1 + (FinalFraction - 1) * Math.Min(1, (double)step / Steps);
}
