using System.Diagnostics;

namespace TorchSharp;

/// <summary>
/// Notices that the system took a helper's processor away while it held a part (the caller waited much longer than a part takes), and
/// stops sharing for many times as long as that stall took: on a busy machine a helper is interrupted for milliseconds, in which one thread
/// alone would have gone on, and stalls may cost no more than a small share of the time.
/// </summary>
internal sealed class SharingPause
{
    private const long StallsInPause = 40;

    private static readonly long Microsecond = Math.Max(1, Stopwatch.Frequency / 1_000_000);
    private static readonly long LongestPause = 5_000_000 * Microsecond;

    /// <summary>Waiting this long beyond a few parts is a stall and not an uneven split.</summary>
    private static readonly long Tolerance = 40 * Microsecond;

    private long _until;

    internal bool IsOver(long now) => now >= _until;

    internal void Waited(long now, long since, long ticksPerPart)
    {
        if (now - since >= Tolerance + (3 * ticksPerPart)) _until = now + Math.Min(LongestPause, StallsInPause * (now - since));
    }
}
