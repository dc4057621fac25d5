using XPlot.Plotly;

namespace Ddpg.Charts.Tests;

/// <summary>One chart for every thing that the kit's charts can do; the goldens, the check by plotly.js and the page to look at are made of them.</summary>
public static class Gallery
{
    public static IReadOnlyDictionary<string, Func<PlotlyChart>> Charts { get; } = new SortedDictionary<string, Func<PlotlyChart>>(StringComparer.Ordinal)
    {
        ["annotations"] = Annotations,
        ["bars-grouped"] = () => Bars("group"),
        ["bars-lying"] = BarsLying,
        ["bars-stacked"] = () => Bars("stack"),
        ["box"] = Boxes,
        ["error-bars"] = Errors,
        ["heatmap"] = HeatmapPlot,
        ["heatmap-categories"] = HeatmapCategories,
        ["histogram"] = Histograms,
        ["learning-curve"] = LearningCurve,
        ["legend-long"] = LongLegend,
        ["line-simple"] = () => Chart.Line(new[] { 1.0, 4, 9, 16, 25 }),
        ["log-axes"] = LogAxes,
        ["markers-scale"] = MarkersByValue,
        ["noise-walk"] = Walks,
        ["second-axis"] = SecondAxis,
        ["styles"] = Styles,
        ["subplots"] = Subplots,
        ["subplots-heat"] = HeatSubplots,
        ["plotly-only"] = PlotlyOnly,
        ["tiny"] = Tiny,
    };

    public static PlotlyChart LearningCurve()
    {
        double[] steps = [.. Enumerable.Range(0, 21).Select(i => i * 500.0)];
        double[] mean = [.. steps.Select((step, i) => -1219 + 1080 * (1 - Math.Exp(-step / 2200)) + 30 * Wave(i))];
        double[] spread = [.. steps.Select(step => 30 + 220 * Math.Exp(-step / 3000))];
        double[] band = [.. mean.Zip(spread, (m, s) => m + s), .. mean.Zip(spread, (m, s) => m - s).Reverse()];
        double[] episodes = [.. Enumerable.Range(1, 50).Select(i => i * 200.0)];
        return Chart.Plot(new Trace[]
        {
            new Scatter { x = episodes, y = episodes.Select((step, i) => -1280 + 1080 * (1 - Math.Exp(-step / 2500)) + 140 * Wave(3 * i + 1)).ToArray(),
                mode = "lines", name = "training episodes", line = new Line { color = "#7d7f86", width = 1 }, opacity = 0.6 },
            new Scatter { x = steps.Concat(steps.Reverse()).ToArray(), y = band, fill = "toself", fillcolor = "rgba(0,114,178,0.2)", mode = "none", name = "± one standard deviation", hoverinfo = "skip" },
            new Scatter { x = steps, y = mean, mode = "lines+markers", name = "evaluation", line = new Line { color = "#0072b2", width = 2.5 } },
            new Scatter { x = new[] { 0.0, 10000 }, y = new[] { -137.0, -137 }, mode = "lines", name = "near-optimal", line = new Line { color = "#009e73", dash = "dash", width = 1.5 } },
        }, new Layout.Layout
        {
            title = "Pendulum-v1, five seeds",
            xaxis = new Xaxis { title = "environment steps" },
            yaxis = new Yaxis { title = "episode return" },
        });
    }

    private static double Wave(int i) => Math.Sin(1.7 * i) + 0.6 * Math.Sin(4.1 * i + 1);

    private static double[] Values(int count, Func<double, double> f) => [.. Enumerable.Range(0, count).Select(i => f(i / (count - 1.0)))];

    /// <summary>Numbers that look normally distributed and are the same everywhere: quantiles in a scrambled order.</summary>
    private static double[] Normals(int count, int seed)
    {
        double[] values = new double[count];
        ulong state = (ulong)seed * 2654435761 + 12345;
        for (int i = 0; i < count; i++)
        {
            double sum = 0;
            for (int draw = 0; draw < 12; draw++)
            {
                state = state * 6364136223846793005 + 1442695040888963407;
                sum += (state >> 40) / (double)(1 << 24);
            }
            values[i] = Math.Round(sum - 6, 4);
        }
        return values;
    }

    private static PlotlyChart Annotations() => Chart.Plot(
        new Scatter { x = Values(60, t => 10 * t), y = Values(60, t => Math.Round(t * t * 4 - 1, 4)), mode = "lines", name = "Q" },
        new Layout.Layout
        {
            title = "Notes and shapes",
            annotations = [
                new Annotation { x = 6, y = 0.44, text = "an arrow to a point", ax = -60, ay = -50 },
                new Annotation { x = 8, y = 1.56, axref = "x", ayref = "y", ax = 9.4, ay = 0.6, text = "in data units", arrowcolor = "#d55e00" },
                new Annotation { xref = "paper", yref = "paper", x = 0.02, y = 0.97, text = "top left<br>of the <b>paper</b>", showarrow = false, align = "left" },
                new Annotation { x = 3.0, y = 2.4, text = "y = r + γ(1 − d)·Q<sub>φ′</sub>(s′, μ<sub>θ′</sub>(s′))", showarrow = false, bgcolor = "#fff4d6", bordercolor = "#a97b00", borderpad = 4 }],
            shapes = [
                new Shape { type = "line", xref = "paper", x0 = 0, x1 = 1, y0 = 2, y1 = 2, line = new Line { color = "#d55e00", dash = "dash", width = 1.5 } },
                new Shape { type = "rect", x0 = 4, x1 = 5, yref = "paper", y0 = 0, y1 = 1, fillcolor = "#009e73", opacity = 0.2, line = new Line { width = 0 } },
                new Shape { type = "circle", x0 = 0.5, x1 = 1.5, y0 = 0.5, y1 = 1.5, line = new Line { color = "#c0619a" } }],
            xaxis = new Xaxis { title = "time <i>t</i> (s)" },
            yaxis = new Yaxis { title = "Q<sub>φ</sub>(s, a)" },
        });

    private static PlotlyChart Bars(string mode) => Chart.Plot(new Trace[]
    {
        new Bar { x = new[] { "Gaussian", "Ornstein–Uhlenbeck", "parameter noise" }, y = new[] { 3.0, 5.5, 4.2 }, name = "Pendulum" },
        new Bar { x = new[] { "Gaussian", "Ornstein–Uhlenbeck", "parameter noise" }, y = new[] { 2.0, 1.5, 6.1 }, name = "Mountain car" },
    }, new Layout.Layout { title = $"Bars, {mode}", barmode = mode, yaxis = new Yaxis { title = "solved runs" } });

    private static PlotlyChart BarsLying() => Chart.Plot(
        new Bar { y = new[] { "zero torque", "random", "hand-written", "DDPG" }, x = new[] { -1245.0, -1219, -480, -145 }, orientation = "h", text = new[] { "−1245", "−1219", "−480", "−145" } },
        new Layout.Layout { title = "Mean return of four policies", xaxis = new Xaxis { title = "episode return", range = new[] { -1450, 0 } } });

    private static PlotlyChart Boxes() => Chart.Plot(new Trace[]
    {
        new Box { y = Normals(60, 1).Select(v => -150 + 12 * v).ToArray(), name = "seed 1", boxpoints = "outliers" },
        new Box { y = Normals(60, 2).Select(v => -160 + 22 * v).ToArray(), name = "seed 2", boxmean = true },
        new Box { y = Normals(40, 3).Select(v => -140 + 8 * v).ToArray(), name = "seed 3", boxpoints = "all" },
    }, new Layout.Layout { title = "Evaluation returns", showlegend = false, yaxis = new Yaxis { title = "episode return" } });

    private static double[][] Hill(int rows, int columns) => [.. Enumerable.Range(0, rows).Select(r => Enumerable.Range(0, columns).Select(c =>
    {
        double x = 4.0 * c / (columns - 1) - 2, y = 4.0 * r / (rows - 1) - 2;
        return Math.Round(3 * (1 - x) * (1 - x) * Math.Exp(-x * x - (y + 1) * (y + 1)) - 10 * (x / 5 - x * x * x - y * y * y * y * y) * Math.Exp(-x * x - y * y), 3);
    }).ToArray())];

    private static PlotlyChart Errors() => Chart.Plot(
        new Scatter
        {
            x = new[] { 0.001, 0.005, 0.05, 0.1, 1 },
            y = new[] { -420.0, -160, -180, -240, -900 },
            mode = "markers",
            marker = new Marker { size = 9 },
            error_y = new Error_y { type = "data", array = new[] { 90.0, 12, 25, 60, 180 } },
            name = "mean ± sd"
        },
        new Layout.Layout { title = "Return by soft-update rate τ", xaxis = new Xaxis { title = "τ", type = "log" }, yaxis = new Yaxis { title = "episode return" } });

    private static PlotlyChart HeatmapPlot() => Chart.Plot(
        new Heatmap { z = Hill(31, 41), x = Values(41, t => Math.Round(6.2832 * t - 3.1416, 4)), y = Values(31, t => 16 * t - 8), colorbar = new Colorbar { title = "Q(s, μ(s))" } },
        new Layout.Layout { title = "Q landscape", xaxis = new Xaxis { title = "angle θ (rad)" }, yaxis = new Yaxis { title = "angular velocity (rad/s)" } });

    private static PlotlyChart HeatmapCategories() => Chart.Plot(
        new Heatmap
        {
            z = new double[,] { { 0.5, 0.71, 0.93 }, { 0.29, 0.5, 0.64 }, { 0.07, 0.36, 0.5 } },
            x = new[] { "none", "Gaussian", "OU" },
            y = new[] { "none", "Gaussian", "OU" },
            colorscale = "RdBu",
            zmin = 0,
            zmax = 1,
            colorbar = new Colorbar { title = "probability of improvement", tickformat = ".0%" }
        },
        new Layout.Layout { title = "Which noise is better?", width = 560, height = 460 });

    private static PlotlyChart Histograms() => Chart.Plot(new Trace[]
    {
        new Histogram { x = Normals(400, 5), name = "Gaussian", histnorm = "probability density", nbinsx = 30, opacity = 0.7 },
        new Histogram { x = Normals(400, 6).Select(v => 0.5 * v + 1).ToArray(), name = "shifted", histnorm = "probability density", nbinsx = 30, opacity = 0.7 },
    }, new Layout.Layout { title = "Noise samples", barmode = "overlay", xaxis = new Xaxis { title = "ε" }, yaxis = new Yaxis { title = "probability density" } });

    private static PlotlyChart LongLegend() => Chart.Plot(Enumerable.Range(0, 9).Select(run =>
        new Scatter { y = Values(50, t => run + Math.Sqrt(t) * run), mode = "lines", name = $"a rather long name of run number {run}" }),
        new Layout.Layout { title = "Nine runs", xaxis = new Xaxis { title = "thousands of steps" } });

    private static PlotlyChart LogAxes() => Chart.Plot(new Trace[]
    {
        new Scatter { x = Values(40, t => Math.Pow(10, 1 + 5 * t)), y = Values(40, t => Math.Pow(10, -4 * t)), mode = "lines+markers", name = "critic loss" },
        new Scatter { x = Values(40, t => Math.Pow(10, 1 + 5 * t)), y = Values(40, t => Math.Pow(10, -2 * t) / 3), mode = "lines", name = "policy loss", line = new Line { dash = "dashdot" } },
    }, new Layout.Layout { title = "Logarithmic axes", xaxis = new Xaxis { title = "updates", type = "log" }, yaxis = new Yaxis { title = "loss", type = "log" } });

    private static PlotlyChart MarkersByValue() => Chart.Plot(
        new Scatter
        {
            x = Normals(300, 3),
            y = Normals(300, 4),
            mode = "markers",
            marker = new Marker { size = 8, color = Normals(300, 3), showscale = true, colorscale = "Cividis", colorbar = new Colorbar { title = "advantage" }, line = new Line { width = 0.5, color = "#ffffff" } }
        },
        new Layout.Layout { title = "Coloured by value", xaxis = new Xaxis { title = "x", zeroline = true }, yaxis = new Yaxis { title = "y" } });

    private static PlotlyChart Walks() => Chart.Plot(Enumerable.Range(0, 3).Select(path =>
    {
        double x = 0;
        return new Scatter { y = Normals(2000, path + 20).Select(e => x += 0.15 * (0 - x) + 0.2 * e).ToArray(), mode = "lines", name = $"path {path + 1}", line = new Line { width = 1 } };
    }), new Layout.Layout { title = "Ornstein–Uhlenbeck noise", xaxis = new Xaxis { title = "step" }, yaxis = new Yaxis { title = "x" } });

    private static PlotlyChart SecondAxis() => Chart.Plot(new Trace[]
    {
        new Scatter { x = Values(40, t => 10000 * t), y = Values(40, t => -1200 + 1050 * Math.Sqrt(t)), mode = "lines", name = "return" },
        new Scatter { x = Values(40, t => 10000 * t), y = Values(40, t => 0.3 * Math.Exp(-3 * t)), mode = "lines", name = "noise scale", yaxis = "y2" },
    }, new Layout.Layout
    {
        title = "Two scales",
        xaxis = new Xaxis { title = "environment steps" },
        yaxis = new Yaxis { title = "episode return" },
        yaxis2 = new Yaxis { title = "noise scale σ", overlaying = "y", side = "right" }
    });

    private static PlotlyChart Styles()
    {
        string[] dashes = ["solid", "dot", "dash", "longdash", "dashdot"], symbols = ["circle", "square", "diamond", "triangle-up", "cross"], shapes = ["linear", "spline", "hv", "vh", "hvh"];
        return Chart.Plot(dashes.Select((dash, i) => new Scatter
        {
            x = new double[] { 0, 1, 2, 3, 4 },
            y = new double[] { i, i + 0.6, double.NaN, i + 0.3, i + 0.8 },
            connectgaps = i == 1,
            mode = "lines+markers+text",
            text = new[] { "", "", "", "", shapes[i] },
            textposition = "middle right",
            name = $"{dash}, {symbols[i]}",
            line = new Line { dash = dash, shape = shapes[i] },
            marker = new Marker { symbol = symbols[i], size = 10 },
        }), new Layout.Layout { title = "Lines and markers", legend = new Legend { orientation = "v", x = 1.02, y = 1 } });
    }

    private static PlotlyChart Subplots() => Chart.Plot(new Trace[]
    {
        new Scatter { y = Values(100, t => Math.Exp(-4 * t)), mode = "lines", name = "critic loss" },
        new Scatter { y = Values(100, t => -1200 + 1000 * Math.Sqrt(t)), mode = "lines", name = "episode return", xaxis = "x2", yaxis = "y2" },
    }, new Layout.Layout
    {
        title = "Side by side",
        showlegend = false,
        xaxis = new Xaxis { domain = new[] { 0, 0.45 }, title = "updates" },
        yaxis = new Yaxis { title = "critic loss" },
        xaxis2 = new Xaxis { domain = new[] { 0.55, 1 }, anchor = "y2", title = "updates" },
        yaxis2 = new Yaxis { anchor = "x2", title = "episode return" },
        annotations = [
            new Annotation { xref = "paper", yref = "paper", x = 0.225, y = 1, xanchor = "center", yanchor = "bottom", text = "<b>what is minimised</b>", showarrow = false },
            new Annotation { xref = "paper", yref = "paper", x = 0.775, y = 1, xanchor = "center", yanchor = "bottom", text = "<b>what is wanted</b>", showarrow = false }],
    });

    private static PlotlyChart HeatSubplots() => Chart.Plot(new Trace[]
    {
        new Heatmap { z = Hill(25, 25), showscale = false, zmin = -6, zmax = 8 },
        new Heatmap { z = Hill(25, 25).Select(row => row.Select(v => v / 2).ToArray()).ToArray(), xaxis = "x2", yaxis = "y2", zmin = -6, zmax = 8, colorbar = new Colorbar { title = "Q" } },
    }, new Layout.Layout
    {
        title = "Before and after",
        xaxis = new Xaxis { domain = new[] { 0, 0.46 }, title = "θ" },
        yaxis = new Yaxis { title = "velocity" },
        xaxis2 = new Xaxis { domain = new[] { 0.54, 1 }, anchor = "y2", title = "θ" },
        yaxis2 = new Yaxis { anchor = "x2" },
    });

    private static PlotlyChart PlotlyOnly() => Chart.Plot(new Trace[] { new Scatter { y = new[] { 1, 2 }, name = "below" }, new Contour { z = Hill(20, 20), name = "level curves" } },
        new Layout.Layout { title = "What the kit does not draw" });

    private static PlotlyChart Tiny()
    {
        PlotlyChart chart = Chart.Scatter(Normals(30, 12).Select((v, i) => Tuple.Create(i * 1e-5, v * 2e6)));
        chart.WithSize(360, 240);
        chart.WithTitle("Small picture, large numbers");
        chart.WithXTitle("seconds");
        return chart;
    }
}
