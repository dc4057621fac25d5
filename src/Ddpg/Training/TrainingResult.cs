namespace Ddpg.Training;

/// <summary>What a run left behind besides the agent: its two curves, kept apart because training returns carry exploration noise.</summary>
/// <param name="Steps">Environment steps made in all.</param>
/// <param name="Cancelled">Whether it was stopped before its end; the curves and the agent are kept.</param>
/// <param name="Episodes">Every finished training episode, truncated ones included.</param>
/// <param name="Evaluations">Every evaluation of the policy without noise, from the same starts.</param>
/// <param name="Elapsed">Wall-clock time of the last call of <see cref="Trainer.Train"/>.</param>
public sealed record TrainingResult(long Steps, bool Cancelled, IReadOnlyList<EpisodeResult> Episodes, IReadOnlyList<EvaluationPoint> Evaluations, TimeSpan Elapsed)
{
    /// <summary>The last evaluation, or null where there was none. The score to report: the final policy, not the best one on the way.</summary>
    public EvaluationPoint? FinalEvaluation => Evaluations.Count > 0 ? Evaluations[^1] : null;

    /// <summary>What was noticed that ruins learning, or may; usually nothing.</summary>
    public IReadOnlyList<TrainingWarning> Warnings { get; init; } = [];
}
