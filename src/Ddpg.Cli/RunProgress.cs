using System.Globalization;
using Ddpg.Training;
using Spectre.Console;

namespace Ddpg.Cli;

/// <summary>Shows a run in the terminal: a bar that moves where the terminal can, and one line for each evaluation everywhere.</summary>
internal sealed class RunProgress : IDisposable
{
    private readonly Trainer _trainer;
    private readonly TextWriter _output;
    private readonly ManualResetEventSlim _ended = new();
    private readonly Task? _bar;
    private ProgressTask? _task;

    public RunProgress(Trainer trainer, TextWriter output)
    {
        (_trainer, _output) = (trainer, output);
        trainer.Evaluated += Write;
        trainer.Warned += Write;
        if (!ReferenceEquals(output, Console.Out) || Console.IsOutputRedirected || !AnsiConsole.Profile.Capabilities.Interactive)
            return;
        using var shown = new ManualResetEventSlim();
        _bar = Task.Run(() => AnsiConsole.Progress().AutoClear(true).HideCompleted(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn())
            .Start(context =>
            {
                _task = context.AddTask("training");
                shown.Set();
                _ended.Wait();
            }));
        shown.Wait();
        trainer.Progress += Update;
    }

    public void Dispose()
    {
        _trainer.Evaluated -= Write;
        _trainer.Warned -= Write;
        _trainer.Progress -= Update;
        _ended.Set();
        _bar?.Wait();
        _ended.Dispose();
    }

    private void Update(TrainingProgress progress)
    {
        _task!.Value = 100 * progress.Fraction;
        string left = progress.Remaining is { } remaining ? $"{Math.Ceiling(remaining.TotalSeconds).ToString("F0", CultureInfo.InvariantCulture)} s left" : "collecting";
        string last = progress.LastEpisode is { } episode ? $", episode {episode.Episode} returned {episode.Return.ToString("F0", CultureInfo.InvariantCulture)}" : "";
        _task.Description = Markup.Escape($"step {progress.Step}{last}, {left}");
    }

    private void Write(EvaluationPoint point) => Write(string.Create(CultureInfo.InvariantCulture, $"step {point.Step,8}: {point.Result}"));

    private void Write(TrainingWarning warning) => Write(warning.ToString());

    private void Write(string line)
    {
        if (_bar is null)
            _output.WriteLine(line);
        else
            AnsiConsole.WriteLine(line);
    }
}
