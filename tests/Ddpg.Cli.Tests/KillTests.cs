using System.Diagnostics;
using static Ddpg.Cli.Tests.ProgramProcess;

namespace Ddpg.Cli.Tests;

/// <summary>Kills the real process with SIGKILL at random instants, resumes it, and compares with a run that was never stopped.</summary>
[Trait("Speed", "learning")]
public sealed class KillTests : IDisposable
{
    private static readonly string[] Run =
    [
        "train", "--env", "Pendulum-v1", "--preset", "Pendulum", "--seed", "6", "--total-steps", "8000", "--set", "HiddenSizes=16-16", "--set", "MinibatchSize=16",
        "--set", "StartSteps=200", "--set", "LearningStarts=200", "--set", "EvaluationInterval=500", "--set", "EvaluationEpisodes=2", "--set", "FinalEvaluationEpisodes=3",
        "--set", "SaveInterval=100", "--set", "ReplayCapacity=1500", "--threads", "1",
    ];

    private readonly string _root = Directory.CreateTempSubdirectory("ddpg-kill-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    /// <summary>Twenty kills, each second one in the middle of a checkpoint; a hundred over a longer run with DDPG_LONG=1 (.ci/long kills).</summary>
    [Fact]
    public void Killed_twenty_times_and_resumed_a_run_ends_in_the_same_bytes()
    {
        bool many = Environment.GetEnvironmentVariable("DDPG_LONG") == "1";
        string[] Run = many ? [.. KillTests.Run.Select(argument => argument == "8000" ? "40000" : argument)] : KillTests.Run;
        int wanted = many ? 100 : 20;
        string straight = Path.Combine(_root, "straight"), killed = Path.Combine(_root, "killed");
        var clock = Stopwatch.StartNew();
        Assert.Equal(0, Wait(Start([.. Run, "--output", straight])).Code);
        TimeSpan whole = clock.Elapsed;

        var random = new Random(5);
        int kills = 0, inCheckpoint = 0;
        long reached = 0;
        using (Process first = Start([.. Run, "--output", killed]))
        {
            // Before config.json there is no run to go on with.
            SpinWait.SpinUntil(() => File.Exists(Path.Combine(killed, "config.json")), TimeSpan.FromSeconds(60));
            first.Kill();
            first.WaitForExit();
        }
        while (kills < wanted)
        {
            using Process process = Start(["train", "--resume", killed]);
            if (kills % 2 == 0)
            {
                // While a checkpoint is being written: its temporary file is there.
                SpinWait.SpinUntil(() => process.HasExited || Directory.GetFiles(Path.Combine(killed, "checkpoint"), "*.tmp").Length > 0, TimeSpan.FromSeconds(30));
            }
            else
            {
                Thread.Sleep(TimeSpan.FromSeconds(0.2 + random.NextDouble() * whole.TotalSeconds * 2 / wanted));
            }
            Assert.False(process.HasExited, $"the run ended after {kills} kills; the test shows less than it should");
            process.Kill();
            kills++;
            (_, string output, string error) = Wait(process);
            Assert.Equal("", error);
            if (Directory.GetFiles(Path.Combine(killed, "checkpoint"), "*.tmp").Length > 0) inCheckpoint++;
            if (output.Split('\n').FirstOrDefault(line => line.StartsWith("resumed at step ", StringComparison.Ordinal)) is { } resumed)
            {
                long step = long.Parse(resumed["resumed at step ".Length..]);
                Assert.True(step >= reached, $"resumed at {step} after {reached}");
                reached = step;
            }
        }
        Assert.Equal(0, Wait(Start(["train", "--resume", killed])).Code);
        foreach (string name in new[] { "config.json", "progress.csv", "evaluation.csv", "agent.ddpg", "best.ddpg", "events.out.tfevents.0.ddpg" })
            Assert.True(File.ReadAllBytes(Path.Combine(straight, name)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(killed, name))), $"{name} differs");
        Assert.True(inCheckpoint > 0, "no kill fell into the writing of a checkpoint; the test shows less than it should");
    }

    [Fact]
    public void Interrupted_the_process_saves_and_ends_with_130_and_goes_on_from_there()
    {
        string folder = Path.Combine(_root, "interrupted");
        using Process process = Start([.. Run.Select(argument => argument == "8000" ? "100000000" : argument), "--output", folder]);
        SpinWait.SpinUntil(() => File.Exists(Path.Combine(folder, "progress.csv")) && File.ReadAllLines(Path.Combine(folder, "progress.csv")).Length > 3, TimeSpan.FromSeconds(60));
        Interrupt(process);
        (int code, string output, string error) = Wait(process);
        Assert.Equal((130, ""), (code, error));
        string stopped = output.Split('\n').Single(line => line.StartsWith("stopped at step ", StringComparison.Ordinal)).Split(' ')[3];
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(0.5));
        using StringWriter resumed = new(), nothing = new();
        Assert.Equal(130, CommandLine.Run(["train", "--resume", folder], resumed, nothing, stop.Token));
        Assert.StartsWith($"resumed at step {stopped}\n", resumed.ToString());
    }
}
