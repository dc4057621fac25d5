using System.Diagnostics;

namespace Ddpg.Training;

/// <summary>Reports progress at most twice a second and estimates the time left.</summary>
internal sealed class TrainingClock
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(0.5);
    private readonly Trainer _trainer;
    private readonly long _totalSteps;
    private readonly Action<TrainingProgress>? _report;
    private readonly long _start = Stopwatch.GetTimestamp();
    private TimeSpan _lastReport;
    private (long Step, TimeSpan Time)? _learningBegan;

    public TrainingClock(Trainer trainer, long totalSteps, Action<TrainingProgress>? report)
    {
        (_trainer, _totalSteps, _report) = (trainer, totalSteps, report);
        Report(TimeSpan.Zero);
    }

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_start);

    public void Tick()
    {
        if (_report is null)
            return;
        TimeSpan now = Elapsed;
        // Random first steps cost next to nothing; counting them would promise an end that recedes.
        if (_learningBegan is null && _trainer.Step >= _trainer.Agent.Hyperparameters.LearningStarts)
            _learningBegan = (_trainer.Step, now);
        if (now - _lastReport >= Interval)
            Report(now);
    }

    public void Finish() => Report(Elapsed);

    private void Report(TimeSpan now)
    {
        _lastReport = now;
        _report?.Invoke(_trainer.CurrentProgress(_totalSteps, now, Remaining(now)));
    }

    private TimeSpan? Remaining(TimeSpan now)
    {
        if (_trainer.Step >= _totalSteps)
            return TimeSpan.Zero;
        return _learningBegan is (long step, TimeSpan time) && _trainer.Step > step
            ? (now - time) / (_trainer.Step - step) * (_totalSteps - _trainer.Step)
            : null;
    }
}
