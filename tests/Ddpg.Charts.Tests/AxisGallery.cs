using XPlot.Plotly;

namespace Ddpg.Charts.Tests;

/// <summary>Charts whose axes are easy to get wrong: drawn by plotly.js and by the kit, they must have the same types, ranges and tick labels.</summary>
public static class AxisGallery
{
    private static readonly DateTime Start = new(2024, 1, 1, 10, 0, 0);

    public static IReadOnlyDictionary<string, Func<PlotlyChart>> Charts { get; } = new SortedDictionary<string, Func<PlotlyChart>>(Dates().Concat(Types()).Concat(Numbers()).Concat(Logarithms()).Concat(Words()).Concat(Room()).Concat(Given())
        .ToDictionary(entry => entry.Name, entry => entry.Make), StringComparer.Ordinal);

    private static IEnumerable<(string Name, Func<PlotlyChart> Make)> Dates()
    {
        yield return ("date-5s", () => Points(Times(6, i => TimeSpan.FromSeconds(5 * i))));
        yield return ("date-days-0-1-2-300", () => Points(new[] { Start, Start.AddDays(1), Start.AddDays(2), Start.AddDays(300) }));
        yield return ("date-unsorted", () => Points(new[] { Start.AddDays(10), Start, Start.AddDays(5) }));
        yield return ("date-ticks", () => Points(Times(5, i => TimeSpan.FromTicks(1234 * i))));
        yield return ("date-10ms", () => Points(Times(7, i => TimeSpan.FromMilliseconds(10 * i))));
        yield return ("date-300ms", () => Points(Times(7, i => TimeSpan.FromMilliseconds(300 * i))));
        yield return ("date-2min", () => Points(Times(7, i => TimeSpan.FromMinutes(2 * i))));
        yield return ("date-5h", () => Points(Times(7, i => TimeSpan.FromHours(5 * i))));
        yield return ("date-1d", () => Points(Times(9, i => TimeSpan.FromDays(i))));
        yield return ("date-6d", () => Points(Times(9, i => TimeSpan.FromDays(6 * i))));
        yield return ("date-40d", () => Points(Times(9, i => TimeSpan.FromDays(40 * i))));
        yield return ("date-1y", () => Points(Times(9, i => TimeSpan.FromDays(365.25 * i))));
        yield return ("date-30y", () => Points(Times(9, i => TimeSpan.FromDays(30 * 365.25 * i))));
        yield return ("date-one", () => Points(new[] { Start }));
        yield return ("date-same", () => Points(new[] { Start, Start, Start }));
        yield return ("date-gaps", () => Points(new DateTime?[] { Start, null, Start.AddHours(7) }));
        yield return ("date-on-y", () => Chart.Plot(new Scatter { x = new[] { 1, 2, 3 }, y = Times(3, i => TimeSpan.FromDays(20 * i)) }));
        yield return ("date-bars", () => Chart.Plot(new Bar { x = Times(5, i => TimeSpan.FromDays(i)).Select(t => t.Date).ToArray(), y = new[] { 3, 1, 4, 1, 5 } }));
        yield return ("date-utc-and-offset", () => Points(new[] { "2024-01-01T10:00:00Z", "2024-01-01T14:00:00+02:00", "2024-01-02 01:30" }));
        yield return ("date-months-as-text", () => Points(new[] { "2024-01", "2024-02", "2024-05" }));
        yield return ("date-forced", () => Chart.Plot(new Scatter { x = new[] { 1704103200000, 1704189600000 }, y = new[] { 1, 2 } }, new Layout.Layout { xaxis = new Xaxis { type = "date" } }));
        yield return ("date-second-trace", () => Chart.Plot(new Trace[] { new Scatter { x = Times(3, i => TimeSpan.FromDays(i)), y = new[] { 1, 2, 3 } }, new Scatter { x = Times(3, i => TimeSpan.FromDays(i + 1)), y = new[] { 2, 1, 2 } } }));
        yield return ("date-1850", () => Points(new[] { new DateTime(1850, 6, 1), new DateTime(1969, 7, 20), new DateTime(2030, 1, 1) }));
    }

    private static IEnumerable<(string Name, Func<PlotlyChart> Make)> Types()
    {
        yield return ("type-bool", () => Points(new[] { true, false, true }));
        yield return ("type-char", () => Points(new[] { 'b', 'a', 'c' }));
        yield return ("type-dateonly", () => Points(new[] { new DateOnly(2024, 2, 27), new DateOnly(2024, 3, 2) }));
        yield return ("type-datetimeoffset", () => Points(new[] { new DateTimeOffset(Start, TimeSpan.FromHours(2)), new DateTimeOffset(Start.AddMinutes(90), TimeSpan.FromHours(2)) }));
        yield return ("type-decimal", () => Points(new[] { 1.10m, 2.25m, 3.5m }));
        yield return ("type-enum", () => Points(new[] { DayOfWeek.Sunday, DayOfWeek.Friday }));
        yield return ("type-half", () => Points(new[] { (Half)1.5, (Half)2, (Half)4 }));
        yield return ("type-int64", () => Points(new[] { 1L << 53, (1L << 53) + (1L << 50) }));
        yield return ("type-mixed", () => Points(new object?[] { 1, "a", null, "b", "c" }));
        yield return ("type-numbers-as-text", () => Points(new[] { "1", "2.5", "$1,000" }));
        yield return ("type-one-word-among-numbers", () => Points(new object[] { 1, 2, 3, "four" }));
        yield return ("type-timeonly", () => Points(new[] { new TimeOnly(8, 30), new TimeOnly(17, 0) }));
        yield return ("type-timespan", () => Points(new[] { TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(2) }));
        yield return ("type-uint8-list", () => Points(new List<ushort> { 3, 9 }));
        yield return ("type-years-as-text", () => Points(new[] { "2020", "2021", "2024" }));
    }

    private static IEnumerable<(string Name, Func<PlotlyChart> Make)> Numbers()
    {
        foreach (int power in new[] { -300, -20, -16, -13, -12, -9, -6, -5, -4, -3, 0, 3, 4, 5, 6, 9, 11, 12, 13, 15, 18, 21, 300 })
            yield return ($"number-1e{power}", () => Chart.Plot(new Scatter { x = new[] { 0, Math.Pow(10, power) }, y = new[] { -3.7 * Math.Pow(10, power), 8.3 * Math.Pow(10, power) } }));
        yield return ("number-far-from-zero", () => Points(new[] { 1e9, 1e9 + 0.5, 1e9 + 1 }));
        yield return ("number-negative", () => Chart.Line(new[] { -1, -1000, -250_000 }));
        yield return ("number-same", () => Chart.Line(new[] { 7.5, 7.5, 7.5 }));
        yield return ("number-zero", () => Chart.Line(new[] { 0, 0, 0 }));
        yield return ("number-one-point", () => Chart.Line(new[] { 0.3 }));
        yield return ("number-none", () => Chart.Plot(new Scatter { x = Array.Empty<double>(), y = Array.Empty<double>() }));
        yield return ("number-gaps-only", () => Chart.Line(new[] { double.NaN, double.NaN }));
        yield return ("number-infinite", () => Chart.Line(new[] { 1, double.PositiveInfinity, 3, double.NegativeInfinity }));
    }

    private static IEnumerable<(string Name, Func<PlotlyChart> Make)> Logarithms()
    {
        foreach (double decades in new[] { 0.05, 0.3, 0.9, 1.4, 2.5, 3.5, 6, 11, 25, 90, 300 })
            yield return ($"log-{decades}".Replace('.', '_'), () => Chart.Plot(new Scatter { x = Enumerable.Range(0, 9).Select(i => 0.02 * Math.Pow(10, decades * i / 8)).ToArray(), y = Enumerable.Range(0, 9).Select(i => 3 * Math.Pow(10, -decades * i / 8)).ToArray() },
                new Layout.Layout { xaxis = new Xaxis { type = "log" }, yaxis = new Yaxis { type = "log" } }));
        yield return ("log-with-zero", () => Chart.Plot(new Scatter { y = new[] { 0, 1, 10, -5, 1000 } }, new Layout.Layout { yaxis = new Yaxis { type = "log" } }));
        yield return ("log-range", () => Chart.Plot(new Scatter { y = new[] { 1, 10 } }, new Layout.Layout { yaxis = new Yaxis { type = "log", range = new[] { -2, 4 } } }));
    }

    private static IEnumerable<(string Name, Func<PlotlyChart> Make)> Words()
    {
        yield return ("words-25-long", () => Chart.Plot(new Bar { x = Enumerable.Range(1, 25).Select(i => $"a rather long name, number {i}").ToArray(), y = Enumerable.Range(1, 25).ToArray() }));
        yield return ("words-200", () => Points(Enumerable.Range(1, 200).Select(i => "w" + i).ToArray()));
        yield return ("words-on-y", () => Chart.Plot(new Scatter { x = new[] { 1, 2, 3 }, y = new[] { "low", "high", "low" }, mode = "markers" }));
        yield return ("words-numbers-as-words", () => Chart.Plot(new Bar { x = new[] { 10, 2, 0.5, 1e21, 1.5e-6, -2.5e-7, 1e20 }, y = new[] { 1, 2, 3, 4, 5, 6, 7 } }, new Layout.Layout { xaxis = new Xaxis { type = "category" } }));
        yield return ("words-two-traces", () => Chart.Plot(new Trace[] { new Scatter { x = new[] { "b", "a" }, y = new[] { 1, 2 } }, new Scatter { x = new[] { "a", "c" }, y = new[] { 3, 1 } } }));
        yield return ("words-legend-25", () => Chart.Plot(Enumerable.Range(1, 25).Select(i => new Scatter { y = new[] { i, 2 * i }, name = $"an entry of the legend, number {i}" })));
    }

    private static IEnumerable<(string Name, Func<PlotlyChart> Make)> Room()
    {
        yield return ("room-large-markers", () => Chart.Plot(new Scatter { x = new[] { 1, 2, 3 }, y = new[] { 5, 7, 6 }, mode = "markers", marker = new Marker { size = 60 } }));
        yield return ("room-marker-sizes", () => Chart.Plot(new Scatter { x = new[] { 1, 2, 3 }, y = new[] { 5, 7, 6 }, mode = "markers", marker = new Marker { size = new[] { 90, 5, 30 } } }));
        yield return ("room-huge-markers", () => Chart.Plot(new Scatter { x = new[] { 1, 2 }, y = new[] { 1, 2 }, mode = "markers", marker = new Marker { size = 900 } }));
        yield return ("room-line-beside-markers", () => Chart.Plot(new Trace[] { new Scatter { x = new[] { 0, 10 }, y = new[] { 0, 1 }, mode = "lines" }, new Scatter { x = new[] { 9.9 }, y = new[] { 0.5 }, mode = "markers", marker = new Marker { size = 30 } } }));
        yield return ("room-fill-to-zero", () => Chart.Area(new[] { 3, 5, 4 }));
        yield return ("room-fill-below-zero", () => Chart.Plot(new Scatter { y = new[] { -3, -5, -4 }, fill = "tozeroy", mode = "lines+markers" }));
        yield return ("room-fill-tozerox", () => Chart.Plot(new Scatter { x = new[] { 3, 5, 4 }, y = new[] { 1, 2, 3 }, fill = "tozerox" }));
        yield return ("room-fill-tonext", () => Chart.Plot(new Trace[] { new Scatter { y = new[] { 3, 5 }, mode = "lines" }, new Scatter { y = new[] { 4, 7 }, mode = "lines", fill = "tonexty" } }));
        yield return ("room-fill-tonext-first", () => Chart.Plot(new Scatter { y = new[] { 3, 5 }, mode = "lines", fill = "tonexty" }));
        yield return ("room-fill-toself", () => Chart.Plot(new Scatter { x = new[] { 0, 1, 1, 0, 0 }, y = new[] { 5, 5, 6, 6, 5 }, mode = "none", fill = "toself" }));
        yield return ("room-error-bars", () => Chart.Plot(new Scatter { x = new[] { 1, 2 }, y = new[] { 10, 20 }, error_y = new Error_y { type = "data", array = new[] { 3, 8 } }, error_x = new Error_x { type = "data", array = new[] { 0.5, 0.1 } } }));
        yield return ("room-shapes", () => Chart.Plot(new Scatter { y = new[] { 1, 2, 3 } }, new Layout.Layout
        {
            shapes = new[] { new Shape { type = "line", x0 = -4, x1 = 1, y0 = 2, y1 = 9, line = new Line { width = 12 } }, new Shape { type = "rect", xref = "paper", x0 = 0, x1 = 1, y0 = -20, y1 = 0 } },
        }));
        yield return ("room-error-bars-on-bars", () => Chart.Plot(new Bar { x = new[] { 1, 2 }, y = new[] { 0, 20 }, error_y = new Error_y { type = "data", array = new[] { 3, 8 }, arrayminus = new[] { 0, 30 }, symmetric = false } }));
        yield return ("room-error-bars-over-an-area", () => Chart.Plot(new Scatter { y = new[] { 10, 20 }, fill = "tozeroy", error_y = new Error_y { type = "data", array = new[] { 1, 2 } } }));
        yield return ("room-text", () => Chart.Plot(new Scatter { x = new[] { 1, 2 }, y = new[] { 10, 20 }, mode = "text", text = new[] { "a", "b" } }));
        yield return ("room-bars-negative", () => Chart.Plot(new Bar { x = new[] { 1, 2, 3 }, y = new[] { -4, -2, -9 } }));
        yield return ("room-bars-both", () => Chart.Plot(new Bar { x = new[] { 1, 2, 3 }, y = new[] { -4, 2, 9 } }));
        yield return ("room-bars-grouped", () => Chart.Plot(new Trace[] { new Bar { x = new[] { 1, 2, 3 }, y = new[] { 4, 2, 9 } }, new Bar { x = new[] { 1, 2, 3 }, y = new[] { 1, 2, 3 } } }));
        yield return ("room-bars-stacked", () => Chart.Plot(new Trace[] { new Bar { x = new[] { 1, 2, 3 }, y = new[] { 4, 2, 9 } }, new Bar { x = new[] { 1, 2, 3 }, y = new[] { 1, -2, 3 } } }, new Layout.Layout { barmode = "relative" }));
        yield return ("room-bars-lying", () => Chart.Bar(new[] { 3.5, 4.5 }));
        yield return ("room-bars-grouped-far", () => Chart.Plot(new Trace[] { new Bar { x = new[] { 0.7, 10.1, 35.3, 36 }, y = new[] { 4, 2, 9, 1 } }, new Bar { x = new[] { 0.7, 10.1, 35.3, 36 }, y = new[] { 1, 2, 3, 4 } } }));
        yield return ("room-bars-at-one-place", () => Chart.Plot(new Bar { x = new[] { "a", "b", "a", "a" }, y = new[] { 4, 2, 9, -3 } }));
        yield return ("room-bar-alone", () => Chart.Plot(new Bar { x = new[] { 4 }, y = new[] { 3 } }));
        yield return ("room-heatmap", () => Chart.Plot(new Heatmap { z = new[,] { { 1, 2, 3 }, { 4, 5, 6 } } }));
        yield return ("room-histogram-integers", () => Chart.Plot(new Histogram { x = new[] { 1, 2, 2, 3, 3, 3, 7 } }));
        yield return ("room-histogram-edges", () => Chart.Plot(new Histogram { x = new[] { 0.5, 1, 1.5, 1.5, 2, 2.5, 4 } }));
        yield return ("room-histogram-of-y", () => Chart.Plot(new Histogram { y = Enumerable.Range(0, 100).Select(i => Math.Sin(i)).ToArray() }));
        yield return ("room-histogram-same", () => Chart.Plot(new Histogram { x = new[] { 5.5, 5.5 } }));
        yield return ("room-histogram-given", () => Chart.Plot(new Histogram { x = new[] { 1.2, 3.4, 9.9 }, xbins = new Xbins { start = 0, end = 12, size = 3 } }));
        yield return ("room-histograms", () => Chart.Plot(new[] { 1, 2 }.Select(k => new Histogram { x = Enumerable.Range(0, 300).Select(i => k * Math.Sin(i * i)).ToArray() })));
        yield return ("room-box", () => Chart.Plot(new Box { y = new[] { 1, 2, 3, 4, 50 }, name = "one" }));
    }

    private static IEnumerable<(string Name, Func<PlotlyChart> Make)> Given()
    {
        PlotlyChart With(Xaxis x, Yaxis? y = null)
        {
            var layout = new Layout.Layout { xaxis = x };
            if (y is not null) layout.yaxis = y;
            return Chart.Plot(new Scatter { x = new[] { 12.5, 40, 77 }, y = new[] { 1234567.0, 2e6, 3.5e6 } }, layout);
        }
        yield return ("given-range", () => With(new Xaxis { range = new[] { -5, 123 } }, new Yaxis { range = new[] { 4e6, 0 } }));
        yield return ("given-reversed", () => With(new Xaxis { autorange = "reversed" }));
        yield return ("given-tozero", () => With(new Xaxis { rangemode = "tozero" }, new Yaxis { rangemode = "nonnegative" }));
        yield return ("given-dtick", () => With(new Xaxis { dtick = 7.5, tick0 = 1 }));
        yield return ("given-nticks", () => With(new Xaxis { nticks = 4 }, new Yaxis { nticks = 20 }));
        yield return ("given-tickvals", () => With(new Xaxis { tickvals = new[] { 12.5, 33.333333, 70 } }, new Yaxis { tickvals = new[] { 1e6, 2e6 }, ticktext = new[] { "one", "two" } }));
        yield return ("given-prefix", () => With(new Xaxis { ticksuffix = " %", tickprefix = "~" }));
        yield return ("given-exponent", () => With(new Xaxis { tickformat = ".1f" }, new Yaxis { exponentformat = "e" }));
        yield return ("given-power", () => With(new Xaxis(), new Yaxis { exponentformat = "power" }));
        yield return ("given-months", () => Chart.Plot(new Scatter { x = Times(9, i => TimeSpan.FromDays(40 * i)), y = new[] { 1, 2, 3, 4, 5, 6, 7, 8, 9 } }, new Layout.Layout { xaxis = new Xaxis { dtick = "M2", tickformat = "%Y-%m" } }));
        yield return ("given-dates", () => Chart.Plot(new Scatter { x = Times(9, i => TimeSpan.FromDays(i)), y = new[] { 1, 2, 3, 4, 5, 6, 7, 8, 9 } }, new Layout.Layout { xaxis = new Xaxis { tickvals = new[] { "2024-01-02", "2024-01-05 12:30" } } }));
        yield return ("given-date-range", () => Chart.Plot(new Scatter { x = Times(9, i => TimeSpan.FromDays(i)), y = new[] { 1, 2, 3, 4, 5, 6, 7, 8, 9 } }, new Layout.Layout { xaxis = new Xaxis { range = new[] { "2024-01-02", "2024-01-03" } } }));
    }

    private static DateTime[] Times(int count, Func<int, TimeSpan> after) => [.. Enumerable.Range(0, count).Select(i => Start + after(i))];

    private static PlotlyChart Points(System.Collections.ICollection x) => Chart.Plot(new Scatter { x = x, y = Enumerable.Range(1, x.Count).ToArray(), mode = "lines+markers" });
}
