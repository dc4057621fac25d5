namespace TorchSharp;

/// <summary>
/// Decides whether kernels share their parts with helpers, by the clock. On an idle machine two threads are nearly twice as fast; on a busy
/// one a helper takes the place of the caller, or is interrupted with a part in its hands, and one thread alone is faster.
/// Now and then the other way is tried for a window of kernels, more and more rarely while it keeps losing.
/// </summary>
internal sealed class SharingChoice
{
    private const int Window = 64;
    private const int FirstInterval = 4;
    private const int LongestInterval = 128;

    /// <summary>Sharing must save this much to be worth the other processor.</summary>
    private const double Gain = 0.9;

    private readonly double[] _ticksPerCost = new double[2];
    private bool _preferred = true;
    private bool _trying;
    private int _interval = FirstInterval;
    private int _windowsLeft = 1;
    private int _kernels;
    private double _ticks;
    private double _cost;

    internal bool Shares { get; private set; } = true;

    internal void Took(long ticks, long cost)
    {
        _ticks += ticks;
        _cost += cost;
        if (++_kernels < Window) return;
        int way = Shares ? 1 : 0;
        double measured = _ticks / _cost;
        // The first window of a way counts whole, later ones a third.
        _ticksPerCost[way] = _ticksPerCost[way] == 0 ? measured : _ticksPerCost[way] + ((measured - _ticksPerCost[way]) / 3);
        (_ticks, _cost, _kernels) = (0, 0, 0);
        Decide();
    }

    private void Decide()
    {
        if (!_trying)
        {
            if (--_windowsLeft > 0) return;
            _trying = true;
            Shares = !_preferred;
            return;
        }
        _trying = false;
        bool better = _ticksPerCost[1] < Gain * _ticksPerCost[0];
        _interval = better == _preferred ? Math.Min(LongestInterval, _interval * 2) : FirstInterval;
        _preferred = better;
        _windowsLeft = _interval;
        Shares = better;
    }
}
