using System.Globalization;
using Ddpg.Experiments;

namespace Ddpg.Tests.Experiments;

[Trait("Speed", "tiny")]
public sealed class ResultTablesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ddpg-results-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    internal static RunRecord Record(string exploration, ulong seed, double final, RunOutcome outcome = RunOutcome.Finished) => new(
        "Pendulum-v1", exploration, "default", seed, "0123456789abcdef", outcome, 20_000,
        outcome == RunOutcome.Diverged ? null : new ReturnSummary(final, 1.5, final - 3, final + 3, 100), 10_000, final + 1,
        outcome == RunOutcome.Diverged ? null : new ReturnSummary(final + 0.1, 1, final - 2, final + 2, 100),
        [new CurveStep(0, new ReturnSummary(-1200.5, 10, -1300, -1100, 20)), new CurveStep(10_000, new ReturnSummary(final + 1, 1 / 3.0, -9, 1e-17, 20))],
        new RunCost(12.3, 1626, new DateTime(2026, 11, 22, 16, 0, 0, DateTimeKind.Utc), "abc", "0.1.0", ".NET 10", "TorchSharp 0.107.0", "Debian, X64, a \"fast\" processor, 2 processors"));

    [Theory]
    [InlineData("de-DE")]
    [InlineData("")]
    public void What_was_written_is_read_back_whatever_the_culture(string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            RunRecord[] runs = [Record("Normal", 1, -150.25), Record("ou dt 1", 2, -1.0 / 3), Record("ou dt 1", 3, 0, RunOutcome.Diverged)];
            ResultTables.Save(_folder, runs);
            IReadOnlyList<RunRecord> read = ResultTables.Load(_folder);
            Assert.Equal(runs.Select(run => run with { Curve = [] }), read.Select(run => run with { Curve = [] }));
            Assert.Equal(runs.SelectMany(run => run.Curve), read.SelectMany(run => run.Curve));
            byte[] bytes = File.ReadAllBytes(Path.Combine(_folder, "results.csv"));
            ResultTables.Save(_folder, [.. read]);
            Assert.Equal(bytes, File.ReadAllBytes(Path.Combine(_folder, "results.csv")));
            Assert.Empty(Directory.GetFiles(_folder, "*.tmp"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("results.csv", "format 1\n", "format 7\n", "results.csv has format 7; this version of the kit reads format 1")]
    [InlineData("curves.csv", "format 1\n", "format 7\n", "curves.csv has format 7; this version of the kit reads format 1")]
    [InlineData("results.csv", "# ddpg results", "# notes", "line 1 is not '# ddpg results, format 1'")]
    [InlineData("results.csv", "environment,exploration", "environment,noise", "line 2 is not the header of format 1")]
    [InlineData("results.csv", ",Finished,", ",Perhaps,", "results.csv, line 3 field 6 is 'Perhaps', no outcome")]
    [InlineData("results.csv", ",20000,", ",20000", "results.csv, line 3 has 18 fields; expected 19")]
    [InlineData("curves.csv", "-1200.5", "-1200;5", "curves.csv, line 3 field 6 is '-1200;5', no number")]
    [InlineData("timing.csv", "Normal,default,1,", "Normal,default,5,", "results.csv, line 3 has no line in timing.csv")]
    public void A_file_of_another_version_or_damaged_is_refused_with_its_place(string file, string old, string changed, string expected)
    {
        ResultTables.Save(_folder, [Record("Normal", 1, -150)]);
        string path = Path.Combine(_folder, file), text = File.ReadAllText(path);
        Assert.Contains(old, text);
        File.WriteAllText(path, text.Replace(old, changed));
        Assert.Contains(expected, Assert.Throws<FormatException>(() => ResultTables.Load(_folder)).Message);
    }

    [Fact]
    public void A_line_that_is_not_whole_is_refused()
    {
        ResultTables.Save(_folder, [Record("Normal", 1, -150)]);
        string path = Path.Combine(_folder, "curves.csv");
        File.WriteAllText(path, File.ReadAllText(path)[..^4]);
        Assert.Contains("the last line is not whole", Assert.Throws<FormatException>(() => ResultTables.Load(_folder)).Message);
        Assert.Contains("holds no results", Assert.Throws<FileNotFoundException>(() => ResultTables.Load(Path.Combine(_folder, "nowhere"))).Message);
    }
}
