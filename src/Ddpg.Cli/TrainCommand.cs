using System.CommandLine;
using System.Globalization;
using Ddpg.Acceleration;
using Ddpg.Agents;
using Ddpg.Training;

namespace Ddpg.Cli;

/// <summary><c>ddpg train</c>: one run from its seed to a trained agent.</summary>
internal static class TrainCommand
{
    public static Command Make(TextWriter output, CancellationToken cancellation)
    {
        var environment = new Option<string?>("--env") { Description = "The environment's id; ddpg envs lists them." };
        var seed = new Option<ulong>("--seed") { Description = "Root seed: the same seed ends in the same weights.", DefaultValueFactory = _ => 1 };
        var totalSteps = new Option<string?>("--total-steps") { Description = "Environment steps in all; the preset's by default. With --resume: the run's new end, after which it is as if it had been started so." };
        var preset = new Option<string>("--preset") { Description = $"Settings to start from: {string.Join(", ", Hyperparameters.PresetNames)}.", DefaultValueFactory = _ => nameof(Hyperparameters.Post) };
        var set = new Option<string[]>("--set") { Description = "Change one setting, Name=value; may be repeated. A wrong name lists the right ones.", DefaultValueFactory = _ => [] };
        var folder = new Option<string?>("--output") { Description = "Folder for config.json, progress.csv, evaluation.csv, timing.csv, TensorBoard events, checkpoints and agent.ddpg." };
        var resume = new Option<string?>("--resume") { Description = "Go on with the run in this folder from its last checkpoint; it ends as if it had never stopped." };
        var threads = new Option<int?>("--threads") { Description = "Threads of the fused update; the result does not depend on it." };
        var device = new Option<string?>("--device") { Description = "cpu, cuda or cuda:N. On a card the update is autograd's; needs a build with -p:Cuda=true." };
        var command = new Command("train", "Train an agent.") { environment, seed, totalSteps, preset, set, folder, resume, threads, device };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(threads) is int count)
                UpdateThreads.Count = count >= 1 ? count : throw new ArgumentOutOfRangeException(nameof(threads), $"--threads is {count}; it must be at least 1.");
            if (parsed.GetValue(resume) is string stopped)
            {
                if (command.Options.FirstOrDefault(option => option != resume && option != threads && option != totalSteps && parsed.GetResult(option) is { Implicit: false }) is { } other)
                    throw new ArgumentException($"--resume takes the run as it was started; {other.Name} cannot be changed. Only --total-steps can.");
                return Resume(Paths.Folder(stopped), Steps(parsed.GetValue(totalSteps)), output, cancellation);
            }

            string? path = parsed.GetValue(folder) is string given ? Paths.Folder(given) : null;
            string id = parsed.GetValue(environment) ?? throw new ArgumentException("--env is missing; ddpg envs lists the environments.");
            Hyperparameters hyperparameters = Settings(parsed.GetValue(preset)!, parsed.GetValue(totalSteps), parsed.GetValue(set)!);
            if (parsed.GetValue(device) is string where)
                hyperparameters = hyperparameters with { Device = where, UpdateBy = where == "cpu" ? hyperparameters.UpdateBy : UpdateMethod.Autograd };
            Trainer trainer = Trainer.Create(id, hyperparameters, parsed.GetValue(seed));
            if (path is null)
                return Train(trainer, hyperparameters.TotalSteps, trainer.Train, output, cancellation);
            using Run run = Run.Start(path, trainer);
            return Train(run, output, cancellation);
        });
        return command;
    }

    private static long? Steps(string? text) => text is null ? null : Hyperparameters.Post.With(nameof(Hyperparameters.TotalSteps), text).TotalSteps;

    private static int Resume(string folder, long? totalSteps, TextWriter output, CancellationToken cancellation)
    {
        using Run run = Run.Resume(folder, warn: output.WriteLine, totalSteps: totalSteps);
        output.WriteLine($"resumed at step {run.Trainer.Step}");
        if (run.Ended)
        {
            output.WriteLine($"the run has already ended, after {run.Trainer.Step} steps; --total-steps with a larger number trains it longer");
            return CommandLine.Success;
        }
        return Train(run, output, cancellation);
    }

    private static int Train(Run run, TextWriter output, CancellationToken cancellation)
    {
        int code = Train(run.Trainer, run.TotalSteps, (_, token) => run.Train(token), output, cancellation);
        output.WriteLine($"written to {run.Folder}");
        return code;
    }

    private static int Train(Trainer trainer, long totalSteps, Func<long, CancellationToken, TrainingResult> train, TextWriter output, CancellationToken cancellation)
    {
        TrainingResult result;
        using (var progress = new RunProgress(trainer, output))
            result = train(totalSteps, cancellation);
        if (result.Cancelled)
        {
            output.WriteLine($"stopped at step {result.Steps} of {totalSteps}");
            return CommandLine.Interrupted;
        }
        output.WriteLine($"{result.Steps} steps in {result.Elapsed.TotalSeconds.ToString("F1", CultureInfo.InvariantCulture)} s");
        if (result.FinalEvaluation is { } final)
            output.WriteLine($"final policy: {final.Result}");
        return CommandLine.Success;
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
}
