using System.Net;
using Ddpg.Training;
using Ddpg.Viewing;
using XPlot.Plotly;

namespace Ddpg.Tests.Viewing;

[Trait("Speed", "tiny")]
public sealed class LearningCurveTests
{
    private static TrainingResult Run(params (long Step, double Mean)[] evaluations) => new(
        evaluations[^1].Step, false,
        [new EpisodeResult(200, 1, -1300.5, 200, false, true, null, null, null)],
        [.. evaluations.Select(point => new EvaluationPoint(point.Step, new EvaluationResult([point.Mean - 10, point.Mean + 10])))],
        TimeSpan.FromSeconds(3));

    private static string Script(PlotlyChart chart) => chart.GetInlineJS().Replace(" ", "", StringComparison.Ordinal).Replace(".0", "", StringComparison.Ordinal);

    [Fact]
    public void One_run_shows_its_evaluations_its_spread_and_its_episodes()
    {
        string script = Script(LearningCurve.Of(Run((0, -1200), (1000, -300)), "A run", ReferenceLine.For("Pendulum-v1")));
        Assert.Contains("[-1200,-300]", script, StringComparison.Ordinal);
        Assert.Contains("[-1210,-310,-290,-1190]", script, StringComparison.Ordinal);
        Assert.Contains("[-1300.5]", script, StringComparison.Ordinal);
        Assert.Contains("[-137,-137]", script, StringComparison.Ordinal);
        Assert.Contains("[-1219,-1219]", script, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_runs_are_compared_without_their_episodes()
    {
        string script = Script(LearningCurve.Compare(("first", Run((0, -1200), (1000, -300))), ("second", Run((0, -1100), (1000, -900)))));
        Assert.Contains("\"first\"", script, StringComparison.Ordinal);
        Assert.Contains("\"second\"", script, StringComparison.Ordinal);
        Assert.DoesNotContain("-1300.5", script, StringComparison.Ordinal);
    }

    [Fact]
    public void Seeds_are_summed_up_by_mean_and_spread()
    {
        string script = Script(new LearningCurve().Add("a", [Run((0, -1200), (1000, -300)), Run((0, -1000), (1000, -100), (2000, -90))]).Chart());
        // Standard deviation of two values 200 apart, divided by n − 1: 141.421. Step 2000 has one run only and is left out.
        Assert.Contains("[-1100,-200]", script, StringComparison.Ordinal);
        Assert.Contains("[-1241.42,-341.421,-58.5786,-958.579]", script, StringComparison.Ordinal);
        Assert.Contains("a(2seeds)", script, StringComparison.Ordinal);
    }

    [Fact]
    public void On_a_logarithmic_axis_step_zero_is_left_out()
    {
        string script = Script(new LearningCurve { LogSteps = true }.Add("a", Run((0, -1200), (1000, -300))).Chart());
        Assert.Contains("\"log\"", script, StringComparison.Ordinal);
        Assert.DoesNotContain("-1200", script, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_chart_is_refused() => Assert.Throws<InvalidOperationException>(() => new LearningCurve().Chart());

    [Fact]
    public void One_seed_has_no_spread_over_seeds() => Assert.Throws<ArgumentException>(() => new LearningCurve().Add("a", [Run((0, 1))]));

    [Fact]
    public void The_live_curve_ends_with_the_whole_run_and_no_times()
    {
        var clock = new ManualClock();
        var display = new RecordingDisplay();
        var curve = new LiveLearningCurve(display, "Learning", ReferenceLine.For("Pendulum-v1"), clock);
        curve.Add(new EpisodeResult(200, 1, -1300.5, 200, false, true, null, null, null));
        curve.Add(new EvaluationPoint(500, new EvaluationResult([-700.25])));
        clock.Advance(TimeSpan.FromSeconds(1));
        curve.Report(new TrainingProgress(500, 1000, 1, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(7), null, null));
        Assert.Contains("500 of 1,000 environment steps · 1 episode · last evaluation −700.3 · about 7 seconds left", WebUtility.HtmlDecode(display.Shown[^1]), StringComparison.Ordinal);
        // Too soon after the last update, and shown all the same.
        clock.Advance(TimeSpan.FromMilliseconds(10));
        curve.Report(new TrainingProgress(1000, 1000, 1, TimeSpan.FromSeconds(2), TimeSpan.Zero, null, null));
        Assert.Equal(3, display.Shown.Count);
        Assert.DoesNotContain("second", WebUtility.HtmlDecode(display.Shown[^1]), StringComparison.Ordinal);
        Assert.Contains("aria-valuenow=\"100\"", WebUtility.HtmlDecode(display.Shown[^1]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_was_stopped_shows_its_last_state_when_finished()
    {
        var clock = new ManualClock();
        var display = new RecordingDisplay();
        var curve = new LiveLearningCurve(display, "Learning", time: clock);
        curve.Report(new TrainingProgress(300, 1000, 1, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(7), null, null));
        Assert.Single(display.Shown);
        curve.Finish();
        Assert.Contains("300 of 1,000 environment steps", WebUtility.HtmlDecode(display.Shown[^1]), StringComparison.Ordinal);
        Assert.DoesNotContain("left", WebUtility.HtmlDecode(display.Shown[^1]), StringComparison.Ordinal);
    }
}
