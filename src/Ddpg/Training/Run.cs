using System.Text.Json;
using System.Text.Json.Nodes;
using Ddpg.Agents;
using Ddpg.Environments;
using Ddpg.Files;

namespace Ddpg.Training;

/// <summary>
/// A run in a folder of its own: <c>config.json</c>, <c>progress.csv</c>, <c>evaluation.csv</c>, <c>timing.csv</c>, TensorBoard events, <c>checkpoint/</c>,
/// <c>best.ddpg</c> (the agent of the best evaluation so far), <c>warnings.txt</c> where the trainer warned of something, and in the end <c>agent.ddpg</c>.
/// Killed at any instant and resumed, it ends in the same bytes as one never stopped (timing.csv apart).
/// </summary>
public sealed class Run : IDisposable
{
    private const string BestAgentName = "best.ddpg";
    private readonly RunLog _log;
    private readonly Checkpoints _checkpoints;
    private RunEnding? _ending;

    private Run(string folder, Trainer trainer, long totalSteps, Checkpoints checkpoints, RunLog log)
    {
        (Folder, Trainer, TotalSteps, _log, _checkpoints) = (folder, trainer, totalSteps, log, checkpoints);
        Best = trainer.Evaluations.MaxBy(point => point.Mean);
        trainer.SaveDue += Save;
        trainer.EndReached += KeepEnding;
        trainer.Evaluated += KeepBest;
        trainer.WarningAdded += WriteWarnings;
    }

    /// <summary>The run's folder.</summary>
    public string Folder { get; }

    /// <summary>What trains.</summary>
    public Trainer Trainer { get; }

    /// <summary>Environment steps that the run will have made in the end.</summary>
    public long TotalSteps { get; }

    /// <summary>Whether nothing is left to train or to evaluate.</summary>
    public bool Ended => Trainer.HasEnded(TotalSteps);

    /// <summary>Where a run's final weights are: <c>agent.ddpg</c> in its folder.</summary>
    public string AgentPath => Path.Combine(Folder, "agent.ddpg");

    /// <summary>The best evaluation so far, the earliest of equals; null before the first. Its agent is in <see cref="BestAgentPath"/>.</summary>
    public EvaluationPoint? Best { get; private set; }

    /// <summary>Where the agent of the best evaluation is: <c>best.ddpg</c> in the run's folder.</summary>
    public string BestAgentPath => Path.Combine(Folder, BestAgentName);

    /// <summary>Starts a run in a folder that holds none yet.</summary>
    /// <param name="folder">The run's folder; made where it is missing.</param>
    /// <param name="trainer">A trainer at step 0.</param>
    /// <param name="totalSteps">Environment steps to make; by default the hyperparameters' own.</param>
    /// <exception cref="IOException">The folder already holds a run, or is a file.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="totalSteps"/> is below 1.</exception>
    public static Run Start(string folder, Trainer trainer, long? totalSteps = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(trainer);
        PathProblems.RequireFolder(folder);
        if (totalSteps is < 1)
            throw new ArgumentOutOfRangeException(nameof(totalSteps), totalSteps, $"totalSteps is {totalSteps}; it must be at least 1.");
        string config = ConfigPath(folder);
        if (File.Exists(config))
            throw new IOException($"'{folder}' already holds a run; go on with it by --resume, choose another folder, or delete it first.");
        var run = new Run(folder, trainer, totalSteps ?? trainer.Agent.Hyperparameters.TotalSteps, Checkpoints.Create(folder), new RunLog(folder, trainer));
        run.Save();
        // Last: where there is a config.json there is a checkpoint to go on from.
        AtomicFile.WriteText(config, Config(trainer, run.TotalSteps));
        return run;
    }

    /// <summary>Goes on with a run from its newest checkpoint; with <paramref name="totalSteps"/>, to another end than it was started with, in the same bytes as a run that was started with that.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="make">Makes the environment of an id; by default <see cref="EnvironmentRegistry.Make"/>.</param>
    /// <param name="warn">Told about each damaged checkpoint that was passed over.</param>
    /// <param name="totalSteps">Environment steps in all, counted from the run's start; by default as it was started. A run that has ended is trained on.</param>
    /// <exception cref="FileNotFoundException">The folder holds no run.</exception>
    /// <exception cref="InvalidDataException">No checkpoint is whole, or config.json is damaged.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The run has already made <paramref name="totalSteps"/>; nothing was changed.</exception>
    public static Run Resume(string folder, Func<string, IEnvironment>? make = null, Action<string>? warn = null, long? totalSteps = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        make ??= EnvironmentRegistry.Make;
        RunConfig config = ReadConfig(folder);
        RunConfig wanted = totalSteps is long total ? config.WithTotalSteps(total) : config;
        bool planned = false;
        Trainer Made(DdpgAgent agent)
        {
            planned = agent.Hyperparameters.TotalSteps != wanted.Hyperparameters.TotalSteps;
            agent.PlanFor(wanted.Hyperparameters.TotalSteps);
            return new Trainer(make(config.Environment), agent, config.EvaluationSeed is ulong seed ? new Evaluator(make(config.Environment), seed) : null, config.Seed);
        }

        Checkpoints checkpoints = Checkpoints.Create(folder);
        (Trainer trainer, long[] lengths, RunEnding? ending) = checkpoints.Read(Made, warn ?? (_ => { }));
        if (wanted != config && trainer.Step >= wanted.TotalSteps)
            throw new ArgumentOutOfRangeException(nameof(totalSteps), totalSteps, $"The run has already made {trainer.Step} steps; total steps count from its start, so pass a larger number.");
        // First: killed from here on, the run is resumed as one that was always meant to be so long.
        if (wanted != config)
            AtomicFile.WriteText(ConfigPath(folder), Config(trainer, wanted.TotalSteps));
        if (ending is not null && trainer.Step < wanted.TotalSteps)
        {
            (lengths, RunEnding before) = (ending.LogLengths, ending);
            before.Undo(trainer);
            RestoreBest(folder, before.Best);
            ending = null;
        }
        if (planned)
            PlanBest(folder, wanted.Hyperparameters.TotalSteps);
        var run = new Run(folder, trainer, wanted.TotalSteps, checkpoints, new RunLog(folder, trainer, lengths)) { _ending = ending };
        run.WriteWarnings();
        return run;
    }

    /// <summary>What a run's config.json says.</summary>
    /// <exception cref="FileNotFoundException">The folder holds no run.</exception>
    /// <exception cref="InvalidDataException">config.json is damaged.</exception>
    public static RunConfig ReadConfig(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        PathProblems.RequireFolder(folder);
        string path = ConfigPath(folder);
        if (!File.Exists(path))
            throw new FileNotFoundException($"'{folder}' holds no run: there is no config.json in it.", path);
        return RunConfigFile.Read(path);
    }

    /// <summary>Trains to the run's end, saving at intervals, when cancelled, and at the end.</summary>
    /// <param name="cancellation">Stops after the current step.</param>
    /// <exception cref="TrainingDivergedException">A loss, an action or a weight is no longer finite; the last checkpoint is kept.</exception>
    /// <exception cref="IOException">A file could not be written; the last checkpoint is kept.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The run is already at its end.</exception>
    public TrainingResult Train(CancellationToken cancellation = default)
    {
        TrainingResult result = Trainer.Train(TotalSteps, cancellation);
        Save();
        Trainer.Agent.Save(AgentPath);
        return result;
    }

    /// <summary>Closes the run's files. What was not saved is repeated on resume.</summary>
    public void Dispose()
    {
        Trainer.SaveDue -= Save;
        Trainer.EndReached -= KeepEnding;
        Trainer.Evaluated -= KeepBest;
        Trainer.WarningAdded -= WriteWarnings;
        _log.Dispose();
    }

    private void Save() => _checkpoints.Write(Trainer, _log.Flush(), _ending);

    private void KeepEnding()
    {
        // Stopped in its final evaluation and resumed, a run reaches its end twice.
        if (_ending is not null)
            return;
        _ending = RunEnding.Of(Trainer, _log.Flush(), Best is not null ? File.ReadAllBytes(BestAgentPath) : null);
        // Before the final evaluation may replace best.ddpg: killed right after that, the run could no longer be trained on as if it had not ended.
        Save();
    }

    private void WriteWarnings()
    {
        string path = Path.Combine(Folder, "warnings.txt");
        if (Trainer.Warnings.Count > 0)
            AtomicFile.WriteText(path, string.Concat(Trainer.Warnings.Select(warning => warning + "\n")));
        else
            File.Delete(path);
    }

    private static void RestoreBest(string folder, byte[]? content)
    {
        string path = Path.Combine(folder, BestAgentName);
        if (content is not null)
            AtomicFile.Write(path, stream => stream.Write(content));
        else
            File.Delete(path);
    }

    /// <summary>An agent's file holds its settings, the length of its run among them.</summary>
    private static void PlanBest(string folder, long totalSteps)
    {
        string path = Path.Combine(folder, BestAgentName);
        if (!File.Exists(path))
            return;
        DdpgAgent best = DdpgAgent.Load(path);
        best.PlanFor(totalSteps);
        best.Save(path);
    }

    // Killed and resumed from an earlier checkpoint, the run meets the same evaluation again and writes the same file.
    private void KeepBest(EvaluationPoint point)
    {
        if (point.Mean <= Best?.Mean)
            return;
        Trainer.Agent.Save(BestAgentPath);
        Best = point;
    }

    private static string ConfigPath(string folder) => Path.Combine(folder, "config.json");

    private static string Config(Trainer trainer, long totalSteps) => new JsonObject
    {
        ["environment"] = trainer.Environment.Id,
        ["seed"] = trainer.Seed,
        ["totalSteps"] = totalSteps,
        ["evaluationSeed"] = trainer.Evaluator?.Seed,
        ["version"] = typeof(Run).Assembly.GetName().Version?.ToString(3),
        ["hyperparameters"] = JsonNode.Parse(trainer.Agent.Hyperparameters.ToJson()),
    }.ToJsonString(new JsonSerializerOptions { WriteIndented = true, NewLine = "\n" }) + "\n";
}
