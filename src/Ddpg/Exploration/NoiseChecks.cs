using Ddpg.Environments;

namespace Ddpg.Exploration;

/// <summary>What every noise refuses.</summary>
internal static class NoiseChecks
{
    public static void Length(int length, Box actionSpace)
    {
        if (length != actionSpace.Length)
            throw new ArgumentException($"The noise was made for actions of {actionSpace.Length} number(s), got {length}.");
    }

    public static void SavedState(ReadOnlySpan<double> state, int length)
    {
        bool finite = true;
        foreach (double value in state) finite &= double.IsFinite(value);
        if (state.Length != length || !finite)
            throw new ArgumentException($"The saved exploration state has {state.Length} value(s); this noise needs {length} finite ones. It comes from another kind of noise, or is damaged.");
    }

    public static void Sigma(double sigma)
    {
        if (!(sigma >= 0) || double.IsInfinity(sigma)) throw new ArgumentOutOfRangeException(nameof(sigma), sigma, "Sigma must be finite and at least 0.");
    }

    public static void Mean(double mean)
    {
        if (!double.IsFinite(mean)) throw new ArgumentOutOfRangeException(nameof(mean), mean, "The mean must be finite.");
    }
}
