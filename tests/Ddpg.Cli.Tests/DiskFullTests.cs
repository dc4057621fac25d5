using System.Diagnostics;
using static Ddpg.Cli.Tests.ProgramProcess;

namespace Ddpg.Cli.Tests;

/// <summary>Lets a real file system run full under a real process.</summary>
public sealed class DiskFullTests : IDisposable
{
    private static readonly string[] Run =
    [
        "train", "--env", "Pendulum-v1", "--preset", "Pendulum", "--seed", "6", "--total-steps", "6000", "--set", "HiddenSizes=8-8", "--set", "MinibatchSize=8",
        "--set", "StartSteps=200", "--set", "LearningStarts=200", "--set", "EvaluationInterval=1000", "--set", "EvaluationEpisodes=1", "--set", "FinalEvaluationEpisodes=2",
        "--set", "SaveInterval=100", "--threads", "1",
    ];

    private readonly string _root = Directory.CreateTempSubdirectory("ddpg-full-").FullName;
    private bool _mounted;

    private string Disk => Path.Combine(_root, "disk");

    public void Dispose()
    {
        if (_mounted)
            Tool("umount", Disk);
        Directory.Delete(_root, recursive: true);
    }

    [SkippableFact]
    public void A_full_disk_stops_the_run_with_a_clear_error_and_its_last_checkpoint_is_whole()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "needs a Linux tmpfs");
        Directory.CreateDirectory(Disk);
        _mounted = Tool("mount", "-t", "tmpfs", "-o", "size=192k", "tmpfs", Disk) == 0;
        Skip.IfNot(_mounted, "a small tmpfs cannot be mounted: needs root");
        string straight = Path.Combine(_root, "straight"), full = Path.Combine(Disk, "run");
        Assert.Equal(0, Wait(Start([.. Run, "--output", straight])).Code);

        (int code, string output, string error) = Wait(Start([.. Run, "--output", full]));
        Assert.Equal(1, code);
        Assert.Contains("No space left on device", error);
        Assert.DoesNotContain("   at ", error);
        Assert.DoesNotContain("steps in", output);
        Assert.Empty(Directory.GetFiles(Path.Combine(full, "checkpoint"), "*.tmp"));

        // Still full: it resumes, says from where, and stops again with the same error.
        (code, output, error) = Wait(Start("train", "--resume", full));
        Assert.Equal(1, code);
        long step = long.Parse(output.Split('\n')[0]["resumed at step ".Length..]);
        Assert.InRange(step, 100, 5_900);
        Assert.Contains("No space left on device", error);

        Assert.Equal(0, Tool("mount", "-o", "remount,size=8m", Disk));
        (code, output, error) = Wait(Start("train", "--resume", full));
        Assert.Equal((0, ""), (code, error));
        Assert.True(long.Parse(output.Split('\n')[0]["resumed at step ".Length..]) >= step);
        Assert.DoesNotContain("damaged", output);
        foreach (string name in new[] { "progress.csv", "evaluation.csv", "agent.ddpg", "best.ddpg", "events.out.tfevents.0.ddpg" })
            Assert.True(File.ReadAllBytes(Path.Combine(straight, name)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(full, name))), $"{name} differs");
    }

    private static int Tool(string name, params string[] arguments)
    {
        using Process tool = Process.Start(new ProcessStartInfo(name, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        tool.StandardError.ReadToEnd();
        tool.WaitForExit();
        return tool.ExitCode;
    }
}
