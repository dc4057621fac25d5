using System.Globalization;
using System.Text.Json.Nodes;
using Ddpg.Agents;
using Ddpg.Training;

namespace Ddpg.Tests.Training;

[Trait("Speed", "tiny")]
public sealed class RunLogTests : IDisposable
{
    internal static readonly Hyperparameters Quick = Hyperparameters.Pendulum with
    {
        HiddenSizes = [8, 8],
        MinibatchSize = 8,
        StartSteps = 150,
        LearningStarts = 150,
        EvaluationInterval = 150,
        EvaluationEpisodes = 2,
        FinalEvaluationEpisodes = 3,
        SaveInterval = 100,
    };

    private readonly string _root = Directory.CreateTempSubdirectory("ddpg-run-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void A_run_leaves_its_settings_and_its_tables()
    {
        string folder = Train("run", out TrainingResult result);
        JsonNode config = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "config.json")))!;
        Assert.Equal(("Pendulum-v1", 4, 420), ((string)config["environment"]!, (int)config["seed"]!, (int)config["totalSteps"]!));
        Assert.Equal(Quick, Hyperparameters.FromJson(config["hyperparameters"]!.ToJsonString()));
        Assert.Equal(new RunConfig("Pendulum-v1", 4, 420, Evaluator.DefaultSeed, Quick), Run.ReadConfig(folder));

        string[] evaluation = File.ReadAllLines(Path.Combine(folder, "evaluation.csv"));
        Assert.Equal("step,mean,std,min,max,episodes", evaluation[0]);
        Assert.Equal(["0", "150", "300", "420"], evaluation.Skip(1).Select(line => line.Split(',')[0]));
        Assert.Equal(result.FinalEvaluation!.Mean, double.Parse(evaluation[^1].Split(',')[1], CultureInfo.InvariantCulture));
        Assert.EndsWith(",3", evaluation[^1]);

        string[] progress = File.ReadAllLines(Path.Combine(folder, "progress.csv"));
        Assert.Equal("step,episode,return,length,terminated,truncated,critic_loss,policy_loss,mean_q", progress[0]);
        Assert.Equal(["200,1", "400,2"], progress.Skip(1).Select(line => string.Join(',', line.Split(',').Take(2))));
        Assert.All(progress, line => Assert.Equal(9, line.Split(',').Length));
        Assert.Equal(3, File.ReadAllLines(Path.Combine(folder, "timing.csv")).Length);
    }

    [Fact]
    public void Two_equal_runs_write_the_same_bytes_under_a_culture_with_decimal_commas_too()
    {
        string plain = Train("plain", out _);
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            Assert.Equal("1,5", $"{1.5}");      // else this test shows nothing
            AssertSameRun(plain, Train("german", out _));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_folder_that_holds_a_run_is_refused()
    {
        string folder = Train("run", out _);
        byte[] before = File.ReadAllBytes(Path.Combine(folder, "progress.csv"));
        Assert.Contains("already holds a run", Assert.Throws<IOException>(() => Train("run", out _)).Message);
        Assert.Equal(before, File.ReadAllBytes(Path.Combine(folder, "progress.csv")));
    }

    /// <summary>Everything but timing.csv, which holds wall-clock times, and the checkpoint folder, whose segments depend on where the run was stopped.</summary>
    internal static void AssertSameRun(string expected, string actual)
    {
        foreach (string name in new[] { "config.json", "progress.csv", "evaluation.csv", "agent.ddpg", "best.ddpg", "events.out.tfevents.0.ddpg" })
            Assert.True(File.ReadAllBytes(Path.Combine(expected, name)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(actual, name))), $"{name} differs");
    }

    private string Train(string name, out TrainingResult result)
    {
        string folder = Path.Combine(_root, name);
        using Run run = Run.Start(folder, Trainer.Create("Pendulum-v1", Quick, seed: 4), 420);
        result = run.Train();
        return folder;
    }
}
