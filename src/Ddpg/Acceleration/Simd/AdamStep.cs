namespace Ddpg.Acceleration;

/// <summary>The numbers of one step of Adam: <c>θ ← θ − StepSize·m/(RootScale·√v + ε)</c>.</summary>
/// <param name="StepSize">lr/(1 − β₁ᵗ).</param>
/// <param name="RootScale">1/√(1 − β₂ᵗ).</param>
/// <param name="WeightDecay">L2 penalty, added to the gradient.</param>
/// <param name="Sweep">
/// Moments of a unit that gets no gradient any more would sink into the subnormal numbers, where processors take a hundred times as long.
/// Every few steps, what is below 1e-36 becomes 0; what this can change in a weight lies far beneath a float's last place.
/// </param>
internal readonly record struct AdamStep(double StepSize, double RootScale, double WeightDecay, bool Sweep)
{
    internal const double Beta1 = 0.9, Beta2 = 0.999, Epsilon = 1e-8;
    private const int StepsBetweenSweeps = 16;

    /// <summary>Step number t, from 1 on.</summary>
    internal static AdamStep At(long t, double learningRate, double weightDecay) =>
        new(learningRate / (1 - Power(Beta1, t)), 1 / Math.Sqrt(1 - Power(Beta2, t)), weightDecay, t % StepsBetweenSweeps == 0);

    // By repeated squaring: the platform's own Math.Pow may differ between machines in the last place.
    private static double Power(double x, long t)
    {
        double result = 1;
        for (double square = x; t > 0; t >>= 1, square *= square)
            if ((t & 1) != 0) result *= square;
        return result;
    }
}
