using System.Diagnostics;

namespace Ddpg.Acceleration;

/// <summary>
/// Stops sharing for a while where it does not pay: on a busy machine the system takes away the processor of a helper that holds a part, for
/// milliseconds in which one thread alone would have gone on. A stall (the caller waited much longer than a part takes) is no reason by itself, since
/// sharing may pay all the same; it is a reason to see for a moment what one thread does alone. Where a tenth of a second of sharing, with its stalls and all that
/// came between the kernels, was no faster than that, sharing pauses, and twice as long each time that the next tenth of a second is no better.
/// </summary>
internal sealed class SharingPause
{
    private static readonly long Millisecond = Math.Max(1, Stopwatch.Frequency / 1_000);
    private static readonly long Trial = 100 * Millisecond;
    private static readonly long ShortestPause = 100 * Millisecond;
    private static readonly long LongestPause = 5_000 * Millisecond;

    /// <summary>One thread alone is watched for so long, and again after so much sharing in which there was a stall.</summary>
    private static readonly long Sample = 10 * Millisecond;
    private static readonly long SampleLasts = 400 * Millisecond;

    /// <summary>Waiting this long beyond a few parts is a stall and not an uneven split.</summary>
    private static readonly long Tolerance = Millisecond / 25;

    /// <summary>More time than this between two kernels is the reader's, not the system's.</summary>
    private static readonly long LongestGap = 20 * Millisecond;

    private Speed _shared;
    private Speed _alone;
    private long _sharedSinceAlone;
    private long _until;
    private long _sharedSincePause;
    private long _length;
    private long _lastEnd;

    internal bool IsOver(long now) => now >= _until;

    /// <summary>What of a wait for the last part is a stall.</summary>
    internal static long StallIn(long wait, long ticksPerPart) => wait >= Tolerance + (3 * ticksPerPart) ? wait : 0;

    /// <summary>A kernel of some cost has been computed, shared or in a pause.</summary>
    internal void Ran(bool shared, long cost, long start, long end, long stall)
    {
        long ticks = end - (start - _lastEnd <= LongestGap ? _lastEnd : start);
        _lastEnd = end;
        if (!shared)
        {
            if (_sharedSinceAlone > 0) _alone.Fade();
            _sharedSinceAlone = 0;
            _alone.Add(cost, ticks);
            return;
        }
        _shared.Add(cost, ticks);
        _sharedSinceAlone += ticks;
        _sharedSincePause += ticks;
        bool isAloneKnown = _alone.Ticks >= Sample / 4;
        if (isAloneKnown && _shared.Ticks >= Trial && !_shared.IsWorth(_alone))
        {
            _length = _sharedSincePause < 2 * Trial ? Math.Clamp(2 * _length, ShortestPause, LongestPause) : ShortestPause;
            _sharedSincePause = 0;
            _until = end + _length;
            _shared = _alone = default;
        }
        else if (stall > 0 && (!isAloneKnown || _sharedSinceAlone >= SampleLasts))
        {
            _until = end + Sample;
        }
    }

    /// <summary>Cost for each tick, of late.</summary>
    private struct Speed
    {
        private static readonly long Memory = 400 * Millisecond;

        private double _cost;

        internal double Ticks { get; private set; }

        internal void Add(long cost, long ticks)
        {
            _cost += cost;
            Ticks += ticks;
            if (Ticks >= Memory) Fade();
        }

        internal void Fade()
        {
            _cost /= 2;
            Ticks /= 2;
        }

        /// <summary>Whether this is at least a twentieth faster than the other.</summary>
        internal readonly bool IsWorth(Speed other) => _cost * other.Ticks > 1.05 * other._cost * Ticks;
    }
}
