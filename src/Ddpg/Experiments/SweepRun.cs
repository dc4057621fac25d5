using Ddpg.Agents;
using Ddpg.Environments;
using Ddpg.Training;

namespace Ddpg.Experiments;

/// <summary>Makes one run of a sweep in its folder, from its beginning or from its last checkpoint, and sums it up.</summary>
public static class SweepRun
{
    /// <summary>Fixes the fresh starts, on which the best policy is scored in the end.</summary>
    public const ulong FreshSeed = 2;

    /// <summary>Trains what is left of the run, scores its best policy on fresh starts and writes <c>results.csv</c>, <c>curves.csv</c> and <c>timing.csv</c> of this run into <c>result/</c> in its folder.</summary>
    /// <param name="cell">The run.</param>
    /// <param name="folder">Its folder; made where it is missing.</param>
    /// <param name="progress">Told at most twice a second; null for nobody.</param>
    /// <param name="cancellation">Stops after the current step, with a checkpoint.</param>
    /// <returns>What the run came to, or null if it was stopped.</returns>
    /// <exception cref="IOException">A file could not be written, or another process is at this run.</exception>
    public static RunRecord? Execute(SweepCell cell, string folder, Action<TrainingProgress>? progress = null, CancellationToken cancellation = default) =>
        Make(cell, folder, run => run.Trainer.Progress += progress, cancellation);

    /// <summary>Where a run's result is; not beside its log, which has a timing.csv of its own.</summary>
    internal static string ResultFolder(string runFolder) => Path.Combine(runFolder, "result");

    internal static RunRecord? Make(SweepCell cell, string folder, Action<Run> begun, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(cell);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        using FolderLock held = FolderLock.Take(folder, $"the run '{cell.Name}'");
        RunRecord? record;
        using (Run run = File.Exists(Path.Combine(folder, "config.json")) ? Run.Resume(folder) : Run.Start(folder, Trainer.Create(cell.Environment, cell.Hyperparameters, cell.Seed)))
        {
            begun(run);
            record = Train(run, cell, cancellation);
        }
        if (record is null)
            return null;
        ResultTables.Save(ResultFolder(folder), [record]);
        // Nothing is left to go on with, and a sweep has many runs.
        Directory.Delete(Path.Combine(folder, "checkpoint"), recursive: true);
        return record;
    }

    private static RunRecord? Train(Run run, SweepCell cell, CancellationToken cancellation)
    {
        try
        {
            if (!run.Ended && run.Train(cancellation).Cancelled)
                return null;
        }
        catch (TrainingDivergedException diverged)
        {
            return Record(run, cell, RunOutcome.Diverged, diverged.Step, null, null);
        }
        var evaluator = new Evaluator(EnvironmentRegistry.Make(cell.Environment), FreshSeed);
        try
        {
            EvaluationResult fresh = evaluator.Evaluate(DdpgAgent.Load(run.BestAgentPath), cell.FreshEpisodes, cancellation);
            return Record(run, cell, RunOutcome.Finished, run.Trainer.Step, ReturnSummary.Of(run.Trainer.Evaluations[^1].Result), ReturnSummary.Of(fresh));
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private static RunRecord Record(Run run, SweepCell cell, RunOutcome outcome, long steps, ReturnSummary? final, ReturnSummary? fresh) => new(
        cell.Environment, cell.Exploration, cell.Variant, cell.Seed, cell.Fingerprint, outcome, steps, final, run.Best?.Step, run.Best?.Mean, fresh,
        [.. run.Trainer.Evaluations.Select(point => new CurveStep(point.Step, ReturnSummary.Of(point.Result)))],
        Provenance.Cost(Provenance.Seconds(Path.Combine(run.Folder, "timing.csv")), steps, cell.Hyperparameters.UpdateBy));
}
