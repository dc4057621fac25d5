namespace Ddpg.Cli.Tests;

/// <summary><c>ddpg train --resume RUN --total-steps N</c>.</summary>
public sealed class LongerRunTests : IDisposable
{
    private static readonly string[] Small =
    [
        "--env", "Pendulum-v1", "--preset", "Pendulum", "--seed", "4", "--set", "HiddenSizes=8-8", "--set", "MinibatchSize=8", "--set", "LearningStarts=100", "--set", "StartSteps=100",
        "--set", "EvaluationInterval=150", "--set", "EvaluationEpisodes=2", "--set", "FinalEvaluationEpisodes=6", "--set", "SaveInterval=100",
    ];

    private readonly string _root = Directory.CreateTempSubdirectory("ddpg-longer-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void A_finished_run_is_trained_on_to_the_bytes_of_one_that_was_started_so()
    {
        string straight = Path.Combine(_root, "straight"), longer = Path.Combine(_root, "longer");
        Assert.Equal(0, Run(["train", .. Small, "--total-steps", "600", "--output", straight]).Code);
        Assert.Equal(0, Run(["train", .. Small, "--total-steps", "300", "--output", longer]).Code);

        (int code, string output, string error) = Run("train", "--resume", longer);
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("the run has already ended, after 300 steps; --total-steps with a larger number trains it longer", output);

        (code, output, error) = Run("train", "--resume", longer, "--total-steps", "6e2");
        Assert.Equal((0, ""), (code, error));
        Assert.StartsWith("resumed at step 300\n", output);
        Assert.Contains("600 steps in ", output);
        string[] names = ["agent.ddpg", "best.ddpg", "config.json", "evaluation.csv", "events.out.tfevents.0.ddpg", "progress.csv"];
        foreach (string name in names)
            Assert.True(File.ReadAllBytes(Path.Combine(straight, name)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(longer, name))), $"{name} differs");
        Assert.Equal([.. names, "timing.csv"], Directory.GetFiles(longer).Select(Path.GetFileName).Order());
    }

    [Theory]
    [InlineData("The run has already made 300 steps; total steps count from its start, so pass a larger number.", "--total-steps", "200")]
    [InlineData("TotalSteps is 0; it must lie in [1, 10000000000]", "--total-steps", "0")]
    [InlineData("TotalSteps cannot be 'more'; it must be an integer in", "--total-steps", "more")]
    [InlineData("--resume takes the run as it was started; --set cannot be changed. Only --total-steps can.", "--set", "Tau=0.1")]
    [InlineData("--resume takes the run as it was started; --seed cannot be changed. Only --total-steps can.", "--total-steps", "400", "--seed", "4")]
    public void What_cannot_be_changed_ends_with_2_and_leaves_the_run_alone(string expected, params string[] options)
    {
        string folder = Path.Combine(_root, "run");
        Assert.Equal(0, Run(["train", .. Small, "--total-steps", "300", "--output", folder]).Code);
        byte[] config = File.ReadAllBytes(Path.Combine(folder, "config.json")), agent = File.ReadAllBytes(Path.Combine(folder, "agent.ddpg"));
        (int code, _, string error) = Run(["train", "--resume", folder, .. options]);
        Assert.Equal(2, code);
        Assert.Contains(expected, error);
        Assert.Equal(config, File.ReadAllBytes(Path.Combine(folder, "config.json")));
        Assert.Equal(agent, File.ReadAllBytes(Path.Combine(folder, "agent.ddpg")));
    }

    private static (int Code, string Output, string Error) Run(params string[] args)
    {
        using StringWriter output = new(), error = new();
        return (CommandLine.Run(args, output, error, CancellationToken.None), output.ToString(), error.ToString());
    }
}
