using System.Diagnostics;

namespace TorchSharp;

/// <summary>
/// Stops sharing for a while where it does not pay: on a busy machine the system takes away the processor of a helper that holds a part, for
/// milliseconds in which one thread alone would have gone on. Two things are signs of it: a stall (the caller waited much longer than a part takes),
/// and kernels since the last pause that were, with all that came between them, no faster than those in that pause.
/// A pause that such kernels follow at once is followed by one of twice its length, so that on a machine that stays busy sharing is hardly more than tried.
/// </summary>
internal sealed class SharingPause
{
    private const long StallsInPause = 40;
    private const long StallsInShortPause = 4;

    private static readonly long Microsecond = Math.Max(1, Stopwatch.Frequency / 1_000_000);
    private static readonly long LongestPause = 10_000_000 * Microsecond;
    private static readonly long LeastPauseOfSlow = 100_000 * Microsecond;
    private static readonly long Trial = 100_000 * Microsecond;

    /// <summary>Waiting this long beyond a few parts is a stall and not an uneven split.</summary>
    private static readonly long Tolerance = 40 * Microsecond;

    /// <summary>More time than this between two kernels is the reader's, not the system's.</summary>
    private static readonly long LongestGap = 20_000 * Microsecond;

    private Speed _shared;
    private Speed _alone;
    private long _until;
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
            _alone.Add(cost, ticks);
            return;
        }
        _shared.Add(cost, ticks);
        bool isKnown = Speed.AreKnown(_shared, _alone), isSlow = isKnown && !_shared.IsWorth(_alone);
        if (stall == 0 && !(isSlow && _shared.Ticks >= Trial)) return;
        long repeated = isSlow && end - _until < _length + (2 * Trial) ? 2 * _length : 0;
        _length = Math.Min(LongestPause, Math.Max(stall == 0 ? LeastPauseOfSlow : (isKnown && !isSlow ? StallsInShortPause : StallsInPause) * stall, repeated));
        _until = end + _length;
        // Where sharing pays, what is known of both grows; else the next trial judges by what it sees itself.
        if (isSlow) _shared = _alone = default;
    }

    /// <summary>Cost for each tick, of late.</summary>
    private struct Speed
    {
        private static readonly long Memory = 400_000 * Microsecond;
        private static readonly long Least = 2_000 * Microsecond;

        private double _cost;

        internal double Ticks { get; private set; }

        internal void Add(long cost, long ticks)
        {
            _cost += cost;
            Ticks += ticks;
            if (Ticks < Memory) return;
            _cost /= 2;
            Ticks /= 2;
        }

        internal static bool AreKnown(Speed one, Speed other) => one.Ticks >= Least && other.Ticks >= Least;

        /// <summary>Whether this is at least a twentieth faster than the other.</summary>
        internal readonly bool IsWorth(Speed other) => _cost * other.Ticks > 1.05 * other._cost * Ticks;
    }
}
