using System.CommandLine;
using System.Globalization;
using Ddpg.Acceleration;
using Ddpg.Experiments;

namespace Ddpg.Cli;

/// <summary><c>ddpg sweep</c>: a grid of runs, one process a core, that can be stopped at any instant and started again.</summary>
internal static class SweepCommand
{
    public static Command Make(TextWriter output, CancellationToken cancellation)
    {
        var file = new Argument<string>("sweep") { Description = "The sweep file (JSON)." };
        var folder = new Option<string?>("--output") { Description = "Folder of the results and runs; by default runs/ and the sweep's name." };
        var workers = new Option<int?>("--workers") { Description = "Runs at a time, each in a process of its own with one thread; by default one a processor." };
        var list = new Option<bool>("--list") { Description = "Only say what would run." };
        var part = new Option<string?>("--shard") { Description = "Only part i of n, as i/n with i from 1: the rest runs elsewhere, into the same --output or another. Then: ddpg sweep merge." };
        var cell = new Option<string?>("--cell") { Description = "Make one run of the sweep in this process.", Hidden = true };
        var command = new Command("sweep", "Run a grid of environments, explorations, variants and seeds. Finished runs are not repeated, stopped ones are resumed.") { file, folder, workers, list, part, cell, MergeCommand(output) };
        command.SetAction(parsed =>
        {
            Sweep sweep = Sweep.Load(parsed.GetValue(file)!);
            if (parsed.GetValue(workers) is < 1)
                throw new ArgumentOutOfRangeException(nameof(workers), $"--workers is {parsed.GetValue(workers)}; it must be at least 1.");
            Shard shard = parsed.GetValue(part) is string text ? Shard.Parse(text) : default;
            SweepFolder results = SweepFolder.Open(Paths.Folder(parsed.GetValue(folder) ?? Path.Combine("runs", sweep.Name)), sweep);
            if (parsed.GetValue(cell) is string name)
                return RunOne(sweep.Cells.Single(one => one.FolderName == name), results, output, cancellation);
            if (parsed.GetValue(list))
                return List(sweep, results, output);
            return RunAll(parsed.GetValue(file)!, sweep, results, parsed.GetValue(workers) ?? Environment.ProcessorCount, shard, output, cancellation);
        });
        return command;
    }

    private static int List(Sweep sweep, SweepFolder results, TextWriter output)
    {
        foreach (SweepCell cell in sweep.Cells)
            output.WriteLine($"{(results.Find(cell)?.Outcome.ToString().ToLowerInvariant() ?? (Directory.Exists(results.RunFolder(cell)) ? "begun" : "to do")),-9} {cell.Name}: {string.Join(' ', cell.Assignments)}");
        return CommandLine.Success;
    }

    private static int RunAll(string file, Sweep sweep, SweepFolder results, int workers, Shard shard, TextWriter output, CancellationToken cancellation)
    {
        using IDisposable held = results.Hold(shard);
        SweepCell[] mine = [.. sweep.Cells.Where((_, index) => shard.Has(index))], cells = [.. mine.Where(cell => results.Find(cell) is null)];
        output.WriteLine($"{sweep.Name}{(shard.IsWhole ? "" : $", shard {shard}")}: {mine.Length} runs, {mine.Length - cells.Length} finished; {Math.Min(workers, cells.Length)} at a time, results in {results.Path}");
        if (shard.IsWhole)
            results.Save();
        SweepPool.Failure[] failures;
        using (var progress = new SweepProgress(sweep.Name, mine, results, Math.Min(workers, Math.Max(1, cells.Length)), output))
            failures = new SweepPool(file, results, shard, progress).Run(cells, workers, cancellation);

        foreach (SweepPool.Failure failure in failures)
            output.WriteLine($"{failure.Cell.Name} failed: {failure.Message}");
        int left = mine.Count(cell => results.Find(cell) is null);
        if (left > failures.Length)
        {
            output.WriteLine($"stopped; {left} runs are left. The same command goes on.");
            return CommandLine.Interrupted;
        }
        int diverged = mine.Count(cell => results.Find(cell)?.Outcome == RunOutcome.Diverged);
        output.WriteLine($"{mine.Length - left - diverged} runs finished, {diverged} diverged, {failures.Length} failed; "
            + (shard.IsWhole ? $"written to {Path.Combine(results.Path, "results.csv")}" : $"when all shards are through: ddpg sweep merge {file} --output {results.Path}"));
        return failures.Length == 0 ? CommandLine.Success : CommandLine.Failed;
    }

    /// <summary><c>ddpg sweep merge</c>: puts together what shards made.</summary>
    private static Command MergeCommand(TextWriter output)
    {
        var file = new Argument<string>("sweep") { Description = "The sweep file (JSON)." };
        var folder = new Option<string?>("--output") { Description = "Folder of the whole; what shards made in it is found there." };
        var from = new Option<string[]>("--from") { Description = "Further folders, of shards that ran elsewhere.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [] };
        var command = new Command("merge", "Put together the results of shards; says what is missing.") { file, folder, from };
        command.SetAction(parsed =>
        {
            Sweep sweep = Sweep.Load(parsed.GetValue(file)!);
            SweepFolder results = SweepFolder.Open(Paths.Folder(parsed.GetValue(folder) ?? Path.Combine("runs", sweep.Name)), sweep);
            foreach (string other in parsed.GetValue(from)!)
                results.Merge(SweepFolder.Open(Directory.Exists(Paths.Folder(other)) ? other : throw new FileNotFoundException($"There is no folder '{other}'."), sweep));
            using IDisposable held = results.Hold();
            results.Save();
            foreach (SweepCell missing in results.Remaining)
                output.WriteLine($"missing: {missing.Name}");
            output.WriteLine($"{sweep.Cells.Count - results.Remaining.Count} of {sweep.Cells.Count} runs; written to {Path.Combine(results.Path, "results.csv")}");
            return results.Remaining.Count == 0 ? CommandLine.Success : CommandLine.Failed;
        });
        return command;
    }

    /// <summary>The worker's side: tells its steps line by line, and stops with a checkpoint when its standard input closes, which it does when the sweep's process ends in whatever way.</summary>
    private static int RunOne(SweepCell cell, SweepFolder results, TextWriter output, CancellationToken cancellation)
    {
        UpdateThreads.Count = 1;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var watch = new Thread(() =>
        {
            while (Console.In.Read() >= 0) { }
            stop.Cancel();
        })
        { IsBackground = true };
        watch.Start();
        RunRecord? record = SweepRun.Execute(cell, results.RunFolder(cell),
            progress => output.WriteLine(progress.Step.ToString(CultureInfo.InvariantCulture)), stop.Token);
        return record is null ? CommandLine.Interrupted : CommandLine.Success;
    }
}
