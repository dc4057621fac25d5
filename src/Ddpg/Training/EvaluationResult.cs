using System.Globalization;

namespace Ddpg.Training;

/// <summary>What a policy scores without exploration noise, one return an episode.</summary>
public sealed class EvaluationResult
{
    /// <summary>Sums up the returns of an evaluation.</summary>
    /// <param name="returns">Undiscounted episode returns, in the order of the starts; at least one.</param>
    /// <exception cref="ArgumentException">There is no return.</exception>
    public EvaluationResult(IReadOnlyList<double> returns)
    {
        ArgumentNullException.ThrowIfNull(returns);
        if (returns.Count == 0)
            throw new ArgumentException("An evaluation needs at least one episode.", nameof(returns));
        Returns = returns;
        Mean = returns.Sum() / returns.Count;
        Std = Math.Sqrt(returns.Sum(value => (value - Mean) * (value - Mean)) / returns.Count);
        (Min, Max) = (returns.Min(), returns.Max());
    }

    /// <summary>Undiscounted episode returns, in the order of the starts.</summary>
    public IReadOnlyList<double> Returns { get; }

    /// <summary>Their mean.</summary>
    public double Mean { get; }

    /// <summary>Their standard deviation over the starts (divided by n, as numpy does).</summary>
    public double Std { get; }

    /// <summary>The worst.</summary>
    public double Min { get; }

    /// <summary>The best.</summary>
    public double Max { get; }

    /// <summary>How many episodes.</summary>
    public int Episodes => Returns.Count;

    /// <summary>For example <c>-141.2 ± 80.1 over 100 episodes (worst -258.3, best -0.2)</c>; ± is the spread over the starts.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Mean:F1} ± {Std:F1} over {Episodes} episodes (worst {Min:F1}, best {Max:F1})");
}
