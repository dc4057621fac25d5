using Ddpg.Exploration;
using XPlot.Plotly;

namespace Ddpg.Viewing;

/// <summary>Pictures of exploration noise: how it moves, how long it remembers, how it is spread.</summary>
public static class NoisePlots
{
    /// <summary>Draws noise by itself: what it adds to an action of zero, one number a step, the noise restarted at each episode.</summary>
    /// <param name="noise">Action noise for an action of one number; it is left as it is after the last step.</param>
    /// <param name="steps">How many numbers, at least 1.</param>
    /// <param name="episodeLength">Steps between two restarts.</param>
    /// <returns>The noise in the environment's units, clipped to the action space as the agent's action would be.</returns>
    public static double[] Draw(IExploration noise, int steps, int episodeLength = 200)
    {
        ArgumentNullException.ThrowIfNull(noise);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(episodeLength, 1);
        double[] values = new double[steps];
        float[] action = new float[1];
        for (int step = 0; step < steps; step++)
        {
            if (step % episodeLength == 0) noise.Reset();
            action[0] = 0;
            noise.Apply([], action);
            values[step] = action[0];
        }
        return values;
    }

    /// <summary>Sample paths, one line each.</summary>
    /// <param name="paths">Name and values, one number a step.</param>
    /// <param name="title">The chart's title.</param>
    public static PlotlyChart SamplePaths(IEnumerable<(string Name, double[] Values)> paths, string title = "Sample paths") => Chart.Plot(
        paths.Select((path, index) => new Scatter
        {
            x = Enumerable.Range(0, path.Values.Length).ToArray(),
            y = Rounding.ForChart(path.Values),
            mode = "lines",
            name = path.Name,
            line = new Line { color = ChartPalette.Colour(index), width = 1.5 },
        }),
        Axes(title, "step", "noise"));

    /// <summary>
    /// The autocorrelation of each sequence: 1 at lag 0; near 0 from lag 1 on when the steps are independent, slowly falling when the noise remembers.
    /// </summary>
    /// <param name="sequences">Name and values, one number a step.</param>
    /// <param name="largestLag">The last lag shown, in steps.</param>
    /// <param name="title">The chart's title.</param>
    /// <exception cref="ArgumentException">A sequence is not longer than the largest lag, or constant.</exception>
    public static PlotlyChart Autocorrelation(IEnumerable<(string Name, double[] Values)> sequences, int largestLag = 40, string title = "Autocorrelation") => Chart.Plot(
        sequences.Select((sequence, index) => new Scatter
        {
            x = Enumerable.Range(0, largestLag + 1).ToArray(),
            y = Rounding.ForChart(Autocorrelation(sequence.Values, largestLag)),
            mode = "lines+markers",
            name = sequence.Name,
            line = new Line { color = ChartPalette.Colour(index), width = 1.5 },
            marker = new Marker { size = 5, color = ChartPalette.Colour(index) },
        }),
        Axes(title, "lag (steps)", "autocorrelation"));

    /// <summary>How often each value occurs, as densities on top of each other.</summary>
    /// <param name="samples">Name and values.</param>
    /// <param name="title">The chart's title.</param>
    /// <param name="bins">At most so many bins a sequence.</param>
    public static PlotlyChart Histogram(IEnumerable<(string Name, double[] Values)> samples, string title = "Distribution", int bins = 40)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 2);
        return Chart.Plot(Binned([.. samples], bins), Axes(title, "noise", "probability density"));
    }

    /// <summary>The autocorrelation at the lags 0 … <paramref name="largestLag"/>: Σ(xₜ − x̄)(xₜ₊ₖ − x̄)/Σ(xₜ − x̄)².</summary>
    /// <param name="values">One number a step.</param>
    /// <param name="largestLag">The last lag.</param>
    /// <exception cref="ArgumentException">There are not more values than the largest lag, or all are equal.</exception>
    public static double[] Autocorrelation(IReadOnlyList<double> values, int largestLag)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfNegative(largestLag);
        if (values.Count <= largestLag)
            throw new ArgumentException($"{values.Count} values are too few for lag {largestLag}; draw more, or ask for a smaller lag.", nameof(values));
        double mean = values.Average(), total = values.Sum(value => (value - mean) * (value - mean));
        if (total == 0) throw new ArgumentException("All values are equal, so their autocorrelation is not defined.", nameof(values));
        return [.. Enumerable.Range(0, largestLag + 1).Select(lag => Enumerable.Range(0, values.Count - lag).Sum(t => (values[t] - mean) * (values[t + lag] - mean)) / total)];
    }

    // Counted here and drawn as bars: a saved notebook then holds the counts and not each sample.
    private static IEnumerable<Trace> Binned((string Name, double[] Values)[] samples, int most)
    {
        double low = samples.Min(sample => sample.Values.Min()), high = samples.Max(sample => sample.Values.Max());
        double size = high > low ? (high - low) / most : 1;
        double[] middles = Rounding.ForChart(Enumerable.Range(0, most).Select(bin => low + (bin + 0.5) * size));
        return samples.Select((sample, index) =>
        {
            double[] density = new double[most];
            foreach (double value in sample.Values)
                density[Math.Clamp((int)((value - low) / size), 0, most - 1)] += 1 / (sample.Values.Length * size);
            return (Trace)new Scatter
            {
                x = middles,
                y = Rounding.ForChart(density),
                mode = "lines",
                name = sample.Name,
                fill = "tozeroy",
                fillcolor = ChartPalette.Translucent(ChartPalette.Colour(index), 0.25),
                line = new Line { color = ChartPalette.Colour(index), width = 1.5, shape = "hvh" },
            };
        });
    }

    private static Layout.Layout Axes(string title, string x, string y) => new()
    {
        title = title,
        height = 400,
        showlegend = true,
        xaxis = new Xaxis { title = x },
        yaxis = new Yaxis { title = y },
    };
}
