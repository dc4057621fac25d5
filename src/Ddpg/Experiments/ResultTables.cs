using System.Globalization;
using System.Text;
using Ddpg.Files;

namespace Ddpg.Experiments;

/// <summary>
/// The results of a sweep as three small CSV files in a folder: <c>results.csv</c>, one line a run; <c>curves.csv</c>, one line an evaluation; <c>timing.csv</c>, what each run cost.
/// The first two depend on nothing but seeds and settings: the same sweep writes the same bytes anywhere.
/// </summary>
public static class ResultTables
{
    /// <summary>The version of the files' format, which is in the first line of each.</summary>
    public const int Format = 1;

    internal const string ResultsName = "results.csv", CurvesName = "curves.csv", TimingName = "timing.csv";

    private const string Mark = "# ddpg results, format ";
    private const string Key = "environment,exploration,variant,seed";
    private const string ResultsHeader = Key + ",settings,outcome,steps,final_mean,final_std,final_min,final_max,final_episodes,best_step,best_mean,fresh_mean,fresh_std,fresh_min,fresh_max,fresh_episodes";
    private const string CurvesHeader = Key + ",step,mean,std,min,max,episodes";
    private const string TimingHeader = Key + ",seconds,steps_per_second,ended,commit,kit,runtime,tensors,machine";

    /// <summary>Reads the results in a folder.</summary>
    /// <param name="folder">The folder, or one of its files.</param>
    /// <returns>The runs, in the files' order.</returns>
    /// <exception cref="FileNotFoundException">There are none.</exception>
    /// <exception cref="FormatException">A file is of another version or damaged; the message names file and line.</exception>
    public static IReadOnlyList<RunRecord> Load(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (File.Exists(folder))
            folder = Path.GetDirectoryName(Path.GetFullPath(folder))!;
        string path = Path.Combine(folder, ResultsName);
        if (!File.Exists(path))
            throw new FileNotFoundException($"'{folder}' holds no results: there is no {ResultsName} in it.", path);

        // The first that is of another version is the one that the message is about.
        string[] results = Lines(folder, ResultsName, ResultsHeader);
        ILookup<string, CurveStep> curves = Read(folder, CurvesName, CurvesHeader, Lines(folder, CurvesName, CurvesHeader),
            fields => (Key: fields.PassKey(), Point: new CurveStep(fields.Integer(), fields.Summary() ?? throw fields.Wrong("has no returns")))).ToLookup(row => row.Key, row => row.Point);
        Dictionary<string, RunCost> costs = Read(folder, TimingName, TimingHeader, Lines(folder, TimingName, TimingHeader),
            fields => (Key: fields.PassKey(), Cost: fields.Cost())).ToDictionary(row => row.Key, row => row.Cost);
        RunRecord[] runs = [.. Read(folder, ResultsName, ResultsHeader, results, fields => new RunRecord(
            fields.Next(), fields.Next(), fields.Next(), (ulong)fields.Integer(), fields.Next(), fields.Outcome(), fields.Integer(), fields.Summary(), fields.OptionalInteger(), fields.Optional(), fields.Summary(),
            [.. curves[fields.Key]], costs.GetValueOrDefault(fields.Key) ?? throw fields.Wrong($"has no line in {TimingName}")))];
        if (runs.GroupBy(run => run.Key).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new FormatException($"{path}: the run {twice.Key} is there twice.");
        return runs;
    }

    /// <summary>Writes results into a folder: each file whole or not at all, results.csv last.</summary>
    /// <param name="folder">Made where it is missing.</param>
    /// <param name="runs">The runs, in the order of the lines.</param>
    public static void Save(string folder, IReadOnlyCollection<RunRecord> runs)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(runs);
        Write(folder, CurvesName, CurvesHeader, runs.SelectMany(run => run.Curve.Select(point => Csv.Line([.. KeyOf(run), N(point.Step), .. Fields(point.Returns)]))));
        Write(folder, TimingName, TimingHeader, runs.Select(run => Csv.Line([.. KeyOf(run), run.Cost.Seconds.ToString("F1", CultureInfo.InvariantCulture), run.Cost.StepsPerSecond.ToString("F0", CultureInfo.InvariantCulture),
            run.Cost.Ended.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture), run.Cost.Commit, run.Cost.Kit, run.Cost.Runtime, run.Cost.Tensors, run.Cost.Machine])));
        Write(folder, ResultsName, ResultsHeader, runs.Select(run => Csv.Line(
            [.. KeyOf(run), run.Fingerprint, run.Outcome.ToString(), N(run.Steps), .. Fields(run.Final), N(run.BestStep), N(run.BestMean), .. Fields(run.Fresh)])));
    }

    private static void Write(string folder, string name, string header, IEnumerable<string> lines)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Mark}{Format}\n{header}\n").AppendJoin("", lines);
        AtomicFile.WriteText(Path.Combine(folder, name), text.ToString());
    }

    /// <summary>The lines of a table behind its two header lines.</summary>
    private static string[] Lines(string folder, string name, string header)
    {
        string path = Path.Combine(folder, name);
        if (!File.Exists(path))
            throw new FormatException($"'{path}' is missing beside {ResultsName}.");
        string[] lines = File.ReadAllText(path).Split('\n');
        if (!lines[0].StartsWith(Mark, StringComparison.Ordinal))
            throw new FormatException($"{path}: line 1 is not '{Mark}{Format}'; it is no file of results.");
        if (lines[0] != $"{Mark}{Format}")
            throw new FormatException($"{path} has format {lines[0][Mark.Length..]}; this version of the kit reads format {Format}. Use another folder, or the kit that wrote it.");
        if (lines.Length < 3 || lines[1] != header || lines[^1] != "")
            throw new FormatException($"{path}: line 2 is not the header of format {Format}, or the last line is not whole; the file was changed.");
        return lines[2..^1];
    }

    private static IEnumerable<T> Read<T>(string folder, string name, string header, string[] lines, Func<FieldReader, T> read) =>
        lines.Select((line, index) => read(new FieldReader(Path.Combine(folder, name), index + 3, line, header.AsSpan().Count(',') + 1)));

    private static string[] KeyOf(RunRecord run) => [run.Environment, run.Exploration, run.Variant, run.Seed.ToString(CultureInfo.InvariantCulture)];

    private static string[] Fields(ReturnSummary? summary) => summary is null ? ["", "", "", "", ""] : [N(summary.Mean), N(summary.Std), N(summary.Min), N(summary.Max), N(summary.Episodes)];

    private static string N(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "";

    private static string N(long? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";
}
