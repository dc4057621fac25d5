using Ddpg.Training;

namespace Ddpg.Experiments;

/// <summary>An evaluation without its single returns.</summary>
/// <param name="Mean">Mean episode return.</param>
/// <param name="Std">Standard deviation over the starts.</param>
/// <param name="Min">The worst.</param>
/// <param name="Max">The best.</param>
/// <param name="Episodes">How many starts.</param>
public sealed record ReturnSummary(double Mean, double Std, double Min, double Max, int Episodes)
{
    /// <summary>Sums up an evaluation.</summary>
    public static ReturnSummary Of(EvaluationResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return new ReturnSummary(result.Mean, result.Std, result.Min, result.Max, result.Episodes);
    }
}
