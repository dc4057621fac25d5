using System.Diagnostics;
using System.Globalization;

namespace Ddpg.Cli.Tests.Cluster;

/// <summary>The script for Slurm under a real Slurm.</summary>
public sealed class SlurmTests : IDisposable
{
    private const string Grid = """
        {
          "format": 1, "preset": "Pendulum", "freshEpisodes": 2,
          "set": {
            "TotalSteps": 6000, "HiddenSizes": [8, 8], "MinibatchSize": 8, "LearningStarts": 100, "StartSteps": 100, "EvaluationInterval": 1000, "EvaluationEpisodes": 2,
            "FinalEvaluationEpisodes": 3, "SaveInterval": 100, "Tau": 0.01
          },
          "environments": ["Pendulum-v1"],
          "explorations": ["Normal", { "name": "ou", "set": { "Exploration": "OrnsteinUhlenbeck" } }],
          "seeds": [1, 2]
        }
        """;

    private readonly string _root = Directory.CreateTempSubdirectory("ddpg-array-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [SkippableFact]
    public void Four_tasks_of_an_array_two_of_them_stopped_on_the_way_make_what_one_machine_makes()
    {
        Skip.If(SlurmCluster.Missing is not null, SlurmCluster.Missing);
        string file = Path.Combine(_root, "grid.json"), here = Path.Combine(_root, "here"), there = Path.Combine(_root, "there");
        File.WriteAllText(file, Grid);
        Assert.Equal(0, ProgramProcess.Wait(ProgramProcess.Start("sweep", file, "--output", here)).Code);

        using var slurm = new SlurmCluster();
        string job = slurm.Tool("sbatch", "--parsable", "--array=0-3", "--output=part-%a.log", Script, file, there);
        AwaitCheckpoint(there, "Pendulum-v1.Normal.seed-1");
        slurm.Tool("scontrol", "requeue", $"{job}_0");
        AwaitCheckpoint(there, "Pendulum-v1.Normal.seed-2");
        KillWorker(there, "Pendulum-v1.Normal.seed-2");
        bool drained = slurm.Drain(TimeSpan.FromSeconds(300));
        string logs = string.Join('\n', Enumerable.Range(0, 4).Select(part => $"part {part}:\n{File.ReadAllText(Path.Combine(slurm.Folder, $"part-{part}.log"))}"));
        Assert.True(drained, $"the array does not end\n{slurm.Tool("squeue")}\n{logs}");

        int[] restarts = [.. Enumerable.Range(0, 4).Select(part => Restarts(slurm.Tool("scontrol", "show", "job", $"{job}_{part}"), logs))];
        Assert.True(restarts is [1, 1, 0, 0], $"{string.Join(' ', restarts)}\n{logs}");
        Assert.Contains("shard 1/4", logs);
        Assert.Contains("Pendulum-v1, Normal, seed 2 failed: ", logs);
        Assert.Contains("shard 2/4 ended with code 1: requeued", logs);

        (int code, string output, string error) = ProgramProcess.Wait(ProgramProcess.Start("sweep", "merge", file, "--output", there));
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("4 of 4 runs", output);
        foreach (string name in new[] { "results.csv", "curves.csv" })
            Assert.True(File.ReadAllBytes(Path.Combine(here, name)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(there, name))), $"{name} differs");
    }

    [SkippableTheory]
    [InlineData("usage: sbatch", "0-1")]
    [InlineData("the array 1-2 has 2 tasks; count from 0", "1-2", "sweep.json", "runs")]
    [InlineData("nothing.dll is missing; dotnet build", "0-1", "sweep.json", "runs")]
    [InlineData("not a task of an array", null, "sweep.json", "runs")]
    public void The_script_says_what_is_wrong_with_the_way_it_was_sent(string expected, string? array, params string[] arguments)
    {
        Skip.IfNot(File.Exists("/bin/bash"), "needs bash");
        var start = new ProcessStartInfo("bash", [Script, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DDPG"] = Path.Combine(_root, "nothing.dll");
        if (array?.Split('-') is [string first, string last])
        {
            (start.Environment["SLURM_ARRAY_TASK_ID"], start.Environment["SLURM_ARRAY_TASK_MIN"], start.Environment["SLURM_ARRAY_TASK_MAX"]) = (first, first, last);
            start.Environment["SLURM_ARRAY_TASK_COUNT"] = "2";
        }
        using Process process = Process.Start(start)!;
        (int code, _, string error) = ProgramProcess.Wait(process);
        Assert.Equal(2, code);
        Assert.Contains(expected, error);
    }

    private static string Script => Path.Combine(AppContext.BaseDirectory, "cluster", "slurm-array.sh");

    private static void AwaitCheckpoint(string output, string run)
    {
        string folder = Path.Combine(output, "runs", run, "checkpoint");
        Assert.True(SpinWait.SpinUntil(() => Directory.Exists(folder) && Directory.GetFiles(folder, "step-*").Length > 0, TimeSpan.FromSeconds(60)), $"no checkpoint in {folder}");
    }

    /// <summary>As the kernel does when memory runs out: the worker of this run, and it alone, without a warning.</summary>
    private static void KillWorker(string output, string run)
    {
        Process worker = Assert.Single(Process.GetProcessesByName("dotnet"), process =>
        {
            string path = string.Create(CultureInfo.InvariantCulture, $"/proc/{process.Id}/cmdline");
            return File.Exists(path) && File.ReadAllText(path).Split('\0') is var words && words.Contains(output) && words.Contains("--cell") && words.Contains(run);
        });
        worker.Kill();
    }

    private static int Restarts(string job, string logs)
    {
        Assert.True(job.Contains("JobState=COMPLETED", StringComparison.Ordinal), $"{job}\n{logs}");
        return int.Parse(job.Split("Restarts=")[1].Split(' ')[0]);
    }
}
