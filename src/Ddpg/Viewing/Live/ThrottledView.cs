namespace Ddpg.Viewing;

/// <summary>Passes on at most four updates a second. What came too soon waits for the next call, or for <see cref="Flush"/>, so the last one is never lost.</summary>
/// <remarks>It has no timer: nothing runs beside the cell's own code.</remarks>
internal sealed class ThrottledView
{
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private readonly ILiveView _view;
    private readonly TimeProvider _time;
    private long _last;
    private Func<string>? _pending;

    public ThrottledView(ILiveDisplay display, string html, TimeProvider? time)
    {
        _time = time ?? TimeProvider.System;
        _view = display.Show(html);
        _last = _time.GetTimestamp();
    }

    /// <param name="html">Asked for only if it is shown.</param>
    public void Update(Func<string> html)
    {
        _pending = html;
        if (_time.GetElapsedTime(_last) >= Interval) Flush();
    }

    public void Flush()
    {
        if (_pending is not { } html) return;
        _pending = null;
        _view.Update(html());
        _last = _time.GetTimestamp();
    }
}
