using System.Diagnostics;

namespace TorchSharp;

/// <summary>
/// Notices that the system took a helper's processor away while it held a part (the caller waited much longer than a part takes), and
/// stops sharing for a while: on a busy machine a helper is interrupted for milliseconds, in which one thread alone would have gone on.
/// Each such stall doubles the pause; a while of sharing without one ends the doubling.
/// </summary>
internal sealed class SharingPause
{
    private static readonly long Microsecond = Math.Max(1, Stopwatch.Frequency / 1_000_000);
    private static readonly long ShortestPause = 2_000 * Microsecond;
    private static readonly long LongestPause = 500_000 * Microsecond;
    private static readonly long Calm = 100_000 * Microsecond;

    /// <summary>Waiting this long beyond a few parts is a stall and not an uneven split.</summary>
    private static readonly long Tolerance = 40 * Microsecond;

    private long _until;
    private long _pause = ShortestPause;

    internal bool IsOver(long now) => now >= _until;

    internal void Waited(long now, long since, long ticksPerPart)
    {
        if (now - since < Tolerance + (3 * ticksPerPart)) return;
        _pause = now - _until > Calm ? ShortestPause : Math.Min(LongestPause, 2 * _pause);
        _until = now + _pause;
    }
}
