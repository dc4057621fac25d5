using System.Diagnostics;

namespace Ddpg.Tensors.Tests.Embedded;

/// <summary>When two threads give way, on a clock and with kernels that the test makes up.</summary>
[Trait("Speed", "tiny")]
[Trait("Stack", "embedded")]
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

    [Theory]
    [InlineData(39, false)]
    [InlineData(41, true)]
    public void A_first_stall_stops_sharing_for_forty_times_its_length(int later, bool isOver)
    {
        _pause.Ran(true, Cost, _now, _now + (5 * Millisecond), 4 * Millisecond);
        Assert.Equal(isOver, _pause.IsOver(_now + ((5 + (4 * later)) * Millisecond)));
    }

    /// <summary>Every tenth shared kernel stalls for three of the milliseconds that a kernel alone takes one of: 0.5 + 0.3 ms shared against 1 ms.</summary>
    [Fact]
    public void Where_sharing_pays_in_spite_of_stalls_it_stops_for_moments_only()
    {
        Compute(seconds: 20, shared: Millisecond / 2, alone: Millisecond, stallEach: 10, stall: 3 * Millisecond);
        Assert.InRange((double)_shared / (_shared + _alone), 0.3, 0.6);
        Assert.True(Kernels > 20_500, $"{Kernels} kernels in 20 s; one thread alone computes 20,000");
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
        Assert.InRange((_shared - before) / (100.0 * Stopwatch.Frequency), 0.0001, 0.02);
    }

    [Fact]
    public void When_the_machine_is_free_again_sharing_comes_back_within_ten_seconds()
    {
        _pause.Ran(true, Cost, _now, _now + Millisecond, Millisecond / 2);
        Compute(seconds: 100, shared: Millisecond * 3 / 2, alone: Millisecond);
        Assert.True(_alone > 50 * _shared);
        Compute(seconds: 10, shared: Millisecond / 2, alone: Millisecond);
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
