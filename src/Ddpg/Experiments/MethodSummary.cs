namespace Ddpg.Experiments;

/// <summary>What one method came to on one environment, over its seeds.</summary>
public sealed class MethodSummary
{
    private MethodSummary(string environment, string name, IReadOnlyList<RunRecord> runs) => (Environment, Name, Runs) = (environment, name, runs);

    /// <summary>The environment's id.</summary>
    public string Environment { get; }

    /// <summary>Exploration and variant.</summary>
    public string Name { get; }

    /// <summary>Every run, diverged ones included.</summary>
    public IReadOnlyList<RunRecord> Runs { get; }

    /// <summary>The final policies' mean returns, one a finished seed.</summary>
    public IReadOnlyList<double> FinalReturns => [.. Runs.Where(run => run.Final is not null).Select(run => run.Final!.Mean)];

    /// <summary>Seeds that ended in NaN or infinity; they are in no mean, so they must be told.</summary>
    public int Diverged => Runs.Count(run => run.Outcome == RunOutcome.Diverged);

    /// <summary>Interquartile mean of <see cref="FinalReturns"/>, with its 95 % bootstrap interval where there are enough seeds; null where none finished.</summary>
    public Estimate? Final => FinalReturns.Count == 0 ? null : Scores.InterquartileMean([FinalReturns]);

    /// <summary>Seeds with an evaluation on the way, or the last, at or above a return.</summary>
    public int Reached(double threshold) => Runs.Count(run => run.Curve.Any(point => point.Returns.Mean >= threshold));

    /// <summary>Seeds whose final policy is at or above a return.</summary>
    public int EndedAbove(double threshold) => FinalReturns.Count(value => value >= threshold);

    /// <summary>Seeds whose best policy scores a return or more on fresh starts.</summary>
    public int BestAbove(double threshold) => Runs.Count(run => run.Fresh?.Mean >= threshold);

    /// <summary>Groups runs by environment and method, in their order.</summary>
    /// <param name="runs">Any runs.</param>
    public static IReadOnlyList<MethodSummary> Of(IEnumerable<RunRecord> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        return [.. runs.GroupBy(run => (run.Environment, run.Method)).Select(group => new MethodSummary(group.Key.Environment, group.Key.Method, [.. group]))];
    }

    /// <summary>The probability that a final policy of this method beats one of the other on this environment; null where one of them has no finished seed.</summary>
    /// <param name="other">The other method.</param>
    public Estimate? ImprovementOver(MethodSummary other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return FinalReturns.Count == 0 || other.FinalReturns.Count == 0 ? null : Scores.ProbabilityOfImprovement([FinalReturns], [other.FinalReturns]);
    }

    /// <summary>Interquartile mean over the seeds at each step that all of them were evaluated at, with its interval where there are enough seeds.</summary>
    public IReadOnlyList<(long Step, Estimate Return)> Curve()
    {
        RunRecord[] whole = [.. Runs.Where(run => run.Outcome == RunOutcome.Finished)];
        return [.. whole.SelectMany(run => run.Curve).GroupBy(point => point.Step).Where(group => group.Count() == whole.Length).OrderBy(group => group.Key)
            .Select(group => (group.Key, Scores.InterquartileMean([[.. group.Select(point => point.Returns.Mean)]])))];
    }
}
