namespace Ddpg.Training;

/// <summary>An evaluation and when in the run it was made: one point of the learning curve.</summary>
/// <param name="Step">Environment steps of the run so far; 0 is the untrained policy.</param>
/// <param name="Result">What the policy scored.</param>
public sealed record EvaluationPoint(long Step, EvaluationResult Result)
{
    /// <summary>The mean return.</summary>
    public double Mean => Result.Mean;
}
