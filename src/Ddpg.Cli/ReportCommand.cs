using System.CommandLine;
using System.Globalization;
using Ddpg.Experiments;

namespace Ddpg.Cli;

/// <summary><c>ddpg report</c>: the results of sweeps as a page.</summary>
internal static class ReportCommand
{
    public static Command Make(TextWriter output)
    {
        var folders = new Argument<string[]>("results") { Description = "Folders of sweeps, with their results.csv.", Arity = ArgumentArity.OneOrMore };
        var target = new Option<string>("--output") { Description = "The page.", DefaultValueFactory = _ => "report.html" };
        var command = new Command("report", "Make an HTML page of results: learning curves of every seed, interquartile means with intervals, probability of improvement, tables, anchors, costs.") { folders, target };
        command.SetAction(parsed =>
        {
            string path = Paths.FileName(parsed.GetValue(target)!);
            (string Name, IReadOnlyList<RunRecord> Runs)[] results = [.. parsed.GetValue(folders)!.Select(folder => (Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))), ResultTables.Load(folder)))];
            string page = ReportPage.Make(results);
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            File.WriteAllText(path, page);
            foreach ((string name, IReadOnlyList<RunRecord> runs) in results)
                foreach (MethodSummary method in MethodSummary.Of(runs))
                    output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {method.Environment}, {method.Name}: {method.Runs.Count} seeds, final IQM {method.Final?.ToString() ?? "none"}, worst {(method.FinalReturns.Count > 0 ? method.FinalReturns.Min() : double.NaN):F1}")
                        + (Anchors.Solved(method.Environment) is double solved ? string.Create(CultureInfo.InvariantCulture, $"; {solved} reached by {method.Reached(solved)}, at the end {method.EndedAbove(solved)}, best on fresh starts {method.BestAbove(solved)}") : ""));
            output.WriteLine($"written to {path}");
        });
        return command;
    }
}
