using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ddpg.Files;

namespace Ddpg.Training;

/// <summary>
/// Writes a run's folder while it goes on: <c>config.json</c>, <c>progress.csv</c> (a row for each training episode), <c>evaluation.csv</c> (a row for each evaluation) and
/// <c>timing.csv</c>. Wall-clock times are in the last one only, so that the others of two equal runs are the same bytes, under any culture.
/// </summary>
public sealed class RunLog : IDisposable
{
    /// <summary>The header of evaluation.csv.</summary>
    public const string EvaluationHeader = "step,mean,std,min,max,episodes";

    /// <summary>The header of progress.csv. Empty fields: nothing was learnt in that episode.</summary>
    public const string ProgressHeader = "step,episode,return,length,terminated,truncated,critic_loss,policy_loss,mean_q";

    /// <summary>The header of timing.csv.</summary>
    public const string TimingHeader = "step,seconds";

    private readonly Trainer _trainer;
    private readonly StreamWriter _progress, _evaluation, _timing;
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <summary>Starts the folder of a new run and follows <paramref name="trainer"/> until disposed.</summary>
    /// <param name="folder">The run's folder; made where it is missing.</param>
    /// <param name="trainer">The run.</param>
    /// <param name="totalSteps">Environment steps that the run will make, for config.json.</param>
    /// <exception cref="IOException">The folder already holds a run.</exception>
    public RunLog(string folder, Trainer trainer, long totalSteps)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(trainer);
        string config = Path.Combine(folder, "config.json");
        if (File.Exists(config))
            throw new IOException($"'{folder}' already holds a run; choose another folder, or delete it first.");
        Folder = folder;
        _trainer = trainer;
        AtomicFile.WriteText(config, Config(trainer, totalSteps));
        _progress = Open("progress.csv", ProgressHeader);
        _evaluation = Open("evaluation.csv", EvaluationHeader);
        _timing = Open("timing.csv", TimingHeader);
        trainer.EpisodeFinished += Write;
        trainer.Evaluated += Write;
    }

    /// <summary>The run's folder.</summary>
    public string Folder { get; }

    /// <summary>Stops following and closes the files.</summary>
    public void Dispose()
    {
        _trainer.EpisodeFinished -= Write;
        _trainer.Evaluated -= Write;
        _progress.Dispose();
        _evaluation.Dispose();
        _timing.Dispose();
    }

    private static string Config(Trainer trainer, long totalSteps) => new JsonObject
    {
        ["environment"] = trainer.Environment.Id,
        ["seed"] = trainer.Seed,
        ["totalSteps"] = totalSteps,
        ["evaluationSeed"] = trainer.Evaluator?.Seed,
        ["version"] = typeof(RunLog).Assembly.GetName().Version?.ToString(3),
        ["hyperparameters"] = JsonNode.Parse(trainer.Agent.Hyperparameters.ToJson()),
    }.ToJsonString(new JsonSerializerOptions { WriteIndented = true, NewLine = "\n" }) + "\n";

    private StreamWriter Open(string name, string header)
    {
        var writer = new StreamWriter(Path.Combine(Folder, name), append: false) { NewLine = "\n", AutoFlush = true };
        writer.WriteLine(header);
        return writer;
    }

    private void Write(EpisodeResult episode)
    {
        _progress.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{episode.Step},{episode.Episode},{episode.Return:R},{episode.Length},{(episode.Terminated ? 1 : 0)},{(episode.Truncated ? 1 : 0)},{episode.CriticLoss:R},{episode.PolicyLoss:R},{episode.MeanQ:R}"));
        _timing.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{episode.Step},{Stopwatch.GetElapsedTime(_start).TotalSeconds:F3}"));
    }

    private void Write(EvaluationPoint point)
    {
        EvaluationResult result = point.Result;
        _evaluation.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{point.Step},{result.Mean:R},{result.Std:R},{result.Min:R},{result.Max:R},{result.Episodes}"));
    }
}
