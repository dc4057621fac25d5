using System.Globalization;
using System.Net;
using System.Text;

namespace Ddpg.Experiments;

/// <summary>Results as HTML tables, for the report and for a notebook: <c>HTML(SummaryTables.Methods(runs))</c>.</summary>
public static class SummaryTables
{
    /// <summary>One line a method: seeds, final return with its interval, worst seed, best policy of each seed on fresh starts, and how many seeds reached and kept the return that counts as solved.</summary>
    /// <param name="runs">Runs on one environment.</param>
    /// <param name="costs">Whether wall-clock time and speed are shown as well.</param>
    /// <exception cref="ArgumentException">There is no run, or they are on several environments.</exception>
    public static string Methods(IEnumerable<RunRecord> runs, bool costs = false)
    {
        IReadOnlyList<MethodSummary> methods = MethodSummary.Of(runs);
        if (methods.Select(method => method.Environment).Distinct().Count() != 1)
            throw new ArgumentException("A table needs runs on one environment; there are none, or they are on several.", nameof(runs));
        double? solved = Experiments.Anchors.Solved(methods[0].Environment);
        var table = new StringBuilder("<table>\n<tr><th>method</th><th>seeds</th><th>final, IQM</th><th>worst seed</th><th>best on fresh starts, each seed</th>");
        if (solved is double threshold)
            table.Append(CultureInfo.InvariantCulture, $"<th>reached {threshold:0.#}</th><th>ended above</th>");
        table.Append(costs ? "<th>minutes a run</th><th>steps/s</th></tr>\n" : "</tr>\n");
        foreach (MethodSummary method in methods)
            Line(table, method, solved, costs);
        return table.Append("</table>").ToString();
    }

    /// <summary>What an environment's returns are compared with, and who measured it.</summary>
    /// <param name="anchors">For example <see cref="Experiments.Anchors.For"/>.</param>
    public static string Anchors(IEnumerable<Anchor> anchors)
    {
        ArgumentNullException.ThrowIfNull(anchors);
        var table = new StringBuilder("<table>\n<tr><th>to compare with</th><th>return</th><th class=\"note\" style=\"text-align: left\">source</th></tr>\n");
        foreach (Anchor anchor in anchors)
        {
            string spread = anchor.Spread is double value ? " ± " + value.ToString("0.##", CultureInfo.InvariantCulture) : "";
            table.Append(CultureInfo.InvariantCulture, $"<tr><td>{Html(anchor.Name)}</td><td style=\"white-space: nowrap\">{anchor.Value:0.##}{spread}</td><td class=\"note\" style=\"text-align: left\">{Html(anchor.Source)}</td></tr>\n");
        }
        return table.Append("</table>").ToString();
    }

    /// <summary>A number with so many decimals, and never <c>-0.0</c>.</summary>
    internal static string Number(double value, int decimals)
    {
        double rounded = Math.Round(value, decimals);
        return (rounded == 0 ? 0 : rounded).ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    private static void Line(StringBuilder table, MethodSummary method, double? solved, bool costs)
    {
        string final = method.Final switch
        {
            { Low: double low, High: double high } estimate => $"{Number(estimate.Value, 1)} [{Number(low, 1)}, {Number(high, 1)}]",
            { } estimate => $"{Number(estimate.Value, 1)} (too few seeds for an interval)",
            null => "",
        };
        string diverged = method.Diverged > 0 ? $", {method.Diverged.ToString(CultureInfo.InvariantCulture)} diverged" : "";
        string worst = method.FinalReturns.Count > 0 ? Number(method.FinalReturns.Min(), 1) : "";
        string best = string.Join(", ", method.Runs.Where(run => run.Fresh is not null).Select(run => Number(run.Fresh!.Mean, 0)));
        table.Append(CultureInfo.InvariantCulture, $"<tr><td>{Html(method.Name)}</td><td>{method.Runs.Count}{diverged}</td><td>{final}</td><td>{worst}</td><td>{best}</td>");
        if (solved is double level)
            table.Append(CultureInfo.InvariantCulture, $"<td>{method.Reached(level)} of {method.Runs.Count}</td><td>{method.EndedAbove(level)} of {method.Runs.Count}</td>");
        if (costs)
            table.Append(CultureInfo.InvariantCulture, $"<td>{method.Runs.Average(run => run.Cost.Seconds) / 60:F1}</td><td>{method.Runs.Average(run => run.Cost.StepsPerSecond):F0}</td>");
        table.Append("</tr>\n");
    }

    private static string Html(string text) => WebUtility.HtmlEncode(text);
}
