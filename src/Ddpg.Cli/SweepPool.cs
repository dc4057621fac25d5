using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Ddpg.Experiments;

namespace Ddpg.Cli;

/// <summary>Makes the runs of a sweep, some at a time, each in a process of its own: a crash takes one run with it, and processes share no lock and no garbage collector.</summary>
/// <param name="file">The sweep file.</param>
/// <param name="results">Where to.</param>
/// <param name="shard">What of it; the tables of a part are written by merging.</param>
/// <param name="progress">Told what happens.</param>
internal sealed class SweepPool(string file, SweepFolder results, Shard shard, SweepProgress progress)
{
    private readonly Lock _guard = new();

    /// <summary>A run whose process ended without a result.</summary>
    public sealed record Failure(SweepCell Cell, string Message);

    public Failure[] Run(IReadOnlyList<SweepCell> cells, int workers, CancellationToken cancellation)
    {
        var waiting = new ConcurrentQueue<SweepCell>(cells);
        var failures = new ConcurrentBag<Failure>();
        Thread[] threads = [.. Enumerable.Range(0, Math.Min(workers, cells.Count)).Select(_ => new Thread(() =>
        {
            while (!cancellation.IsCancellationRequested && waiting.TryDequeue(out SweepCell? cell))
                if (Run(cell, cancellation) is { } failure)
                    failures.Add(failure);
        }))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        return [.. failures];
    }

    private Failure? Run(SweepCell cell, CancellationToken cancellation)
    {
        progress.Started(cell);
        using Process worker = Process.Start(Start(cell))!;
        // To close a worker's standard input is to ask it to stop.
        using CancellationTokenRegistration stop = cancellation.Register(worker.StandardInput.Close);
        Task<string> error = worker.StandardError.ReadToEndAsync(CancellationToken.None);
        while (worker.StandardOutput.ReadLine() is string line)
            if (long.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out long step))
                progress.Stepped(cell, step);
        worker.WaitForExit();

        RunRecord? record = null;
        lock (_guard)
        {
            if (worker.ExitCode == CommandLine.Success)
            {
                record = results.Take(cell);
                if (shard.IsWhole)
                    results.Save();
            }
        }
        progress.Ended(cell, record);
        if (record is not null)
            foreach (string warning in error.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                progress.Warned(cell, warning);
        return record is not null || worker.ExitCode == CommandLine.Interrupted ? null
            : new Failure(cell, error.Result.Trim() is { Length: > 0 } said ? said : string.Create(CultureInfo.InvariantCulture, $"its process ended with code {worker.ExitCode}"));
    }

    private ProcessStartInfo Start(SweepCell cell)
    {
        string assembly = Path.Combine(AppContext.BaseDirectory, "ddpg-cli.dll");
        // Under `dotnet run` this process is ddpg-cli itself, under `dotnet ddpg-cli.dll` and in tests it is dotnet.
        string self = Environment.ProcessPath ?? "dotnet";
        bool host = Path.GetFileNameWithoutExtension(self) != "ddpg-cli";
        string[] arguments = ["sweep", file, "--output", results.Path, "--cell", cell.FolderName];
        return new ProcessStartInfo(host && Path.GetFileNameWithoutExtension(self) != "dotnet" ? "dotnet" : self, host ? [assembly, .. arguments] : arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
    }
}
