using Ddpg.Experiments;

namespace Ddpg.Tests.Experiments;

[Trait("Speed", "tiny")]
public sealed class SweepRunTests : IDisposable
{
    private static readonly SweepCell Cell = Sweep.Parse("""
        { "format": 1, "preset": "Pendulum", "freshEpisodes": 2, "environments": ["Pendulum-v1"], "seeds": [4],
          "set": { "TotalSteps": 500, "HiddenSizes": [8], "MinibatchSize": 8, "LearningStarts": 50, "StartSteps": 50, "EvaluationInterval": 250, "EvaluationEpisodes": 2, "FinalEvaluationEpisodes": 3, "SaveInterval": 200 } }
        """).Cells[0];

    private readonly string _root = Directory.CreateTempSubdirectory("ddpg-sweep-run-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void A_run_that_diverges_is_a_result_without_scores_and_is_not_made_again()
    {
        string folder = Path.Combine(_root, "runs", Cell.FolderName);
        // One absurd transition is enough: its square is no float32 number any more.
        RunRecord diverged = SweepRun.Make(Cell, folder, run => run.Trainer.EpisodeFinished += _ =>
        {
            for (int i = 0; i < 1_000; i++)
                run.Trainer.Replay.Add([0, 0, 0], [0], 1e30, [0, 0, 0], false);
        }, CancellationToken.None)!;
        Assert.Equal((RunOutcome.Diverged, null, null), (diverged.Outcome, diverged.Final, diverged.Fresh));
        Assert.InRange(diverged.Steps, 200, 210);
        Assert.Equal([0], diverged.Curve.Select(point => point.Step));

        SweepFolder results = SweepFolder.Open(_root, new Sweep("s", "", [Cell]));
        Assert.Empty(results.Remaining);
        results.Save();
        Assert.Equal(RunOutcome.Diverged, Assert.Single(ResultTables.Load(_root)).Outcome);
    }

    [Fact]
    public void Stopped_it_returns_nothing_and_goes_on_the_next_time()
    {
        string straight = Path.Combine(_root, "straight"), stopped = Path.Combine(_root, "stopped");
        RunRecord whole = SweepRun.Execute(Cell, straight)!;
        using (var stop = new CancellationTokenSource())
            Assert.Null(SweepRun.Make(Cell, stopped, run => run.Trainer.Stepped += step => { if (step == 333) stop.Cancel(); }, stop.Token));
        Assert.True(Directory.Exists(Path.Combine(stopped, "checkpoint")));
        long from = 0;
        RunRecord resumed = SweepRun.Make(Cell, stopped, run => from = run.Trainer.Step, CancellationToken.None)!;
        Assert.Equal(333, from);
        Assert.Equal(whole with { Curve = [], Cost = resumed.Cost }, resumed with { Curve = [] });
        Assert.Equal(whole.Curve, resumed.Curve);
        Assert.False(Directory.Exists(Path.Combine(stopped, "checkpoint")));
    }

    [Fact]
    public void The_time_of_a_run_resumed_twice_is_the_sum_of_its_parts()
    {
        string path = Path.Combine(_root, "timing.csv");
        File.WriteAllText(path, "step,seconds\n200,1.5\n400,2.5\n600,0.5\n800,4\n1000,0.25\n");
        Assert.Equal(2.5 + 4 + 0.25, Provenance.Seconds(path));
    }
}
