using System.Globalization;
using System.Net;
using Ddpg.Training;

namespace Ddpg.Viewing;

/// <summary>
/// A learning curve that grows while a cell trains, with a progress bar and the time left. It changes at most four times a second, and its last state is always shown;
/// that one holds no times, so that a saved notebook is the same in every run.
/// </summary>
public sealed class LiveLearningCurve
{
    private readonly string _title;
    private readonly ThrottledView _view;
    private readonly List<(long Step, double Return)> _episodes = [];
    private readonly List<(long Step, double Mean)> _evaluations = [];
    private readonly List<TrainingWarning> _warnings = [];
    private IReadOnlyList<ReferenceLine> _references;
    private long _step, _totalSteps = 1;
    private TimeSpan? _remaining;
    private bool _isFinished;

    /// <summary>Shows the curve, still empty.</summary>
    /// <param name="display">Where: <c>Live</c> in a notebook.</param>
    /// <param name="title">Written above it.</param>
    /// <param name="references">Levels to compare with; <see cref="Follow"/> supplies the environment's own if there are none.</param>
    /// <param name="time">The clock; the system's by default.</param>
    public LiveLearningCurve(ILiveDisplay display, string title, IEnumerable<ReferenceLine>? references = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(display);
        ArgumentNullException.ThrowIfNull(title);
        (_title, _references) = (title, [.. references ?? []]);
        _view = new ThrottledView(display, Html(), time);
    }

    /// <summary>Shows what a trainer does from now on.</summary>
    /// <param name="trainer">Before its <see cref="Trainer.Train"/> is called.</param>
    public void Follow(Trainer trainer)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        if (_references.Count == 0) _references = ReferenceLine.For(trainer.Environment.Id);
        trainer.EpisodeFinished += Add;
        trainer.Evaluated += Add;
        trainer.Progress += Report;
        trainer.Warned += Add;
    }

    /// <summary>Adds a warning; it is shown at once, below the curve.</summary>
    /// <param name="warning">From <see cref="Trainer.Warned"/>.</param>
    public void Add(TrainingWarning warning)
    {
        ArgumentNullException.ThrowIfNull(warning);
        _warnings.Add(warning);
        _view.Update(Html);
        _view.Flush();
    }

    /// <summary>Adds a training episode; it is shown with the next report.</summary>
    /// <param name="episode">From <see cref="Trainer.EpisodeFinished"/>.</param>
    public void Add(EpisodeResult episode)
    {
        ArgumentNullException.ThrowIfNull(episode);
        _episodes.Add((episode.Step, episode.Return));
    }

    /// <summary>Adds an evaluation; it is shown with the next report.</summary>
    /// <param name="evaluation">From <see cref="Trainer.Evaluated"/>.</param>
    public void Add(EvaluationPoint evaluation)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        _evaluations.Add((evaluation.Step, evaluation.Mean));
    }

    /// <summary>Shows how far the run is; the end of the run is shown at once.</summary>
    /// <param name="progress">From <see cref="Trainer.Progress"/>.</param>
    public void Report(TrainingProgress progress)
    {
        ArgumentNullException.ThrowIfNull(progress);
        (_step, _totalSteps, _remaining) = (progress.Step, progress.TotalSteps, progress.Remaining);
        _isFinished = progress.Step >= progress.TotalSteps;
        _view.Update(Html);
        if (_isFinished) _view.Flush();
    }

    /// <summary>Shows the last state. Only needed after a run that was stopped before its end, or that threw.</summary>
    public void Finish()
    {
        _isFinished = true;
        _view.Update(Html);
        _view.Flush();
    }

    private string Html()
    {
        string text = string.Create(CultureInfo.InvariantCulture, $"{_step:N0} of {_totalSteps:N0} environment steps · {_episodes.Count:N0} {(_episodes.Count == 1 ? "episode" : "episodes")}");
        if (_evaluations.Count > 0) text += string.Create(CultureInfo.InvariantCulture, $" · last evaluation {_evaluations[^1].Mean:0.0}").Replace('-', '−');
        if (!_isFinished && _remaining is { } remaining && remaining > TimeSpan.Zero) text += " · " + ProgressBar.TimeLeft(remaining);
        return $"<div><div style=\"font:600 13px/1.6 'Segoe UI','Helvetica Neue',Arial,sans-serif\">{WebUtility.HtmlEncode(_title)}</div>" +
            ProgressBar.Html(_title, (double)_step / Math.Max(1, _totalSteps), text) +
            LiveCurvePicture.Svg(_title, _totalSteps, _episodes, _evaluations, _references) +
            string.Concat(_warnings.Select(warning => $"<p style=\"font:13px/1.5 'Segoe UI','Helvetica Neue',Arial,sans-serif;max-width:52em;margin:4px 0;border-left:3px solid #d8a200;padding-left:8px\">{WebUtility.HtmlEncode(warning.ToString())}</p>")) + "</div>";
    }
}
