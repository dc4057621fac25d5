using System.CommandLine;
using System.Globalization;
using Ddpg.Agents;
using Ddpg.Training;
using TorchSharp;

namespace Ddpg.Cli;

/// <summary><c>ddpg train</c>: one run from its seed to a trained agent.</summary>
internal static class TrainCommand
{
    public static Command Make(TextWriter output, CancellationToken cancellation)
    {
        var environment = new Option<string>("--env") { Description = "The environment's id; ddpg envs lists them.", Required = true };
        var seed = new Option<ulong>("--seed") { Description = "Root seed: the same seed ends in the same weights.", DefaultValueFactory = _ => 1 };
        var totalSteps = new Option<string?>("--total-steps") { Description = "Environment steps; the preset's by default." };
        var preset = new Option<string>("--preset") { Description = $"Settings to start from: {string.Join(", ", Hyperparameters.PresetNames)}.", DefaultValueFactory = _ => nameof(Hyperparameters.Post) };
        var set = new Option<string[]>("--set") { Description = "Change one setting, Name=value; may be repeated. A wrong name lists the right ones.", DefaultValueFactory = _ => [] };
        var folder = new Option<string?>("--output") { Description = "Folder for config.json, progress.csv, evaluation.csv, timing.csv and agent.ddpg." };
        var threads = new Option<int?>("--threads") { Description = "Threads of the tensor engine; the result does not depend on it." };
        var command = new Command("train", "Train an agent.") { environment, seed, totalSteps, preset, set, folder, threads };
        command.SetAction(parsed =>
        {
            Hyperparameters hyperparameters = Settings(parsed.GetValue(preset)!, parsed.GetValue(totalSteps), parsed.GetValue(set)!);
            if (parsed.GetValue(threads) is int count)
                torch.set_num_threads(count >= 1 ? count : throw new ArgumentOutOfRangeException(nameof(threads), $"--threads is {count}; it must be at least 1."));
            Trainer trainer = Trainer.Create(parsed.GetValue(environment)!, hyperparameters, parsed.GetValue(seed));
            return Train(trainer, parsed.GetValue(folder), output, cancellation);
        });
        return command;
    }

    private static Hyperparameters Settings(string preset, string? totalSteps, string[] assignments)
    {
        Hyperparameters hyperparameters = Hyperparameters.Preset(preset);
        foreach (string assignment in assignments)
        {
            string[] parts = assignment.Split('=', 2);
            if (parts.Length != 2)
                throw new ArgumentException($"--set {assignment}: write Name=value, for example --set Tau=0.01. Names: {string.Join(", ", Hyperparameters.Names)}.");
            hyperparameters = hyperparameters.With(parts[0], parts[1]);
        }
        return totalSteps is null ? hyperparameters : hyperparameters.With(nameof(Hyperparameters.TotalSteps), totalSteps);
    }

    private static int Train(Trainer trainer, string? folder, TextWriter output, CancellationToken cancellation)
    {
        long totalSteps = trainer.Agent.Hyperparameters.TotalSteps;
        using RunLog? log = folder is null ? null : new RunLog(folder, trainer, totalSteps);
        TrainingResult result;
        using (var progress = new RunProgress(trainer, output))
            result = trainer.Train(totalSteps, cancellation);

        string seconds = result.Elapsed.TotalSeconds.ToString("F1", CultureInfo.InvariantCulture);
        output.WriteLine(result.Cancelled ? $"stopped at step {result.Steps} of {totalSteps}" : $"{result.Steps} steps in {seconds} s");
        if (!result.Cancelled && result.FinalEvaluation is { } final)
            output.WriteLine($"final policy: {final.Result}");
        if (folder is not null)
        {
            trainer.Agent.Save(Path.Combine(folder, "agent.ddpg"));
            output.WriteLine($"written to {folder}");
        }
        return result.Cancelled ? CommandLine.Interrupted : CommandLine.Success;
    }
}
