using Ddpg.Viewing;
using XPlot.Plotly;

namespace Ddpg.Experiments;

/// <summary>Charts of results over several seeds, for a notebook or the report.</summary>
public static class ResultCharts
{
    private static readonly string[] Dashes = ["dash", "dot", "dashdot", "longdash"];

    /// <summary>Learning curves: every seed as a thin line, the interquartile mean over the seeds thick, its 95 % bootstrap band where there are at least five seeds.</summary>
    /// <param name="runs">Runs on one environment.</param>
    /// <param name="title">The chart's title; by default the environment, and what is drawn.</param>
    /// <param name="everySeed">Whether the single seeds are drawn.</param>
    /// <param name="references">Levels to compare with.</param>
    /// <param name="returns">The part of the return axis to show; by default all of it.</param>
    /// <exception cref="ArgumentException">There is no run, or they are on several environments.</exception>
    public static PlotlyChart Curves(IEnumerable<RunRecord> runs, string? title = null, bool everySeed = true, IEnumerable<ReferenceLine>? references = null, (double Low, double High)? returns = null)
    {
        MethodSummary[] methods = Methods(runs);
        var traces = new List<Trace>();
        for (int index = 0; index < methods.Length && everySeed; index++)
            foreach (RunRecord run in methods[index].Runs)
                traces.Add(Seed(run, ChartPalette.Colour(index)));
        for (int index = 0; index < methods.Length; index++)
            traces.AddRange(Mean(methods[index], ChartPalette.Colour(index), everySeed));
        long end = methods.SelectMany(method => method.Runs).SelectMany(run => run.Curve).Select(point => point.Step).DefaultIfEmpty(1).Max();
        foreach ((ReferenceLine reference, int index) in (references ?? []).Select((reference, index) => (reference, index)))
            traces.Add(new Scatter
            {
                x = new[] { 0, end },
                y = new[] { reference.Value, reference.Value },
                mode = "lines",
                name = reference.Name,
                line = new Line { color = ChartPalette.Grey, width = 1.5, dash = Dashes[index % Dashes.Length] },
            });
        var y = new Yaxis { title = "episode return", zeroline = false };
        if (returns is (double low, double high)) y.range = new[] { low, high };
        return Chart.Plot(traces, new Layout.Layout
        {
            title = title ?? $"{methods[0].Environment}: interquartile mean over seeds{(methods.Any(HasBand) ? ", 95 % band" : "")}",
            height = 440,
            showlegend = true,
            xaxis = new Xaxis { title = "environment steps", zeroline = false },
            yaxis = y,
        });
    }

    /// <summary>The final policy of every seed as a dot, and the interquartile mean, one line a method; its 95 % interval where there are at least five seeds.</summary>
    /// <param name="runs">Runs on one environment.</param>
    /// <param name="title">The chart's title.</param>
    public static PlotlyChart FinalReturns(IEnumerable<RunRecord> runs, string? title = null)
    {
        MethodSummary[] methods = Methods(runs);
        var traces = new List<Trace>();
        foreach (MethodSummary method in methods.Reverse())
            traces.Add(new Scatter
            {
                x = Rounding.ForChart(method.FinalReturns),
                y = Enumerable.Repeat(method.Name, method.FinalReturns.Count).ToArray(),
                mode = "markers",
                name = method.Name,
                showlegend = false,
                marker = new Marker { size = 8, opacity = 0.5, color = ChartPalette.Grey },
            });
        traces.AddRange(WithIntervals("interquartile mean", methods.Reverse().Where(method => method.Final is not null).Select(method => (method.Name, method.Final!.Value)), ChartPalette.Blue));
        return Lying(traces, methods, title ?? $"{methods[0].Environment}: final policy, one dot a seed", "mean return on the fixed starts");
    }

    /// <summary>How probable it is that a run of each method beats a run of <paramref name="baseline"/>; ½ means no difference.</summary>
    /// <param name="runs">Runs on one environment.</param>
    /// <param name="baseline">Name of the method to compare with; by default the first.</param>
    /// <exception cref="ArgumentException">There is no such method; the message lists the known ones.</exception>
    public static PlotlyChart Improvement(IEnumerable<RunRecord> runs, string? baseline = null)
    {
        MethodSummary[] methods = Methods(runs);
        MethodSummary reference = baseline is null ? methods[0] : Array.Find(methods, method => method.Name == baseline)
            ?? throw new ArgumentException($"There is no method '{baseline}'; known are {string.Join(", ", methods.Select(method => method.Name))}.", nameof(baseline));
        MethodSummary[] others = [.. methods.Where(method => method != reference && method.ImprovementOver(reference) is not null)];
        Trace[] traces =
        [
            // Through every method: this trace comes first, and so gives the axis its order.
            new Scatter { x = others.Select(_ => 0.5).ToArray(), y = others.Reverse().Select(method => method.Name).ToArray(), mode = "lines", name = "no difference", line = new Line { color = ChartPalette.Grey, width = 1.5, dash = "dash" } },
            .. WithIntervals("probability", others.Reverse().Select(method => (method.Name, method.ImprovementOver(reference)!.Value)), ChartPalette.Orange),
        ];
        return Lying(traces, others, $"Probability of beating {reference.Name}", "probability of improvement", -0.03, 1.03);
    }

    private static Scatter Seed(RunRecord run, string colour) => new()
    {
        x = run.Curve.Select(point => point.Step).ToArray(),
        y = Rounding.ForChart(run.Curve.Select(point => point.Returns.Mean)),
        mode = "lines",
        name = $"{run.Method}, seed {run.Seed}",
        showlegend = false,
        opacity = 0.45,
        line = new Line { color = colour, width = 1 },
    };

    private static IEnumerable<Trace> Mean(MethodSummary method, string colour, bool everySeed)
    {
        (long Step, Estimate Return)[] curve = [.. method.Curve()];
        if (curve.Length == 0) yield break;
        double[] steps = [.. curve.Select(point => (double)point.Step)];
        if (HasBand(method))
            yield return ConfidenceBand.Between(steps, [.. curve.Select(point => point.Return.Low!.Value)], [.. curve.Select(point => point.Return.High!.Value)], colour);
        yield return new Scatter
        {
            x = steps,
            y = Rounding.ForChart(curve.Select(point => point.Return.Value)),
            mode = "lines",
            name = $"{method.Name} ({method.Runs.Count} seeds{(curve[0].Return.Low is null ? ", too few for a band" : "")})",
            line = new Line { color = colour, width = everySeed ? 3 : 2.5 },
        };
    }

    private static bool HasBand(MethodSummary method) => method.Runs.Count(run => run.Outcome == RunOutcome.Finished) >= Scores.FewestSeeds;

    /// <summary>What the legend promises: an interval only where one is drawn.</summary>
    private static string Legend(string statistic, IReadOnlyList<Estimate> estimates) => estimates.Count(estimate => estimate.Low is not null) switch
    {
        0 => $"{statistic} (no interval: fewer than {Scores.FewestSeeds} seeds)",
        int count when count < estimates.Count => $"{statistic}, 95 % interval from {Scores.FewestSeeds} seeds on",
        _ => $"{statistic}, 95 % interval",
    };

    /// <summary>A diamond each, and its interval as a line; without enough seeds there is no line.</summary>
    private static IEnumerable<Trace> WithIntervals(string statistic, IEnumerable<(string Name, Estimate Estimate)> points, string colour)
    {
        (string Name, Estimate Estimate)[] all = [.. points];
        foreach ((string method, Estimate estimate) in all)
            if (estimate is { Low: double low, High: double high })
                yield return new Scatter
                {
                    x = Rounding.ForChart([low, high]),
                    y = new[] { method, method },
                    mode = "lines",
                    showlegend = false,
                    line = new Line { color = colour, width = 2.5 },
                };
        yield return new Scatter
        {
            x = Rounding.ForChart(all.Select(point => point.Estimate.Value)),
            y = all.Select(point => point.Name).ToArray(),
            mode = "markers",
            name = Legend(statistic, [.. all.Select(point => point.Estimate)]),
            marker = new Marker { size = 11, color = colour, symbol = "diamond" },
        };
    }

    private static PlotlyChart Lying(IEnumerable<Trace> traces, MethodSummary[] methods, string title, string axis, double? low = null, double? high = null)
    {
        var x = new Xaxis { title = axis, zeroline = false };
        if (low is double from && high is double to) x.range = new[] { from, to };
        return Chart.Plot(traces, new Layout.Layout
        {
            title = title,
            height = 170 + 34 * methods.Length,
            showlegend = true,
            margin = new Margin { l = 60 + 7 * methods.Select(method => method.Name.Length).DefaultIfEmpty(0).Max() },
            xaxis = x,
            yaxis = new Yaxis { zeroline = false },
        });
    }

    private static MethodSummary[] Methods(IEnumerable<RunRecord> runs)
    {
        MethodSummary[] methods = [.. MethodSummary.Of(runs)];
        if (methods.Length == 0)
            throw new ArgumentException("There is no run to draw.", nameof(runs));
        return methods.Select(method => method.Environment).Distinct().Count() == 1 ? methods
            : throw new ArgumentException("The runs are on several environments; draw one chart for each.", nameof(runs));
    }
}
