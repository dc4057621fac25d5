using System.Collections.Concurrent;
using Ddpg.Files;
using Ddpg.Training;

namespace Ddpg.Experiments;

/// <summary>
/// The folder of a sweep: <c>results.csv</c>, <c>curves.csv</c> and <c>timing.csv</c> of what is finished, and a folder for each run under <c>runs/</c>.
/// Opened again after any kind of end, it knows what is left to do.
/// </summary>
public sealed class SweepFolder
{
    private readonly ConcurrentDictionary<(string, string, string, ulong), RunRecord> _records = [];
    private readonly Sweep _sweep;

    private SweepFolder(string path, Sweep sweep) => (Path, _sweep) = (path, sweep);

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>What is finished, in the order of the sweep's cells; results of cells that the sweep no longer has come last.</summary>
    public IReadOnlyList<RunRecord> Records => [.. _sweep.Cells.Select(Find).OfType<RunRecord>(), .. _records.Values.Where(record => _sweep.Cells.All(cell => KeyOf(cell) != record.Key))];

    /// <summary>Cells without a result.</summary>
    public IReadOnlyList<SweepCell> Remaining => [.. _sweep.Cells.Where(cell => Find(cell) is null)];

    /// <summary>Opens or makes the folder of a sweep. Nothing is written.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="sweep">The sweep.</param>
    /// <exception cref="IOException">The path is a file.</exception>
    /// <exception cref="FormatException">The folder's results are of another version, damaged, or of other settings; the message says which and what to do.</exception>
    public static SweepFolder Open(string path, Sweep sweep)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(sweep);
        PathProblems.RequireFolder(path);
        var folder = new SweepFolder(path, sweep);
        if (File.Exists(System.IO.Path.Combine(path, ResultTables.ResultsName)))
            foreach (RunRecord record in ResultTables.Load(path))
                folder._records[record.Key] = record;
        foreach (SweepCell cell in sweep.Cells)
        {
            folder.Take(cell);
            folder.Check(cell);
        }
        return folder;
    }

    /// <summary>Keeps other processes from running this sweep, or this shard of it, into this folder until disposed.</summary>
    /// <param name="shard">What is run.</param>
    /// <exception cref="IOException">Another process is at it.</exception>
    public IDisposable Hold(Shard shard = default) => FolderLock.Take(Path, shard.IsWhole ? "this sweep" : $"shard {shard} of this sweep", $"sweep{shard.FileSuffix}.lock", seconds: 0);

    /// <summary>Takes up the results of the same sweep in another folder.</summary>
    /// <param name="other">For example what a shard wrote on another machine.</param>
    /// <exception cref="FormatException">Both have a run and they disagree about it, which equal settings cannot explain.</exception>
    public void Merge(SweepFolder other)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach (SweepCell cell in _sweep.Cells)
        {
            if (other.Find(cell) is not { } theirs)
                continue;
            if (Find(cell) is { } ours && (ours with { Curve = [], Cost = theirs.Cost } != theirs with { Curve = [] } || !ours.Curve.SequenceEqual(theirs.Curve)))
                throw new FormatException($"'{Path}' and '{other.Path}' disagree about '{cell.Name}', though the settings are the same: another version of the kit made one of them. Run the cell again.");
            _records[KeyOf(cell)] = theirs;
        }
    }

    /// <summary>Where a run is made.</summary>
    public string RunFolder(SweepCell cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return System.IO.Path.Combine(Path, "runs", cell.FolderName);
    }

    /// <summary>The result of a cell, or null.</summary>
    public RunRecord? Find(SweepCell cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return _records.GetValueOrDefault(KeyOf(cell));
    }

    /// <summary>Takes up what <see cref="SweepRun.Execute"/> wrote into the run's folder, if it is finished.</summary>
    /// <returns>The result, or null.</returns>
    public RunRecord? Take(SweepCell cell)
    {
        string result = SweepRun.ResultFolder(RunFolder(cell));
        if (File.Exists(System.IO.Path.Combine(result, ResultTables.ResultsName)))
            _records[KeyOf(cell)] = ResultTables.Load(result).Single();
        return Find(cell);
    }

    /// <summary>Writes the three tables.</summary>
    public void Save() => ResultTables.Save(Path, Records);

    private void Check(SweepCell cell)
    {
        const string advice = "Choose another --output, or delete what was made with the old settings.";
        if (Find(cell) is { } record && record.Fingerprint != cell.Fingerprint)
            throw new FormatException($"The result of '{cell.Name}' in '{Path}' was made with other settings than the sweep file has now. {advice}");
        if (Find(cell) is not null || !File.Exists(System.IO.Path.Combine(RunFolder(cell), "config.json")))
            return;
        RunConfig config = Run.ReadConfig(RunFolder(cell));
        if (config.Environment != cell.Environment || config.Seed != cell.Seed || config.Hyperparameters != cell.Hyperparameters)
            throw new FormatException($"The run of '{cell.Name}' in '{RunFolder(cell)}' was begun with other settings than the sweep file has now. {advice}");
    }

    private static (string, string, string, ulong) KeyOf(SweepCell cell) => (cell.Environment, cell.Exploration, cell.Variant, cell.Seed);
}
