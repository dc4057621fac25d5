using System.Globalization;

namespace Ddpg.Viewing;

/// <summary>A progress bar with the time left, for a loop of your own. It changes at most four times a second; <see cref="Finish"/> shows the last state.</summary>
public sealed class LiveProgress
{
    private readonly string _label;
    private readonly long _total;
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly ThrottledView _view;
    private long _step;

    /// <summary>Shows the bar, empty.</summary>
    /// <param name="display">Where: <c>Live</c> in a notebook.</param>
    /// <param name="label">What is counted, such as <c>episodes</c>.</param>
    /// <param name="total">How many there will be, at least 1.</param>
    /// <param name="time">The clock; the system's by default.</param>
    public LiveProgress(ILiveDisplay display, string label, long total, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(display);
        ArgumentNullException.ThrowIfNull(label);
        ArgumentOutOfRangeException.ThrowIfLessThan(total, 1);
        (_label, _total, _time) = (label, total, time ?? TimeProvider.System);
        _start = _time.GetTimestamp();
        _view = new ThrottledView(display, Html(), _time);
    }

    /// <summary>Says how far the loop is.</summary>
    /// <param name="step">How many are done, from 0 to the total.</param>
    /// <exception cref="ArgumentOutOfRangeException">Negative, or more than the total.</exception>
    public void Report(long step)
    {
        if (step < 0 || step > _total)
            throw new ArgumentOutOfRangeException(nameof(step), step, $"Progress is counted from 0 to the total, {_total}.");
        _step = step;
        _view.Update(Html);
        if (step == _total) _view.Flush();
    }

    /// <summary>Shows the state last reported, if it is not shown yet. The bar then holds no times, so that a saved notebook is the same in every run.</summary>
    public void Finish()
    {
        _view.Update(() => ProgressBar.Html(_label, (double)_step / _total, Count));
        _view.Flush();
    }

    private string Count => string.Create(CultureInfo.InvariantCulture, $"{_step:N0} of {_total:N0} {_label}");

    private string Html()
    {
        TimeSpan elapsed = _time.GetElapsedTime(_start);
        string left = _step > 0 && _step < _total ? " · " + ProgressBar.TimeLeft(elapsed / _step * (_total - _step)) : "";
        return ProgressBar.Html(_label, (double)_step / _total, Count + left);
    }
}
