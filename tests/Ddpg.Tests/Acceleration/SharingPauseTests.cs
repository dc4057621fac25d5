using System.Diagnostics;
using Ddpg.Acceleration;

namespace Ddpg.Tests.Acceleration;

/// <summary>When two threads give way, on a clock and with kernels that the test makes up.</summary>
[Trait("Speed", "tiny")]
public class SharingPauseTests
{
    private const long Cost = 1_000_000;

    private static readonly long Millisecond = Stopwatch.Frequency / 1000;

    private readonly SharingPause _pause = new();
    private long _now = Stopwatch.Frequency;
    private long _shared;
    private long _alone;

    [Fact]
    public void An_undisturbed_machine_shares_always()
    {
        Compute(seconds: 5, shared: Millisecond / 2, alone: Millisecond);
        Assert.Equal(0, _alone);
    }

    /// <summary>One stall may be chance: it makes the machine watch one thread alone for ten milliseconds, and no more.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(90)]
    public void A_stall_is_followed_by_a_look_at_one_thread_alone(int milliseconds)
    {
        Compute(seconds: 1, shared: Millisecond / 2, alone: Millisecond);
        _pause.Ran(true, Cost, _now, _now + (milliseconds * Millisecond), milliseconds * Millisecond);
        _now += milliseconds * Millisecond;
        Compute(seconds: 5, shared: Millisecond / 2, alone: Millisecond);
        Assert.InRange(_alone, 10 * Millisecond, 11 * Millisecond);
    }

    /// <summary>Every tenth shared kernel stalls for three of the milliseconds that a kernel alone takes one of: 0.5 + 0.3 ms shared against 1 ms.</summary>
    [Fact]
    public void Where_sharing_pays_in_spite_of_stalls_it_goes_on()
    {
        Compute(seconds: 20, shared: Millisecond / 2, alone: Millisecond, stallEach: 10, stall: 3 * Millisecond);
        Assert.InRange((double)_shared / (_shared + _alone), 0.95, 0.99);
        Assert.True(Kernels > 24_500, $"{Kernels} kernels in 20 s; one thread alone computes 20,000, sharing without a pause 25,000");
    }

    /// <summary>A tenth of a second is judged as a whole, so that a trial which begins with a stall is not over with it.</summary>
    [Fact]
    public void Where_sharing_pays_again_a_trial_outlives_a_stall()
    {
        _pause.Ran(true, Cost, _now, _now + Millisecond, Millisecond / 2);
        Compute(seconds: 1, shared: Millisecond * 3 / 2, alone: Millisecond);
        while (!_pause.IsOver(_now)) Compute(seconds: 0.001, shared: Millisecond / 2, alone: Millisecond);
        long before = _alone;
        _pause.Ran(true, Cost, _now, _now + (9 * Millisecond), 8 * Millisecond);
        _now += 9 * Millisecond;
        Compute(seconds: 5, shared: Millisecond / 2, alone: Millisecond, stallEach: 50, stall: 3 * Millisecond);
        Assert.InRange(_alone - before, 10 * Millisecond, 200 * Millisecond);
    }

    /// <summary>The helper has no processor of its own: no single wait is long, and yet all takes longer.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void Where_sharing_does_not_pay_it_is_tried_ever_less(int stall)
    {
        // Only a pause shows how fast one thread alone is.
        _pause.Ran(true, Cost, _now, _now + Millisecond, Millisecond / 2);
        Compute(seconds: 30, shared: Millisecond * 3 / 2, alone: Millisecond, stallEach: stall == 0 ? 0 : 5, stall: stall * Millisecond);
        double before = _shared;
        Compute(seconds: 100, shared: Millisecond * 3 / 2, alone: Millisecond, stallEach: stall == 0 ? 0 : 5, stall: stall * Millisecond);
        Assert.InRange((_shared - before) / (100.0 * Stopwatch.Frequency), 0.0001, 0.03);
    }

    [Fact]
    public void When_the_machine_is_free_again_sharing_comes_back_within_five_seconds()
    {
        _pause.Ran(true, Cost, _now, _now + Millisecond, Millisecond / 2);
        Compute(seconds: 100, shared: Millisecond * 3 / 2, alone: Millisecond);
        Assert.True(_alone > 25 * _shared);
        Compute(seconds: 5.2, shared: Millisecond / 2, alone: Millisecond);
        long before = _alone;
        Compute(seconds: 10, shared: Millisecond / 2, alone: Millisecond);
        Assert.Equal(before, _alone);
    }

    /// <summary>What a reader's own code takes between two kernels says nothing of sharing.</summary>
    [Fact]
    public void Long_waits_between_kernels_are_not_held_against_sharing()
    {
        _pause.Ran(true, Cost, _now, _now + Millisecond, Millisecond / 2);
        Compute(seconds: 1, shared: Millisecond / 2, alone: Millisecond);
        long before = _alone;
        for (int i = 0; i < 100; i++)
        {
            _now += Stopwatch.Frequency;
            Compute(seconds: 0.05, shared: Millisecond / 2, alone: Millisecond);
        }
        Assert.Equal(before, _alone);
    }

    [Fact]
    public void A_wait_of_a_few_parts_is_no_stall()
    {
        Assert.Equal(0, SharingPause.StallIn(3 * Millisecond, Millisecond));
        Assert.Equal(4 * Millisecond, SharingPause.StallIn(4 * Millisecond, Millisecond));
        Assert.Equal(0, SharingPause.StallIn(Millisecond / 30, 0));
    }

    private long Kernels { get; set; }

    private void Compute(double seconds, long shared, long alone, int stallEach = 0, long stall = 0)
    {
        long end = _now + (long)(seconds * Stopwatch.Frequency);
        while (_now < end)
        {
            Kernels++;
            bool shares = _pause.IsOver(_now);
            long stalled = shares && stallEach > 0 && Kernels % stallEach == 0 ? stall : 0, ticks = shares ? shared + stalled : alone;
            _pause.Ran(shares, Cost, _now, _now + ticks, stalled);
            _now += ticks;
            if (shares) _shared += ticks;
            else _alone += ticks;
        }
    }
}
