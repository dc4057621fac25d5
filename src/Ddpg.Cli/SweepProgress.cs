using System.Diagnostics;
using System.Globalization;
using Ddpg.Experiments;
using Spectre.Console;

namespace Ddpg.Cli;

/// <summary>What a sweep is at: a table that is renewed where the terminal can, and one line for each finished run everywhere.</summary>
internal sealed class SweepProgress : IDisposable
{
    private readonly string _name;
    private readonly IReadOnlyList<SweepCell> _cells;
    private readonly SweepFolder _results;
    private readonly int _workers;
    private readonly TextWriter _output;
    private readonly Lock _guard = new();
    private readonly List<Running> _running = [];
    private readonly Dictionary<string, (double Steps, double Seconds)> _pace = [];
    private readonly ManualResetEventSlim _ended = new();
    private readonly Task? _table;
    private int _failed;

    public SweepProgress(string name, IReadOnlyList<SweepCell> cells, SweepFolder results, int workers, TextWriter output)
    {
        (_name, _cells, _results, _workers, _output) = (name, cells, results, workers, output);
        if (ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Interactive)
            _table = Task.Run(() => AnsiConsole.Live(Table()).AutoClear(true).Start(context =>
            {
                while (!_ended.Wait(500))
                {
                    lock (_guard)
                        context.UpdateTarget(Table());
                }
            }));
    }

    /// <summary>The time left, from the pace of the runs of the same environment so far; null before there is one.</summary>
    public TimeSpan? Remaining
    {
        get
        {
            double seconds = 0;
            foreach (SweepCell cell in _cells.Where(cell => _results.Find(cell) is null))
            {
                Running? running = _running.Find(run => run.Cell == cell);
                if (Pace(cell.Environment) is not double pace)
                    return null;
                seconds += (cell.Hyperparameters.TotalSteps - (running?.Step ?? 0)) * pace;
            }
            return TimeSpan.FromSeconds(seconds / _workers);
        }
    }

    public void Started(SweepCell cell)
    {
        lock (_guard)
            _running.Add(new Running(cell));
    }

    public void Stepped(SweepCell cell, long step)
    {
        lock (_guard)
            _running.Find(run => run.Cell == cell)?.Reach(step);
    }

    public void Ended(SweepCell cell, RunRecord? record)
    {
        lock (_guard)
        {
            Running run = _running.Find(run => run.Cell == cell)!;
            _running.Remove(run);
            (double steps, double seconds) = _pace.GetValueOrDefault(cell.Environment);
            _pace[cell.Environment] = (steps + run.Made, seconds + run.Seconds);
            if (record is null)
            {
                _failed++;
                return;
            }
            int finished = _cells.Count(cell => _results.Find(cell) is not null);
            string line = string.Create(CultureInfo.InvariantCulture, $"[{finished}/{_cells.Count}] {cell.Name}: {Outcome(record)}, {run.Seconds:F0} s{(finished < _cells.Count ? $"; {Left} left" : "")}");
            Write(line);
        }
    }

    /// <summary>What the run's process said on its standard error although it came to its end: the trainer's warnings.</summary>
    public void Warned(SweepCell cell, string warning)
    {
        lock (_guard)
            Write($"{cell.Name}: {warning}");
    }

    public void Dispose()
    {
        _ended.Set();
        _table?.Wait();
        _ended.Dispose();
    }

    private string Left => Remaining is { } left ? left.TotalMinutes < 2 ? $"{Math.Ceiling(left.TotalSeconds).ToString("F0", CultureInfo.InvariantCulture)} s" : $"{Math.Ceiling(left.TotalMinutes).ToString("F0", CultureInfo.InvariantCulture)} min" : "?";

    private void Write(string line)
    {
        if (_table is null)
            _output.WriteLine(line);
        else
            AnsiConsole.WriteLine(line);
    }

    private static string Outcome(RunRecord record) => record is { Final: { } final, BestMean: double best, Fresh: { } fresh }
        ? string.Create(CultureInfo.InvariantCulture, $"final {final.Mean:F1}, best {best:F1} at step {record.BestStep} (on fresh starts {fresh.Mean:F1})")
        : string.Create(CultureInfo.InvariantCulture, $"diverged at step {record.Steps}");

    private double? Pace(string environment)
    {
        (double steps, double seconds) = _pace.GetValueOrDefault(environment);
        foreach (Running run in _running.Where(run => run.Cell.Environment == environment))
            (steps, seconds) = (steps + run.Made, seconds + run.Seconds);
        return steps > 0 ? seconds / steps : null;
    }

    private Table Table()
    {
        int finished = _cells.Count(cell => _results.Find(cell) is not null);
        Table table = new Table().Border(TableBorder.Simple).AddColumns("run", "step", "of", "steps/s")
            .Title(Markup.Escape($"{_name}: {finished} of {_cells.Count} runs finished{(_failed > 0 ? $", {_failed} failed" : "")}, {Left} left"));
        foreach (Running run in _running)
            table.AddRow(Markup.Escape(run.Cell.Name), run.Step.ToString(CultureInfo.InvariantCulture), run.Cell.Hyperparameters.TotalSteps.ToString(CultureInfo.InvariantCulture),
                run.Seconds > 0 ? (run.Made / run.Seconds).ToString("F0", CultureInfo.InvariantCulture) : "");
        return table;
    }

    /// <summary>A run that goes on. A resumed one begins at the first step that it tells.</summary>
    private sealed class Running(SweepCell cell)
    {
        private readonly long _start = Stopwatch.GetTimestamp();
        private long? _from;

        public SweepCell Cell { get; } = cell;

        public long Step { get; private set; }

        public long Made => Step - (_from ?? Step);

        public double Seconds => Stopwatch.GetElapsedTime(_start).TotalSeconds;

        public void Reach(long step)
        {
            _from ??= step;
            Step = step;
        }
    }
}
