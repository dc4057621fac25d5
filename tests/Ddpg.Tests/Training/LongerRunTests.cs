using Ddpg.Agents;
using Ddpg.Training;

namespace Ddpg.Tests.Training;

/// <summary>A run that has ended or was stopped goes on to another end, in the same bytes as one that was started with that.</summary>
[Trait("Speed", "tiny")]
public sealed class LongerRunTests : IDisposable
{
    private static readonly Hyperparameters Quick = RunLogTests.Quick with { TotalSteps = 300, FinalEvaluationEpisodes = 5 };

    private readonly string _root = Directory.CreateTempSubdirectory("ddpg-longer-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    /// <summary>Ends on an evaluation's step and off it, within an episode and at its end; intervals in steps and in episodes; with a normaliser, two critics and a ring that has wrapped.</summary>
    [Theory]
    [InlineData(300, 460, IntervalUnit.Steps, 150, false)]
    [InlineData(290, 460, IntervalUnit.Steps, 150, true)]
    [InlineData(400, 601, IntervalUnit.Steps, 100, false)]
    [InlineData(400, 640, IntervalUnit.Episodes, 1, true)]
    [InlineData(290, 460, IntervalUnit.Episodes, 1, false)]
    [InlineData(300, 460, IntervalUnit.Steps, 0, false)]
    public void A_finished_run_trained_on_is_the_run_that_was_started_with_more_steps(long first, long total, IntervalUnit unit, long interval, bool everything)
    {
        Hyperparameters hyperparameters = Quick with { IntervalUnit = unit, EvaluationInterval = interval, SaveInterval = unit == IntervalUnit.Steps ? 100 : 1 };
        if (everything)
            hyperparameters = hyperparameters with { Exploration = ExplorationKind.AdaptiveParameter, ObservationNormalization = true, Critics = 2, TargetNoiseStd = 0.2, ReplayCapacity = 170 };
        string straight = Train("straight", hyperparameters, total), longer = Train("longer", hyperparameters, first);
        byte[] ended = File.ReadAllBytes(Path.Combine(longer, "agent.ddpg"));
        using (Run run = Run.Resume(longer, totalSteps: total))
        {
            Assert.Equal((first, total, false), (run.Trainer.Step, run.TotalSteps, run.Ended));
            run.Train();
        }
        RunLogTests.AssertSameRun(straight, longer);
        Assert.NotEqual(ended, File.ReadAllBytes(Path.Combine(longer, "agent.ddpg")));
    }

    [Fact]
    public void A_best_agent_that_only_the_final_evaluation_chose_is_given_back()
    {
        // The first two starts are easier than the first ten: the final evaluation of the short run is its best, and in the long run that step has none.
        Hyperparameters hyperparameters = Quick with { EvaluationInterval = 100, EvaluationEpisodes = 10, FinalEvaluationEpisodes = 2 };
        int replaced = 0;
        for (ulong seed = 1; seed <= 3; seed++)
        {
            (string straight, string longer) = (Train($"straight{seed}", hyperparameters, 420, seed), Train($"longer{seed}", hyperparameters, 230, seed));
            if (DdpgAgent.Load(Path.Combine(longer, "best.ddpg")).Updates == DdpgAgent.Load(Path.Combine(longer, "agent.ddpg")).Updates)
                replaced++;
            using (Run run = Run.Resume(longer, totalSteps: 420))
                run.Train();
            RunLogTests.AssertSameRun(straight, longer);
        }
        Assert.True(replaced > 0, "in no run was the final evaluation the best; the test shows less than it should");
    }

    [Fact]
    public void A_stopped_run_can_be_given_another_end_longer_or_shorter()
    {
        foreach (long total in new long[] { 600, 350 })
        {
            string straight = Train($"straight{total}", Quick, total), stopped = Path.Combine(_root, $"stopped{total}");
            using (Run run = Start(stopped, Quick, 460))
                Assert.True(StopAt(run, 320).Cancelled);
            using (Run run = Run.Resume(stopped, totalSteps: total))
                run.Train();
            RunLogTests.AssertSameRun(straight, stopped);
        }
    }

    [Fact]
    public void Stopped_killed_and_extended_again_and_again_it_stays_the_same_run()
    {
        string straight = Train("straight", Quick, 700), often = Train("often", Quick, 200);
        using (Run run = Run.Resume(often, totalSteps: 350))
            Assert.True(StopAt(run, 260).Cancelled);
        // As after a kill in the middle: steps, rows and a best agent beyond the last checkpoint.
        using (Run run = Run.Resume(often))
        {
            run.Trainer.Evaluated += point => throw new OperationCanceledException($"killed at {point.Step}");
            Assert.Throws<OperationCanceledException>(() => run.Train());
        }
        using (Run run = Run.Resume(often))
            run.Train();
        using (Run run = Run.Resume(often))
            Assert.True(run.Ended);
        // Killed right after config.json was written: the next resume does what this one began.
        using (Run run = Run.Resume(often, totalSteps: 520))
            Assert.Equal(350, run.Trainer.Step);
        using (Run run = Run.Resume(often))
            run.Train();
        using (Run run = Run.Resume(often, totalSteps: 700))
            run.Train();
        RunLogTests.AssertSameRun(straight, often);
    }

    [Fact]
    public void Stopped_in_its_final_evaluation_a_run_can_still_be_trained_on()
    {
        string straight = Train("straight", Quick, 460), stopped = Path.Combine(_root, "stopped");
        using (var stop = new CancellationTokenSource())
        using (Run run = Start(stopped, Quick, 300))
        {
            run.Trainer.EndReached += stop.Cancel;
            Assert.True(run.Train(stop.Token).Cancelled);
        }
        using (Run run = Run.Resume(stopped, totalSteps: 460))
        {
            Assert.Equal(300, run.Trainer.Step);
            run.Train();
        }
        RunLogTests.AssertSameRun(straight, stopped);
    }

    [Fact]
    public void Editing_the_number_in_config_json_does_the_same()
    {
        string straight = Train("straight", Quick, 460), edited = Train("edited", Quick, 300);
        string config = Path.Combine(edited, "config.json");
        File.WriteAllText(config, File.ReadAllText(config).Replace("\"totalSteps\": 300", "\"totalSteps\": 460").Replace("\"TotalSteps\": 300", "\"TotalSteps\": 460"));
        using (Run run = Run.Resume(edited))
            run.Train();
        RunLogTests.AssertSameRun(straight, edited);
    }

    [Fact]
    public void A_run_of_an_environment_of_ones_own_without_evaluations_is_trained_on_from_a_notebook()
    {
        string Path(string name) => System.IO.Path.Combine(_root, name);
        Trainer Fresh() => new(new IdentityEnvironment(steps: 7), new DdpgAgent(new IdentityEnvironment().ObservationSpace, new IdentityEnvironment().ActionSpace, Quick, 3));
        using (Run run = Run.Start(Path("straight"), Fresh(), 400))
            run.Train();
        using (Run run = Run.Start(Path("longer"), Fresh(), 250))
            run.Train();
        using (Run run = Run.Resume(Path("longer"), _ => new IdentityEnvironment(steps: 7), totalSteps: 400))
            Assert.Null(run.Train().FinalEvaluation);
        foreach (string name in new[] { "config.json", "progress.csv", "agent.ddpg" })
            Assert.Equal(File.ReadAllBytes(System.IO.Path.Combine(Path("straight"), name)), File.ReadAllBytes(System.IO.Path.Combine(Path("longer"), name)));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(299)]
    [InlineData(0)]
    [InlineData(-5)]
    public void An_end_that_is_behind_is_refused_and_nothing_is_changed(long total)
    {
        string folder = Train("run", Quick, 300);
        Dictionary<string, byte[]> before = Directory.GetFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(path => path, File.ReadAllBytes);
        // 0 and below are no number of steps at all, so the settings refuse them before the run does.
        Assert.Matches("already made 300 steps|TotalSteps is", Assert.Throws<ArgumentOutOfRangeException>(() => Run.Resume(folder, totalSteps: total)).Message);
        Assert.Equal(before.Keys.Order(), Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Order());
        Assert.All(before, file => Assert.Equal(file.Value, File.ReadAllBytes(file.Key)));
    }

    [Fact]
    public void The_same_number_again_is_a_plain_resume()
    {
        string folder = Train("run", Quick, 300);
        using Run run = Run.Resume(folder, totalSteps: 300);
        Assert.True(run.Ended);
    }

    [Fact]
    public void Settings_that_never_said_how_long_the_run_was_stay()
    {
        string folder = Path.Combine(_root, "own");
        using (Run run = Run.Start(folder, Trainer.Create("Pendulum-v1", Quick, 2), 200))
            run.Train();
        using (Run run = Run.Resume(folder, totalSteps: 260))
            run.Train();
        RunConfig config = Run.ReadConfig(folder);
        Assert.Equal((260L, 300L, 300L), (config.TotalSteps, config.Hyperparameters.TotalSteps, DdpgAgent.Load(Path.Combine(folder, "agent.ddpg")).Hyperparameters.TotalSteps));
    }

    [Fact]
    public void A_file_where_the_folder_should_be_is_named()
    {
        string file = Path.Combine(_root, "file");
        File.WriteAllText(file, "here");
        Assert.Contains($"'{file}' is a file, and a folder is needed", Assert.Throws<IOException>(() => Start(file, Quick, 300)).Message);
        Assert.Contains($"'{file}' is a file", Assert.Throws<IOException>(() => Start(Path.Combine(file, "a", "b"), Quick, 300)).Message);
        Assert.Contains($"'{file}' is a file, and a folder is needed", Assert.Throws<IOException>(() => Run.Resume(file)).Message);
        Assert.Equal("here", File.ReadAllText(file));
        Assert.Throws<ArgumentOutOfRangeException>(() => Start(Path.Combine(_root, "none"), Quick with { TotalSteps = 1 }, 0));
        Assert.False(Directory.Exists(Path.Combine(_root, "none")));
    }

    private string Train(string name, Hyperparameters hyperparameters, long total, ulong seed = 2)
    {
        string folder = Path.Combine(_root, name);
        using Run run = Start(folder, hyperparameters, total, seed);
        run.Train();
        return folder;
    }

    private static Run Start(string folder, Hyperparameters hyperparameters, long total, ulong seed = 2) =>
        Run.Start(folder, Trainer.Create("Pendulum-v1", total < 1 ? hyperparameters : hyperparameters with { TotalSteps = total }, seed), total);

    private static TrainingResult StopAt(Run run, long step)
    {
        using var stop = new CancellationTokenSource();
        run.Trainer.Stepped += at => { if (at >= step) stop.Cancel(); };
        return run.Train(stop.Token);
    }
}
