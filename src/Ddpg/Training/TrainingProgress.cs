namespace Ddpg.Training;

/// <summary>How far a run is, reported at most a few times a second.</summary>
/// <param name="Step">Environment steps made.</param>
/// <param name="TotalSteps">Environment steps to make.</param>
/// <param name="Episodes">Episodes finished.</param>
/// <param name="Elapsed">Time since <see cref="Trainer.Train"/> was called.</param>
/// <param name="Remaining">Estimated time left, from the speed of the steps that learn; null before there is one.</param>
/// <param name="LastEpisode">The last finished episode, if any.</param>
/// <param name="LastEvaluation">The last evaluation, if any.</param>
public sealed record TrainingProgress(
    long Step, long TotalSteps, int Episodes, TimeSpan Elapsed, TimeSpan? Remaining, EpisodeResult? LastEpisode, EvaluationPoint? LastEvaluation)
{
    /// <summary>The part of the run that is done, in [0, 1].</summary>
    public double Fraction => TotalSteps == 0 ? 1 : (double)Step / TotalSteps;
}
