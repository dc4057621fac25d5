using System.Text.RegularExpressions;
using Ddpg.Experiments;
using XPlot.Plotly;

namespace Ddpg.Tests.Experiments;

[Trait("Speed", "tiny")]
public sealed class ReportTests
{
    private static readonly RunRecord[] Five = [.. Enumerable.Range(1, 5).SelectMany(seed => new[] { ResultTablesTests.Record("Normal", (ulong)seed, -150 - seed), ResultTablesTests.Record("ou", (ulong)seed, -300 + 40 * seed) })];

    [Fact]
    public void A_summary_counts_seeds_and_does_not_hide_diverged_ones()
    {
        RunRecord[] runs = [.. Five.Where(run => run.Exploration == "ou"), ResultTablesTests.Record("ou", 9, 0, RunOutcome.Diverged)];
        MethodSummary method = Assert.Single(MethodSummary.Of(runs));
        Assert.Equal(("ou", 6, 1), (method.Name, method.Runs.Count, method.Diverged));
        Assert.Equal([-260, -220, -180, -140, -100], method.FinalReturns);
        Assert.Equal((-180, 2, 2), (method.Final!.Value.Value, method.EndedAbove(-160), method.BestAbove(-160)));
        Assert.NotNull(method.Final.Value.Low);
        Assert.Equal([0L, 10_000L], method.Curve().Select(point => point.Step));
        Assert.Equal(-179, method.Curve()[1].Return.Value);
    }

    [Fact]
    public void Below_five_seeds_there_is_no_interval_and_no_band()
    {
        RunRecord[] four = [.. Five.Where(run => run.Seed < 5)];
        Assert.All(MethodSummary.Of(four), method => Assert.Null(method.Final!.Value.Low));
        Assert.Contains("too few seeds for an interval", ReportPage.Make([("four", four)], _ => []));
        Assert.Contains("too few for a band", ResultCharts.Curves(four).GetInlineHtml());
        Assert.DoesNotContain("too few", ResultCharts.Curves(Five).GetInlineHtml());
    }

    [Fact]
    public void A_legend_promises_an_interval_only_where_one_is_drawn()
    {
        RunRecord[] four = [.. Five.Where(run => run.Seed < 5)], mixed = [.. Five.Where(run => run.Seed < 5 || run.Exploration == "ou")];
        foreach (Func<RunRecord[], PlotlyChart> draw in new Func<RunRecord[], PlotlyChart>[] { runs => ResultCharts.FinalReturns(runs), runs => ResultCharts.Improvement(runs) })
        {
            string few = draw(four).GetInlineHtml();
            Assert.Contains("(no interval: fewer than 5 seeds)", few);
            Assert.DoesNotContain("95 %", few);
            Assert.DoesNotContain("no interval", draw(Five).GetInlineHtml());
            Assert.Contains(", 95 % interval\"", draw(Five).GetInlineHtml());
        }
        Assert.Contains("interquartile mean, 95 % interval from 5 seeds on", ResultCharts.FinalReturns(mixed).GetInlineHtml());
        Assert.DoesNotContain("95 %", ResultCharts.Improvement(mixed).GetInlineHtml());
        Assert.DoesNotContain("95 %", ResultCharts.Curves(four).GetInlineHtml());
        Assert.Contains("95 % band", ResultCharts.Curves(Five).GetInlineHtml());
    }

    [Fact]
    public void Every_seed_is_a_line_of_its_own()
    {
        // Two bands are filled outlines, two means and ten seeds are lines.
        Assert.Equal(12, Lines(ResultCharts.Curves(Five)));
        Assert.Equal(2, Lines(ResultCharts.Curves(Five, everySeed: false)));
    }

    [Fact]
    public void A_chart_can_show_a_part_of_the_returns() =>
        Assert.Matches(@"""range"": ?\[-180(\.0)?, ?-130(\.0)?\]", ResultCharts.Curves(Five, returns: (-180, -130)).GetInlineHtml());

    [Fact]
    public void A_threshold_is_reached_at_one_step_and_kept_from_another()
    {
        RunRecord run = Five[0] with { Curve = [.. new[] { 0, 95, 20, 91, 92 }.Select((value, index) => new CurveStep(1000 * index, new ReturnSummary(value, 0, value, value, 20)))] };
        Assert.Equal((1000, 3000), (run.FirstAt(90), run.StaysFrom(90)));
        Assert.Equal((1000, (long?)null), (run.FirstAt(93), run.StaysFrom(93)));
        Assert.Null(run.FirstAt(96));
    }

    [Fact]
    public void The_tables_need_one_environment_and_show_costs_only_when_asked()
    {
        string table = SummaryTables.Methods(Five);
        Assert.Contains("<td>ou</td><td>5</td><td>-180.0 [", table);
        Assert.Contains("<td>2 of 5</td>", table);
        Assert.DoesNotContain("steps/s", table);
        Assert.Contains("steps/s", SummaryTables.Methods(Five, costs: true));
        Assert.Throws<ArgumentException>(() => SummaryTables.Methods([]));
        Assert.Contains("<td>a &lt;b&gt;</td><td style=\"white-space: nowrap\">-1.5 ± 2</td>", SummaryTables.Anchors([new Anchor("a <b>", -1.5, 2, "test")]));
        Assert.Equal(("0.0", "-0.1"), (SummaryTables.Number(-0.04, 1), SummaryTables.Number(-0.06, 1)));
    }

    [Fact]
    public void The_probability_of_improvement_is_over_the_named_method()
    {
        string chart = ResultCharts.Improvement(Five, "ou").GetInlineHtml();
        Assert.Contains("Probability of beating ou", chart);
        // -151 … -155 each beat -260, -220 and -180, and lose against -140 and -100.
        Assert.Equal(0.6, MethodSummary.Of(Five)[0].ImprovementOver(MethodSummary.Of(Five)[1])!.Value.Value, 12);
        Assert.Contains("known are Normal, ou", Assert.Throws<ArgumentException>(() => ResultCharts.Improvement(Five, "td3")).Message);
    }

    [Fact]
    public void The_line_of_no_difference_runs_through_every_method_in_their_order()
    {
        RunRecord[] runs = [.. Five, .. Five.Where(run => run.Exploration == "ou").SelectMany(run => new[] { run with { Exploration = "third" }, run with { Exploration = "fourth" } })];
        Assert.Matches(@"""y"": ?\[""fourth"", ?""third"", ?""ou""\]", ResultCharts.Improvement(runs).GetInlineHtml());
    }

    [Fact]
    public void Runs_of_two_environments_are_not_drawn_into_one_chart() =>
        Assert.Contains("one chart for each", Assert.Throws<ArgumentException>(() => ResultCharts.Curves([Five[0], Five[1] with { Environment = "MountainCarContinuous-v0" }])).Message);

    [Fact]
    public void The_page_has_tables_charts_anchors_and_what_made_it_and_needs_nothing_else()
    {
        string page = ReportPage.Make([("pendulum <1>", Five)]);
        Assert.Contains("pendulum &lt;1&gt;: Pendulum-v1", page);
        Assert.Contains("near-optimal control</td><td style=\"white-space: nowrap\">-137.5", page);
        Assert.Contains("uniformly random actions</td><td style=\"white-space: nowrap\">-1", page);
        Assert.Contains("Normal, seed 3", page);
        Assert.Contains("commit abc, kit 0.1.0", page);
        Assert.Contains("<td>-153.0 [-15", page);
        Assert.DoesNotMatch(new Regex("(src|href)=\"http"), page);
    }

    [Fact]
    public void Anchors_are_in_the_order_that_makes_sense_of_them()
    {
        foreach (string id in new[] { "Pendulum-v1", "MountainCarContinuous-v0", "LunarLanderContinuous-v3" })
        {
            IReadOnlyList<Anchor> anchors = Anchors.For(id, 10);
            double random = anchors[0].Value, solved = Anchors.Solved(id)!.Value;
            Assert.True(random < solved, $"{id}: random {random}, solved {solved}");
            Assert.All(anchors, anchor => Assert.NotEmpty(anchor.Source));
            Assert.Contains(anchors, anchor => anchor.Name.StartsWith("published DDPG", StringComparison.Ordinal));
        }
        Assert.Equal(0, Anchors.For("MountainCarContinuous-v0", 3)[1].Value);
        Assert.Null(Anchors.Solved("Unknown-v0"));
    }

    private static int Lines(PlotlyChart chart) => Regex.Count(chart.GetInlineHtml(), "\"mode\": ?\"lines\"");
}
