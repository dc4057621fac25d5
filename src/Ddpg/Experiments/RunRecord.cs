namespace Ddpg.Experiments;

/// <summary>What one run of a sweep came to: a line of <c>results.csv</c>, its learning curve and its cost.</summary>
/// <param name="Environment">The environment's id.</param>
/// <param name="Exploration">Name of the exploration in the sweep file.</param>
/// <param name="Variant">Name of the variant in the sweep file.</param>
/// <param name="Seed">Root seed.</param>
/// <param name="Fingerprint">Of all that decides the run: <see cref="SweepCell.Fingerprint"/>.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Steps">Environment steps made.</param>
/// <param name="Final">The last policy on the fixed starts, which no choice was made on; null where it diverged.</param>
/// <param name="BestStep">When the best evaluation on the way was made.</param>
/// <param name="BestMean">What it scored: optimistic, because it was chosen.</param>
/// <param name="Fresh">The policy of <paramref name="BestStep"/> on fresh starts: what the choice is worth.</param>
/// <param name="Curve">Every evaluation, in order.</param>
/// <param name="Cost">Time and machine.</param>
public sealed record RunRecord(
    string Environment, string Exploration, string Variant, ulong Seed, string Fingerprint, RunOutcome Outcome, long Steps,
    ReturnSummary? Final, long? BestStep, double? BestMean, ReturnSummary? Fresh, IReadOnlyList<CurveStep> Curve, RunCost Cost)
{
    /// <summary>Exploration and variant, without those called <c>default</c>.</summary>
    public string Method => string.Join(", ", new[] { Exploration, Variant }.Where(name => name != Sweep.DefaultName)) is { Length: > 0 } method ? method : Sweep.DefaultName;

    /// <summary>The step of the first evaluation at or above a return; null where none was.</summary>
    public long? FirstAt(double threshold) => Curve.FirstOrDefault(point => point.Returns.Mean >= threshold)?.Step;

    /// <summary>The step from which every evaluation was at or above a return, up to the last; null where the last is below.</summary>
    public long? StaysFrom(double threshold) => Curve.Reverse().TakeWhile(point => point.Returns.Mean >= threshold).LastOrDefault()?.Step;

    internal (string, string, string, ulong) Key => (Environment, Exploration, Variant, Seed);
}
