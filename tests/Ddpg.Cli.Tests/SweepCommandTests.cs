using System.Diagnostics;
using Ddpg.Experiments;
using static Ddpg.Cli.Tests.ProgramProcess;

namespace Ddpg.Cli.Tests;

public sealed class SweepCommandTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("ddpg-sweep-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void A_grid_is_run_once_and_not_again()
    {
        string file = Write("tiny.json", Tiny("1, 2")), results = Path.Combine(_root, "results");
        (int code, string output, string error) = Run("sweep", file, "--output", results, "--workers", "2");
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("tiny: 4 runs, 0 finished; 2 at a time", output);
        Assert.Contains("[4/4] ", output);
        Assert.Contains("4 runs finished, 0 diverged, 0 failed", output);
        IReadOnlyList<RunRecord> runs = ResultTables.Load(results);
        Assert.Equal(["Normal 1", "Normal 2", "ou 1", "ou 2"], runs.Select(run => $"{run.Exploration} {run.Seed}"));
        Assert.All(runs, run => Assert.Equal([0, 200, 400], run.Curve.Select(point => point.Step)));
        Assert.All(runs, run => Assert.Equal((3, 2), (run.Final!.Episodes, run.Fresh!.Episodes)));
        Assert.All(runs, run => Assert.Equal(run.Curve.MaxBy(point => point.Returns.Mean)!.Step, run.BestStep));
        Assert.Equal(4, runs.Select(run => run.Final!.Mean).Distinct().Count());

        byte[] before = File.ReadAllBytes(Path.Combine(results, "timing.csv"));
        (code, output, _) = Run("sweep", file, "--output", results);
        Assert.Equal(0, code);
        Assert.Contains("4 runs, 4 finished; 0 at a time", output);
        Assert.Equal(before, File.ReadAllBytes(Path.Combine(results, "timing.csv")));

        // A new seed in the file is all that is run.
        (code, output, _) = Run("sweep", Write("tiny.json", Tiny("1, 2, 3")), "--output", results, "--workers", "2");
        Assert.Equal(0, code);
        Assert.Contains("6 runs, 4 finished", output);
        Assert.Equal(6, ResultTables.Load(results).Count);
        Assert.Equal(runs.Select(run => run.Final), ResultTables.Load(results).Where(run => run.Seed < 3).Select(run => run.Final));
    }

    [Fact]
    public void A_run_of_a_sweep_is_the_run_that_train_makes()
    {
        string file = Write("tiny.json", Tiny("7")), results = Path.Combine(_root, "results"), alone = Path.Combine(_root, "alone");
        Assert.Equal(0, Run("sweep", file, "--output", results).Code);
        string[] settings = [.. Sweep.Load(file).Cells[1].Assignments.SelectMany(assignment => new[] { "--set", assignment })];
        Assert.Equal(0, Run(["train", "--env", "Pendulum-v1", "--seed", "7", .. settings, "--output", alone]).Code);
        foreach (string name in new[] { "agent.ddpg", "best.ddpg", "evaluation.csv", "progress.csv" })
            Assert.Equal(File.ReadAllBytes(Path.Combine(alone, name)), File.ReadAllBytes(Path.Combine(results, "runs", "Pendulum-v1.ou.seed-7", name)));
    }

    [Fact]
    public void Killed_with_its_workers_and_started_again_a_sweep_ends_in_the_same_bytes()
    {
        string file = Write("longer.json", Tiny("1, 2", steps: 3_000)), straight = Path.Combine(_root, "straight"), killed = Path.Combine(_root, "killed");
        Assert.Equal(0, Run("sweep", file, "--output", straight, "--workers", "2").Code);
        var random = new Random(3);
        int resumed = 0;
        for (int i = 0; i < 4; i++)
        {
            using Process sweep = Start("sweep", file, "--output", killed, "--workers", "2");
            SpinWait.SpinUntil(() => sweep.HasExited || Directory.Exists(Path.Combine(killed, "runs")) && Directory.GetFiles(killed, "step-*", SearchOption.AllDirectories).Length > 0, TimeSpan.FromSeconds(30));
            Thread.Sleep(random.Next(100, 900));
            sweep.Kill(entireProcessTree: i % 2 == 0);
            Wait(sweep);
            resumed += Directory.Exists(Path.Combine(killed, "runs")) ? Directory.GetDirectories(Path.Combine(killed, "runs"), "checkpoint", SearchOption.AllDirectories).Length : 0;
        }
        Assert.True(resumed > 0, "no run was killed in its middle; the test shows less than it should");
        (int code, _, string error) = Wait(Start("sweep", file, "--output", killed, "--workers", "2"));
        Assert.Equal((0, ""), (code, error));
        foreach (string name in new[] { "results.csv", "curves.csv" })
            Assert.Equal(File.ReadAllText(Path.Combine(straight, name)), File.ReadAllText(Path.Combine(killed, name)));
    }

    [Fact]
    public void Interrupted_a_sweep_ends_with_130_and_says_what_is_left()
    {
        string file = Write("endless.json", Tiny("1", steps: 100_000_000)), results = Path.Combine(_root, "results");
        using Process sweep = Start("sweep", file, "--output", results, "--workers", "2");
        SpinWait.SpinUntil(() => Directory.Exists(results) && Directory.GetFiles(results, "progress.csv", SearchOption.AllDirectories).Count(path => new FileInfo(path).Length > 300) == 2, TimeSpan.FromSeconds(60));
        Interrupt(sweep);
        (int code, string output, _) = Wait(sweep);
        Assert.Equal(130, code);
        Assert.Contains("stopped; 2 runs are left. The same command goes on.", output);
        Assert.Contains("begun     Pendulum-v1, ou, seed 1: ", Run("sweep", file, "--output", results, "--list").Output);
    }

    [Fact]
    public void A_run_that_cannot_begin_is_told_and_does_not_stop_the_others()
    {
        string file = Write("tiny.json", Tiny("1")), results = Path.Combine(_root, "results");
        // A file where a run's folder should be.
        Directory.CreateDirectory(Path.Combine(results, "runs"));
        File.WriteAllText(Path.Combine(results, "runs", "Pendulum-v1.ou.seed-1"), "");
        (int code, string output, _) = Run("sweep", file, "--output", results);
        Assert.Equal(1, code);
        Assert.Contains("Pendulum-v1, ou, seed 1 failed: ", output);
        Assert.Contains("1 runs finished, 0 diverged, 1 failed", output);
        Assert.Equal("Normal", Assert.Single(ResultTables.Load(results)).Exploration);
    }

    [Fact]
    public void Settings_changed_since_are_refused_before_anything_runs()
    {
        string results = Path.Combine(_root, "results");
        Assert.Equal(0, Run("sweep", Write("tiny.json", Tiny("1")), "--output", results).Code);
        (int code, _, string error) = Run("sweep", Write("tiny.json", Tiny("1").Replace("0.01", "0.02")), "--output", results);
        Assert.Equal(2, code);
        Assert.Contains("The result of 'Pendulum-v1, Normal, seed 1' in", error);
        Assert.Contains("was made with other settings", error);
    }

    [Fact]
    public void Results_of_another_version_are_refused_before_anything_runs()
    {
        string file = Write("tiny.json", Tiny("1")), results = Path.Combine(_root, "results");
        Directory.CreateDirectory(results);
        File.WriteAllText(Path.Combine(results, "results.csv"), "# ddpg results, format 99\nwhatever\n");
        (int code, string output, string error) = Run("sweep", file, "--output", results);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains("has format 99; this version of the kit reads format 1", error);
        Assert.False(Directory.Exists(Path.Combine(results, "runs")));
    }

    [Theory]
    [InlineData("There is no sweep file", null)]
    [InlineData("has the unknown key \"colour\"", """{ "format": 1, "colour": 1 }""")]
    [InlineData("environments is an empty list", """{ "format": 1, "environments": [], "seeds": [1] }""")]
    public void A_wrong_file_ends_with_2(string expected, string? json)
    {
        string file = Path.Combine(_root, "wrong.json");
        if (json is not null) File.WriteAllText(file, json);
        (int code, _, string error) = Run("sweep", file, "--output", Path.Combine(_root, "results"));
        Assert.Equal(2, code);
        Assert.Contains(expected, error);
        Assert.False(Directory.Exists(Path.Combine(_root, "results")));
    }

    [Fact]
    public void Two_sweeps_do_not_run_into_one_folder()
    {
        string file = Write("tiny.json", Tiny("1")), results = Path.Combine(_root, "results");
        using IDisposable held = SweepFolder.Open(results, Sweep.Load(file)).Hold();
        (int code, _, string error) = Run("sweep", file, "--output", results);
        Assert.Equal(1, code);
        Assert.Contains("Another process is at this sweep", error);
    }

    [Fact]
    public void Shards_merged_are_the_whole()
    {
        string file = Write("tiny.json", Tiny("1, 2")), whole = Path.Combine(_root, "whole"), here = Path.Combine(_root, "here"), there = Path.Combine(_root, "there");
        Assert.Equal(0, Run("sweep", file, "--output", whole).Code);
        (int code, string output, string error) = Run("sweep", file, "--output", here, "--shard", "1/3");
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("tiny, shard 1/3: 2 runs, 0 finished", output);
        Assert.Contains("ddpg sweep merge", output);
        Assert.Equal(0, Run("sweep", file, "--output", here, "--shard", "2/3").Code);
        (code, output, _) = Run("sweep", "merge", file, "--output", here);
        Assert.Equal(1, code);
        Assert.Contains("missing: Pendulum-v1, ou, seed 1", output);
        Assert.Contains("3 of 4 runs", output);

        // The third ran on another machine and left only its tables.
        Assert.Equal(0, Run("sweep", file, "--output", there, "--shard", "3/3").Code);
        Assert.Equal(1, Run("sweep", "merge", file, "--output", there).Code);
        Directory.Delete(Path.Combine(there, "runs"), recursive: true);
        (code, output, _) = Run("sweep", "merge", file, "--output", here, "--from", there);
        Assert.Equal(0, code);
        Assert.Contains("4 of 4 runs", output);
        foreach (string name in new[] { "results.csv", "curves.csv" })
            Assert.Equal(File.ReadAllText(Path.Combine(whole, name)), File.ReadAllText(Path.Combine(here, name)));
    }

    [Theory]
    [InlineData("0/3")]
    [InlineData("4/3")]
    [InlineData("1/0")]
    [InlineData("one")]
    public void A_wrong_shard_is_refused(string shard)
    {
        (int code, _, string error) = Run("sweep", Write("tiny.json", Tiny("1")), "--output", Path.Combine(_root, "results"), "--shard", shard);
        Assert.Equal(2, code);
        Assert.Contains($"'{shard}' is no shard; write i/n with i from 1 to n, for example 2/4.", error);
    }

    private static string Tiny(string seeds, int steps = 400) => $$"""
        {
          "format": 1, "preset": "Pendulum", "freshEpisodes": 2,
          "set": {
            "TotalSteps": {{steps}}, "HiddenSizes": [8, 8], "MinibatchSize": 8, "LearningStarts": 100, "StartSteps": 100, "EvaluationInterval": 200, "EvaluationEpisodes": 2,
            "FinalEvaluationEpisodes": 3, "SaveInterval": 150, "Tau": 0.01
          },
          "environments": ["Pendulum-v1"],
          "explorations": ["Normal", { "name": "ou", "set": { "Exploration": "OrnsteinUhlenbeck" } }],
          "seeds": [{{seeds}}]
        }
        """;

    private string Write(string name, string text)
    {
        string path = Path.Combine(_root, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static (int Code, string Output, string Error) Run(params string[] args)
    {
        using StringWriter output = new(), error = new();
        return (CommandLine.Run(args, output, error), output.ToString(), error.ToString());
    }
}
