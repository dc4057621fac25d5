using Ddpg.Training;
using XPlot.Plotly;

namespace Ddpg.Viewing;

/// <summary>
/// Episode return against environment steps: evaluations of the policy without noise as a line, their spread as a band, training episodes as faint dots, reference levels dashed.
/// </summary>
/// <remarks>Add runs, then call <see cref="Chart"/>; <see cref="Of"/> and <see cref="Compare"/> do both.</remarks>
public sealed class LearningCurve
{
    private readonly List<Run> _runs = [];

    /// <summary>The chart's title.</summary>
    public string Title { get; init; } = "Learning curve";

    /// <summary>Levels that give the curve its meaning: <see cref="ReferenceLine.For"/>.</summary>
    public IReadOnlyList<ReferenceLine> References { get; init; } = [];

    /// <summary>Whether the axis of steps is logarithmic; step 0 is then left out.</summary>
    public bool LogSteps { get; init; }

    /// <summary>Whether training episodes are shown, noise included; null shows them when there is one run.</summary>
    public bool? ShowTraining { get; init; }

    /// <summary>The chart of one run.</summary>
    /// <param name="result">The run.</param>
    /// <param name="title">The chart's title.</param>
    /// <param name="references">Levels to compare with, such as <c>ReferenceLine.For("Pendulum-v1")</c>.</param>
    public static PlotlyChart Of(TrainingResult result, string title = "Learning curve", IEnumerable<ReferenceLine>? references = null) =>
        new LearningCurve { Title = title, References = [.. references ?? []] }.Add("evaluation, no noise", result).Chart();

    /// <summary>Several runs in one chart.</summary>
    /// <param name="runs">Name and run.</param>
    public static PlotlyChart Compare(params (string Name, TrainingResult Result)[] runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var curve = new LearningCurve { Title = "Learning curves" };
        foreach ((string name, TrainingResult result) in runs)
            curve.Add(name, result);
        return curve.Chart();
    }

    /// <summary>Adds one run: its band is one standard deviation over the evaluation's starts.</summary>
    /// <param name="name">For the legend.</param>
    /// <param name="result">The run.</param>
    /// <returns>This curve.</returns>
    public LearningCurve Add(string name, TrainingResult result)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(result);
        CurvePoint[] points = [.. result.Evaluations.Select(point => new CurvePoint(point.Step, point.Mean, point.Mean - point.Result.Std, point.Mean + point.Result.Std))];
        _runs.Add(new Run(name, points, [.. result.Episodes.Select(episode => (episode.Step, episode.Return))], "± 1 sd over starts"));
        return this;
    }

    /// <summary>Adds several seeds of one setting: the mean of their evaluations, with a band of one standard deviation over the seeds.</summary>
    /// <param name="name">For the legend.</param>
    /// <param name="seeds">At least two runs that were evaluated at the same steps; steps that a run lacks are left out.</param>
    /// <returns>This curve.</returns>
    /// <exception cref="ArgumentException">Fewer than two runs.</exception>
    public LearningCurve Add(string name, IEnumerable<TrainingResult> seeds)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(seeds);
        TrainingResult[] runs = [.. seeds];
        if (runs.Length < 2)
            throw new ArgumentException($"A spread over seeds needs at least two runs; got {runs.Length}. Add a single run by itself.", nameof(seeds));
        CurvePoint[] points = [.. runs.SelectMany(run => run.Evaluations).GroupBy(point => point.Step).Where(group => group.Count() == runs.Length).OrderBy(group => group.Key)
            .Select(group => OverSeeds(group.Key, [.. group.Select(point => point.Mean)]))];
        _runs.Add(new Run($"{name} ({runs.Length} seeds)", points, [], "± 1 sd over seeds"));
        return this;
    }

    /// <summary>Adds a curve from elsewhere, such as a saved result.</summary>
    /// <param name="name">For the legend.</param>
    /// <param name="points">In order of their steps.</param>
    /// <param name="band">What the band means, for the legend of a chart with this curve alone.</param>
    /// <returns>This curve.</returns>
    public LearningCurve Add(string name, IEnumerable<CurvePoint> points, string band = "band")
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(points);
        _runs.Add(new Run(name, [.. points], [], band));
        return this;
    }

    /// <summary>Draws what was added.</summary>
    /// <exception cref="InvalidOperationException">Nothing was added.</exception>
    public PlotlyChart Chart()
    {
        if (_runs.Count == 0)
            throw new InvalidOperationException("There is no run in this learning curve; call Add first.");
        var traces = new List<Trace>();
        bool training = ShowTraining ?? _runs.Count == 1;
        for (int index = 0; index < _runs.Count; index++)
        {
            if (training && _runs[index].Episodes.Length > 0) traces.Add(Episodes(_runs[index], index));
        }
        for (int index = 0; index < _runs.Count; index++)
            traces.AddRange(Curve(_runs[index], index));
        long from = LogSteps ? Steps.Where(step => step > 0).DefaultIfEmpty(1).Min() : 0, to = Steps.DefaultIfEmpty(1).Max();
        traces.AddRange(References.Select((reference, index) => Level(reference, index, from, to)));
        return XPlot.Plotly.Chart.Plot(traces, new Layout.Layout
        {
            title = Title,
            height = 440,
            showlegend = true,
            xaxis = StepAxis(),
            yaxis = new Yaxis { title = "episode return", zeroline = false },
        });
    }

    private IEnumerable<long> Steps => _runs.SelectMany(run => run.Points.Select(point => point.Step).Concat(run.Episodes.Select(episode => episode.Step)));

    private Xaxis StepAxis()
    {
        var axis = new Xaxis { title = "environment steps", zeroline = false };
        if (LogSteps) axis.type = "log";
        return axis;
    }

    private Scatter Episodes(Run run, int index)
    {
        (long Step, double Return)[] episodes = [.. run.Episodes.Where(episode => !LogSteps || episode.Step > 0)];
        return new Scatter
        {
            x = episodes.Select(episode => episode.Step).ToArray(),
            y = Rounding.ForChart(episodes.Select(episode => episode.Return)),
            mode = "markers",
            name = _runs.Count == 1 ? "training episodes" : run.Name + ", training",
            marker = new Marker { size = 4, opacity = 0.45, color = _runs.Count == 1 ? ChartPalette.Grey : ChartPalette.Colour(index) },
        };
    }

    private IEnumerable<Trace> Curve(Run run, int index)
    {
        CurvePoint[] points = [.. run.Points.Where(point => !LogSteps || point.Step > 0)];
        if (points.Length == 0) yield break;
        double[] steps = [.. points.Select(point => (double)point.Step)];
        if (points.Any(point => point.Low != point.High))
        {
            yield return ConfidenceBand.Between(steps, [.. points.Select(point => point.Low)], [.. points.Select(point => point.High)],
                ChartPalette.Colour(index), _runs.Count == 1 ? run.Band : null);
        }
        yield return new Scatter
        {
            x = steps,
            y = Rounding.ForChart(points.Select(point => point.Mean)),
            mode = points.Length > 40 ? "lines" : "lines+markers",
            name = run.Name,
            line = new Line { color = ChartPalette.Colour(index), width = 2.5 },
            marker = new Marker { size = 5, color = ChartPalette.Colour(index) },
        };
    }

    private static Scatter Level(ReferenceLine reference, int index, long from, long to) => new()
    {
        x = new[] { from, to },
        y = new[] { reference.Value, reference.Value },
        mode = "lines",
        name = reference.Name,
        line = new Line { color = index == 0 ? ChartPalette.Green : ChartPalette.Grey, width = 1.5, dash = index % 2 == 0 ? "dash" : "dot" },
    };

    private static CurvePoint OverSeeds(long step, double[] means)
    {
        double mean = means.Average();
        double std = Math.Sqrt(means.Sum(value => (value - mean) * (value - mean)) / (means.Length - 1));
        return new CurvePoint(step, mean, mean - std, mean + std);
    }

    private sealed record Run(string Name, CurvePoint[] Points, (long Step, double Return)[] Episodes, string Band);
}
