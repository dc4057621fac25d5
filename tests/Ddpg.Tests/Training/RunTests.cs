using Ddpg.Agents;
using Ddpg.Training;

namespace Ddpg.Tests.Training;

/// <summary>Stop, resume, damage. Killing the process for good is tested with the command line.</summary>
[Trait("Speed", "tiny")]
public sealed class RunTests : IDisposable
{
    private const long Total = 460;
    private readonly string _root = Directory.CreateTempSubdirectory("ddpg-resume-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData(ExplorationKind.Normal, false)]
    [InlineData(ExplorationKind.OrnsteinUhlenbeck, true)]
    [InlineData(ExplorationKind.AdaptiveParameter, true)]
    public void Stopped_at_any_step_and_resumed_a_run_ends_in_the_same_bytes(ExplorationKind exploration, bool everything)
    {
        Hyperparameters hyperparameters = RunLogTests.Quick with { Exploration = exploration };
        if (everything)
            hyperparameters = hyperparameters with { ObservationNormalization = true, Critics = 2, TargetNoiseStd = 0.2, PolicyDelay = 2, CriticLayerNorm = true, ReplayCapacity = 170 };
        string straight = Start("straight", hyperparameters);
        string stopped = Path.Combine(_root, "stopped");
        var random = new Random(1);
        long step = 0;
        using (Run run = Run.Start(stopped, Trainer.Create("Pendulum-v1", hyperparameters, 2), Total))
            step = StopAt(run, 30);
        while (step < Total)
        {
            using Run run = Run.Resume(stopped);
            Assert.Equal(step, run.Trainer.Step);
            step = StopAt(run, Math.Min(Total, step + random.Next(1, 120)));
        }
        RunLogTests.AssertSameRun(straight, stopped);
        using Run ended = Run.Resume(stopped);
        Assert.True(ended.Ended);
    }

    [Fact]
    public void Rows_after_the_last_checkpoint_are_cut_and_made_again()
    {
        string straight = Start("straight", RunLogTests.Quick), torn = Path.Combine(_root, "torn");
        using (Run run = Run.Start(torn, Trainer.Create("Pendulum-v1", RunLogTests.Quick, 2), Total))
        {
            // As after a kill: steps and rows beyond the checkpoint of step 300, and half a row.
            run.Trainer.EpisodeFinished += episode => { if (episode.Step == 400) throw new OperationCanceledException("killed"); };
            Assert.Throws<OperationCanceledException>(() => run.Train());
        }
        File.AppendAllText(Path.Combine(torn, "progress.csv"), "437,3,-12");
        File.WriteAllText(Path.Combine(torn, "checkpoint", "step-0000000400.bin.tmp"), "half a checkpoint");
        using (Run run = Run.Resume(torn))
        {
            Assert.Equal(300, run.Trainer.Step);
            run.Train();
        }
        RunLogTests.AssertSameRun(straight, torn);
    }

    [Fact]
    public void A_damaged_checkpoint_is_passed_over_with_a_word_and_the_one_before_it_is_used()
    {
        string straight = Start("straight", RunLogTests.Quick), damaged = Path.Combine(_root, "damaged");
        using (Run run = Run.Start(damaged, Trainer.Create("Pendulum-v1", RunLogTests.Quick, 2), Total))
            StopAt(run, 350);
        string[] checkpoints = [.. Directory.GetFiles(Path.Combine(damaged, "checkpoint"), "step-*.bin").Order(StringComparer.Ordinal)];
        Assert.Equal(["step-0000000300.bin", "step-0000000350.bin"], checkpoints.Select(Path.GetFileName));
        Flip(checkpoints[1]);
        var warnings = new List<string>();
        using (Run run = Run.Resume(damaged, warn: warnings.Add))
        {
            Assert.Equal(300, run.Trainer.Step);
            Assert.Contains("step-0000000350.bin' is damaged", Assert.Single(warnings));
            run.Train();
        }
        RunLogTests.AssertSameRun(straight, damaged);
    }

    [Fact]
    public void A_damaged_segment_of_the_replay_buffer_damages_the_checkpoints_that_need_it()
    {
        string folder = Path.Combine(_root, "segments");
        using (Run run = Run.Start(folder, Trainer.Create("Pendulum-v1", RunLogTests.Quick, 2), Total))
            StopAt(run, 350);
        string[] segments = [.. Directory.GetFiles(Path.Combine(folder, "checkpoint"), "rows-*.bin").Order(StringComparer.Ordinal)];
        Assert.Equal(4, segments.Length);
        Flip(segments[3]);
        using (Run run = Run.Resume(folder))
            Assert.Equal(300, run.Trainer.Step);
        File.Delete(segments[0]);
        Assert.Contains("No checkpoint", Assert.Throws<InvalidDataException>(() => Run.Resume(folder)).Message);
    }

    [Fact]
    public void Old_checkpoints_and_overwritten_segments_are_deleted()
    {
        string folder = Start("ring", RunLogTests.Quick with { ReplayCapacity = 120 });
        string[] files = [.. Directory.GetFiles(Path.Combine(folder, "checkpoint")).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];
        // At 460 the ring holds 340..459, at 400 it held 280..399.
        Assert.Equal(
            ["rows-0000000200-0000000300.bin", "rows-0000000300-0000000400.bin", "rows-0000000400-0000000460.bin", "step-0000000400.bin", "step-0000000460.bin"], files);
    }

    [Fact]
    public void What_is_no_run_is_refused()
    {
        Assert.Contains("holds no run", Assert.Throws<FileNotFoundException>(() => Run.Resume(_root)).Message);
        File.WriteAllText(Path.Combine(_root, "config.json"), "{\"environment\": \"Pendulum-v1\"}");
        Assert.Contains("config.json' cannot be read", Assert.Throws<InvalidDataException>(() => Run.Resume(_root)).Message);
    }

    [Theory]
    [InlineData("{", "depth")]
    [InlineData("[]", "it holds no object in braces")]
    [InlineData("null", "it holds no object in braces")]
    [InlineData("{}", "environment is missing; it must be a text in quotes")]
    [InlineData("{\"environment\": 5}", "environment is 5; it must be a text in quotes")]
    [InlineData("{\"environment\": \"Pendulum-v1\", \"seed\": -1}", "seed is -1; it must be an integer from 0")]
    [InlineData("{\"environment\": \"Pendulum-v1\", \"seed\": 1, \"totalSteps\": 1.5}", "totalSteps is 1.5; it must be an integer from 1")]
    [InlineData("{\"environment\": \"Pendulum-v1\", \"seed\": 1, \"totalSteps\": \"9\"}", "totalSteps is \"9\"; it must be an integer from 1")]
    [InlineData("{\"environment\": \"Pendulum-v1\", \"seed\": 1, \"totalSteps\": 0}", "totalSteps is 0; it must be an integer from 1")]
    [InlineData("{\"environment\": \"Pendulum-v1\", \"seed\": 1, \"totalSteps\": 9, \"evaluationSeed\": true}", "evaluationSeed is true; it must be an integer from 0, or null")]
    [InlineData("{\"environment\": \"Pendulum-v1\", \"seed\": 1, \"totalSteps\": 9}", "hyperparameters is missing; it must be an object")]
    [InlineData("{\"environment\": \"Pendulum-v1\", \"seed\": 1, \"totalSteps\": 9, \"hyperparameters\": {\"Tau\": 2}}", "Tau is 2; it must lie in [0, 1]")]
    [InlineData("{\"environment\": \"Pendulum-v1\", \"seed\": 1, \"seed\": 2}", "seed")]
    public void A_fault_in_config_json_is_named(string content, string expected)
    {
        File.WriteAllText(Path.Combine(_root, "config.json"), content);
        string message = Assert.Throws<InvalidDataException>(() => Run.ReadConfig(_root)).Message;
        Assert.StartsWith($"'{Path.Combine(_root, "config.json")}' cannot be read: ", message);
        Assert.Contains(expected, message);
        Assert.DoesNotContain("System.", message);
    }

    [Fact]
    public void A_missing_table_is_named_when_the_run_is_to_go_on()
    {
        string folder = Start("run", RunLogTests.Quick);
        File.Delete(Path.Combine(folder, "evaluation.csv"));
        Assert.Contains("evaluation.csv' is missing", Assert.Throws<InvalidDataException>(() => Run.Resume(folder)).Message);
    }

    [Fact]
    public void Diverged_a_run_keeps_its_last_checkpoint()
    {
        string folder = Path.Combine(_root, "diverged");
        using (Run run = Run.Start(folder, Trainer.Create("Pendulum-v1", RunLogTests.Quick with { CriticLearningRate = 1, PolicyLearningRate = 1 }, 2), Total))
        {
            // One absurd transition is enough: its square is no float32 number any more.
            run.Trainer.EpisodeFinished += _ =>
            {
                for (int i = 0; i < 1_000; i++)
                    run.Trainer.Replay.Add([0, 0, 0], [0], 1e30, [0, 0, 0], false);
            };
            Assert.Throws<TrainingDivergedException>(() => run.Train());
        }
        using (Run run = Run.Resume(folder))
            Assert.Equal(200, run.Trainer.Step);
    }

    private string Start(string name, Hyperparameters hyperparameters)
    {
        string folder = Path.Combine(_root, name);
        using Run run = Run.Start(folder, Trainer.Create("Pendulum-v1", hyperparameters, 2), Total);
        run.Train();
        return folder;
    }

    /// <summary>Trains until the given step as Ctrl-C would stop it there.</summary>
    private static long StopAt(Run run, long step)
    {
        using var stop = new CancellationTokenSource();
        run.Trainer.Stepped += at => { if (at >= step && step < Total) stop.Cancel(); };
        return run.Train(stop.Token).Steps;
    }

    private static void Flip(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 4;
        File.WriteAllBytes(path, bytes);
    }
}
