using System.Diagnostics;

namespace Ddpg.Acceleration;

/// <summary>Work in parts that do not depend on each other, so that any thread may do any of them in any order with the same result.</summary>
internal abstract class ParallelWork
{
    internal abstract void Execute(int part);
}

/// <summary>
/// The threads that share a kernel's parts. The caller takes parts from the front and helpers take them from the back, so that each processor
/// meets the same rows again in the next kernel; a helper that the system does not run takes none.
/// Helpers spin for a moment after their last part and then sleep. On a busy machine sharing pauses: <see cref="SharingPause"/>.
/// </summary>
internal static class Workers
{
    private const int SpinMicroseconds = 100;
    private const int SpinsBeforeYield = 500;
    private const ulong PartMask = 0xFF_FFFF;
    private const int EndShift = 24;

    private static readonly object Gate = new();
    private static readonly SemaphoreSlim Wake = new(0);
    private static readonly SharingPause Pause = new();
    private static readonly long SpinTicks = Stopwatch.Frequency * SpinMicroseconds / 1_000_000;

    private static int _count = Math.Max(1, Environment.ProcessorCount);
    private static int _helpers;
    private static int _sleeping;
    private static ParallelWork? _work;

    // Run number, the end of the parts that are left, and their first, in one word, so that a part is claimed together with the run that it belongs to.
    private static ulong _ticket;
    private static ulong _run;
    private static int _done;

    /// <summary>Below this number of multiply-adds (some ten microseconds) handing over costs more than it saves. Tests set 0, so that even small kernels are shared.</summary>
    internal static long LeastCost { get; set; } = 500_000;

    internal static int Count
    {
        get => _count;
        set => _count = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "There is at least one thread.");
    }

    /// <summary>Whether the caller would do all parts of something that costs so much itself.</summary>
    internal static bool IsAlone(long cost) => _count == 1 || cost < LeastCost || !Pause.IsOver(Stopwatch.GetTimestamp());

    /// <param name="work">What to do.</param>
    /// <param name="parts">In how many parts.</param>
    /// <param name="cost">How much work that is, in multiply-adds or what takes as long.</param>
    internal static void Run(ParallelWork work, int parts, long cost)
    {
        if (_count == 1 || parts == 1 || cost < LeastCost || !Monitor.TryEnter(Gate))
        {
            for (int part = 0; part < parts; part++) work.Execute(part);
            return;
        }
        try
        {
            long start = Stopwatch.GetTimestamp();
            bool shares = Pause.IsOver(start);
            long stall = 0;
            if (shares) stall = Share(work, parts, start);
            else for (int part = 0; part < parts; part++) work.Execute(part);
            Pause.Ran(shares, cost, start, Stopwatch.GetTimestamp(), stall);
        }
        finally
        {
            Monitor.Exit(Gate);
        }
    }

    /// <summary>Returns how long the caller stood waiting for a helper that the system had stopped.</summary>
    private static long Share(ParallelWork work, int parts, long start)
    {
        while (_helpers < _count - 1) StartHelper();
        _work = work;
        Volatile.Write(ref _done, 0);
        _run = (_run + 1) & 0xFFFF;
        Volatile.Write(ref _ticket, (_run << (2 * EndShift)) | ((ulong)parts << EndShift));
        int sleeping = Volatile.Read(ref _sleeping);
        if (sleeping > 0) Wake.Release(Math.Min(sleeping, Math.Min(_count, parts) - 1));
        int own = 0;
        for (; TryClaim(fromFront: true, out int part); own++) Do(work, part);
        long ready = Stopwatch.GetTimestamp();
        bool waited = false;
        for (int spins = 0; Volatile.Read(ref _done) < parts; spins++)
        {
            // A helper holds the last part. If it shares this processor, let it finish.
            waited = true;
            if (spins > SpinsBeforeYield) Thread.Yield();
            else Thread.SpinWait(1);
        }
        _work = null;
        return waited ? SharingPause.StallIn(Stopwatch.GetTimestamp() - ready, (ready - start) / Math.Max(1, own)) : 0;
    }

    private static void Do(ParallelWork work, int part)
    {
        work.Execute(part);
        Interlocked.Increment(ref _done);
    }

    private static bool TryClaim(bool fromFront, out int part)
    {
        ulong ticket = Volatile.Read(ref _ticket);
        while (true)
        {
            ulong first = ticket & PartMask, end = (ticket >> EndShift) & PartMask;
            part = (int)(fromFront ? first : end - 1);
            if (first >= end) return false;
            ulong seen = Interlocked.CompareExchange(ref _ticket, fromFront ? ticket + 1 : ticket - (1UL << EndShift), ticket);
            if (seen == ticket) return true;
            ticket = seen;
        }
    }

    private static void StartHelper()
    {
        _helpers++;
        int number = _helpers;
        new Thread(() => Help(number)) { IsBackground = true, Name = $"tensor kernels {number}" }.Start();
    }

    private static void Help(int number)
    {
        long idleSince = Stopwatch.GetTimestamp();
        while (true)
        {
            if (number < _count && TryClaim(fromFront: false, out int part))
            {
                Do(_work!, part);
                idleSince = Stopwatch.GetTimestamp();
                continue;
            }
            if (number < _count && Stopwatch.GetTimestamp() - idleSince < SpinTicks)
            {
                Thread.SpinWait(1);
                continue;
            }
            Interlocked.Increment(ref _sleeping);
            Wake.Wait();
            Interlocked.Decrement(ref _sleeping);
            idleSince = Stopwatch.GetTimestamp();
        }
    }
}
