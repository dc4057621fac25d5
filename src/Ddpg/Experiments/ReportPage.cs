using System.Globalization;
using System.Net;
using System.Text;
using Ddpg.Charts;
using Ddpg.Viewing;
using XPlot.Plotly;

namespace Ddpg.Experiments;

/// <summary>Results as one HTML page that needs no other file and no network: tables, charts, every seed, and what made them.</summary>
public static class ReportPage
{
    private const string Style = """
        body { font: 15px/1.5 'Segoe UI', 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif; max-width: 1180px; margin: 2rem auto; padding: 0 1rem; color: #2b2f36; background: #fff; }
        table { border-collapse: collapse; margin: 1rem 0; } th, td { padding: .25rem .7rem; text-align: right; border-bottom: 1px solid #e3e5e8; } th:first-child, td:first-child { text-align: left; }
        td.note, th.note { text-align: left; color: #565d68; } .seeds { display: flex; flex-wrap: wrap; } .wide { overflow-x: auto; } svg { max-width: 100%; height: auto; }
        """;

    /// <summary>Makes the page.</summary>
    /// <param name="results">Name and runs of each set of results.</param>
    /// <param name="anchors">What an environment's returns are compared with; by default <see cref="Anchors.For"/>.</param>
    /// <exception cref="ArgumentException">There is no run.</exception>
    public static string Make(IReadOnlyList<(string Name, IReadOnlyList<RunRecord> Runs)> results, Func<string, IReadOnlyList<Anchor>>? anchors = null)
    {
        ArgumentNullException.ThrowIfNull(results);
        if (results.All(set => set.Runs.Count == 0))
            throw new ArgumentException("There is no run to report.", nameof(results));
        anchors ??= id => Anchors.For(id);
        var page = new StringBuilder();
        page.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>DDPG results</title>\n<style>\n").Append(Style).Append("\n</style>\n</head>\n<body>\n<h1>DDPG results</h1>\n");
        page.Append("<p>Evaluations are of the policy without exploration noise, always from the same starts. <b>Final</b> is the last policy on 100 fixed starts; <b>best</b> is the policy of the best evaluation on the way, "
            + "scored on fresh starts that neither training nor that choice has seen. IQM is the interquartile mean over the seeds, in brackets its 95 % stratified bootstrap interval (Agarwal et al. 2021), given from "
            + $"{Scores.FewestSeeds} seeds on.</p>\n");
        foreach ((string name, IReadOnlyList<RunRecord> runs) in results)
            foreach (IGrouping<string, RunRecord> environment in runs.GroupBy(run => run.Environment))
                Section(page, name, environment.Key, [.. environment], anchors(environment.Key));
        return page.Append("</body>\n</html>\n").ToString();
    }

    private static void Section(StringBuilder page, string name, string environment, RunRecord[] runs, IReadOnlyList<Anchor> anchors)
    {
        IReadOnlyList<MethodSummary> methods = MethodSummary.Of(runs);
        double? solved = Anchors.Solved(environment);
        page.Append(CultureInfo.InvariantCulture, $"<h2>{Html(name)}: {Html(environment)}</h2>\n");
        page.Append("<div class=\"wide\">").Append(SummaryTables.Methods(runs, costs: true)).Append("</div>\n");
        page.Append(SummaryTables.Anchors(anchors)).Append('\n');

        ReferenceLine[] lines = solved is double threshold ? [new ReferenceLine($"counts as solved: {threshold.ToString("0.#", CultureInfo.InvariantCulture)}", threshold)] : [];
        Chart(page, ResultCharts.Curves(runs, everySeed: false, references: lines));
        Chart(page, ResultCharts.FinalReturns(runs));
        if (methods.Count > 1)
            Chart(page, ResultCharts.Improvement(runs));
        page.Append("<details open><summary>Every seed</summary>\n<div class=\"seeds\">\n");
        foreach (MethodSummary method in methods)
        {
            PlotlyChart chart = ResultCharts.Curves(method.Runs, $"{method.Name}, every seed", references: lines);
            chart.WithWidth(560);
            Chart(page, chart);
        }
        page.Append("</div>\n</details>\n<details><summary>Every run</summary>\n");
        RunTable(page, runs);
        page.Append("</details>\n");
    }

    private static void RunTable(StringBuilder page, RunRecord[] runs)
    {
        page.Append("<div class=\"wide\"><table>\n<tr><th>run</th><th>steps</th><th>final</th><th>± over starts</th><th>worst start</th><th>best at step</th><th>best, as chosen</th><th>best, fresh</th><th>minutes</th><th class=\"note\">made by</th></tr>\n");
        foreach (RunRecord run in runs)
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{Html(run.Method)}, seed {run.Seed}</td><td>{run.Steps}</td>");
            page.Append(run.Final is { } final ? $"<td>{F1(final.Mean)}</td><td>{F1(final.Std)}</td><td>{F1(final.Min)}</td>" : "<td colspan=\"3\">diverged</td>");
            page.Append(CultureInfo.InvariantCulture, $"<td>{run.BestStep}</td><td>{F1(run.BestMean)}</td><td>{F1(run.Fresh?.Mean)}</td><td>{run.Cost.Seconds / 60:F1}</td>");
            page.Append(CultureInfo.InvariantCulture, $"<td class=\"note\">commit {Html(run.Cost.Commit)}, kit {Html(run.Cost.Kit)}, {Html(run.Cost.Tensors)}, {Html(run.Cost.Runtime)}; {Html(run.Cost.Machine)}</td></tr>\n");
        }
        page.Append("</table></div>\n");
    }

    private static void Chart(StringBuilder page, PlotlyChart chart) => page.Append("<div>").Append(PlotlyFigure.Of(chart).ToSvg()).Append("</div>\n");

    private static string F1(double? value) => value is double number ? SummaryTables.Number(number, 1) : "";

    private static string Html(string text) => WebUtility.HtmlEncode(text);
}
