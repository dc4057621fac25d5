using System.Net;
using Ddpg.Viewing;

namespace Ddpg.Tests.Viewing;

[Trait("Speed", "tiny")]
public sealed class LiveTests
{
    [Fact]
    public void At_most_four_updates_a_second_and_never_the_last_one_lost()
    {
        var clock = new ManualClock();
        var display = new RecordingDisplay();
        var bar = new LiveProgress(display, "steps", 1000, clock);
        for (int step = 1; step <= 1000; step++)
        {
            clock.Advance(TimeSpan.FromMilliseconds(5));
            bar.Report(step);
        }
        // Five seconds: one when shown, one each quarter of a second, and the last.
        Assert.InRange(display.Shown.Count, 20, 22);
        Assert.Contains("1,000 of 1,000 steps", WebUtility.HtmlDecode(display.Shown[^1]), StringComparison.Ordinal);
        Assert.DoesNotContain("left", WebUtility.HtmlDecode(display.Shown[^1]), StringComparison.Ordinal);
    }

    [Fact]
    public void What_came_too_soon_is_shown_when_finished()
    {
        var clock = new ManualClock();
        var display = new RecordingDisplay();
        var bar = new LiveProgress(display, "steps", 1000, clock);
        bar.Report(400);
        Assert.Single(display.Shown);
        bar.Finish();
        Assert.Equal(2, display.Shown.Count);
        Assert.Contains("400 of 1,000 steps", WebUtility.HtmlDecode(display.Shown[1]), StringComparison.Ordinal);
        Assert.DoesNotContain("left", WebUtility.HtmlDecode(display.Shown[1]), StringComparison.Ordinal);
    }

    [Fact]
    public void The_time_left_follows_from_the_time_used()
    {
        var clock = new ManualClock();
        var display = new RecordingDisplay();
        var bar = new LiveProgress(display, "steps", 100, clock);
        clock.Advance(TimeSpan.FromSeconds(10));
        bar.Report(25);
        Assert.Contains("25 of 100 steps · about 30 seconds left", WebUtility.HtmlDecode(display.Shown[^1]), StringComparison.Ordinal);
        Assert.Contains("aria-valuenow=\"25\"", WebUtility.HtmlDecode(display.Shown[^1]), StringComparison.Ordinal);
    }

    [Fact]
    public void Progress_beyond_the_total_is_refused()
    {
        var bar = new LiveProgress(new RecordingDisplay(), "steps", 10, new ManualClock());
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => bar.Report(11));
        Assert.Contains("from 0 to the total, 10", error.Message, StringComparison.Ordinal);
    }
}
