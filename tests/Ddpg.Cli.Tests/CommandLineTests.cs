using System.Text.Json.Nodes;
using Ddpg.Agents;

namespace Ddpg.Cli.Tests;

public sealed class CommandLineTests : IDisposable
{
    private static readonly string[] Small =
        ["--preset", "Pendulum", "--set", "HiddenSizes=8-8", "--set", "FinalEvaluationEpisodes=2", "--set", "EvaluationEpisodes=2", "--set", "LearningStarts=100", "--set", "MinibatchSize=8"];

    private readonly string _root = Directory.CreateTempSubdirectory("ddpg-cli-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Envs_lists_every_environment_with_its_sizes()
    {
        (int code, string output, _) = Run("envs");
        Assert.Equal(0, code);
        Assert.Contains(output.Split('\n'), line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is ["Pendulum-v1", "3", "1", "200"]);
        Assert.All(Ddpg.Environments.EnvironmentRegistry.Ids, id => Assert.Contains(id, output));

        (code, output, _) = Run("envs", "--speed", "0.05");
        Assert.Equal(0, code);
        string[] made = [.. Ddpg.Environments.EnvironmentRegistry.Ids.Where(id => Ddpg.Environments.EnvironmentRegistry.Missing(id) is null)];
        Assert.All(made, id => Assert.InRange(double.Parse(Line(id)[4]), 100, 1e9));
        Assert.All(Ddpg.Environments.EnvironmentRegistry.Ids.Except(made), id => Assert.Contains("cannot be made here", string.Join(' ', Line(id))));

        (code, output, _) = Run("envs", "Pendulum-v1");
        Assert.Equal(0, code);
        Assert.Equal(2, output.TrimEnd().Split('\n').Length);

        string[] Line(string id) => output.Split('\n').Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Single(words => words.FirstOrDefault() == id);
    }

    [Fact]
    public void Train_writes_the_run_and_an_agent_that_can_be_loaded()
    {
        string folder = Path.Combine(_root, "run");
        (int code, string output, string error) = Run(["train", "--env", "Pendulum-v1", "--seed", "3", "--total-steps", "3e2", .. Small, "--output", folder]);
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("final policy: -", output);
        Assert.Equal(["agent.ddpg", "best.ddpg", "config.json", "evaluation.csv", "events.out.tfevents.0.ddpg", "progress.csv", "timing.csv"], Directory.GetFiles(folder).Select(Path.GetFileName).Order());
        JsonNode config = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "config.json")))!;
        Assert.Equal((3, 300), ((int)config["seed"]!, (int)config["totalSteps"]!));
        Assert.Equal("8-8", DdpgAgent.Load(Path.Combine(folder, "agent.ddpg")).Hyperparameters.HiddenSizes.ToString());
    }

    [Fact]
    public void Two_equal_commands_write_the_same_bytes()
    {
        foreach (string name in new[] { "one", "two" })
            Assert.Equal(0, Run(["train", "--env", "Pendulum-v1", "--total-steps", "250", .. Small, "--output", Path.Combine(_root, name)]).Code);
        foreach (string file in new[] { "agent.ddpg", "config.json", "evaluation.csv", "progress.csv" })
            Assert.Equal(File.ReadAllBytes(Path.Combine(_root, "one", file)), File.ReadAllBytes(Path.Combine(_root, "two", file)));
    }

    [Theory]
    [InlineData("There is no environment 'Pendulum'. Known: ", "train", "--env", "Pendulum")]
    [InlineData("There is no preset 'Best'; known are Post, Paper, Pendulum, MountainCar, LunarLander, Robot, Td3.", "train", "--env", "Pendulum-v1", "--preset", "Best")]
    [InlineData("There is no hyperparameter 'Gamma'; known are Discount, PolicyLearningRate,", "train", "--env", "Pendulum-v1", "--set", "Gamma=0.9")]
    [InlineData("Tau is 2; it must lie in [0, 1]", "train", "--env", "Pendulum-v1", "--set", "Tau=2")]
    [InlineData("Tau cannot be 'much'; it must be a number in [0, 1].", "train", "--env", "Pendulum-v1", "--set", "Tau=much")]
    [InlineData("--set Tau: write Name=value, for example --set Tau=0.01.", "train", "--env", "Pendulum-v1", "--set", "Tau")]
    [InlineData("HiddenSizes cannot be 'x'; it must be widths like 64-64.", "train", "--env", "Pendulum-v1", "--set", "HiddenSizes=x")]
    [InlineData("TotalSteps is 0; it must lie in [1, 10000000000]", "train", "--env", "Pendulum-v1", "--total-steps", "0")]
    [InlineData("--threads is 0; it must be at least 1.", "train", "--env", "Pendulum-v1", "--threads", "0")]
    [InlineData("--env", "train")]
    [InlineData("--seed", "train", "--env", "Pendulum-v1", "--seed", "-1")]
    [InlineData("learn", "learn")]
    public void Wrong_input_ends_with_2_and_says_what_is_right(string expected, params string[] args)
    {
        (int code, _, string error) = Run(args);
        Assert.Equal(2, code);
        Assert.Contains(expected, error);
        Assert.DoesNotContain("   at ", error);
    }

    [Fact]
    public void A_folder_that_holds_a_run_is_refused_with_1()
    {
        File.WriteAllText(Path.Combine(_root, "config.json"), "{}");
        (int code, _, string error) = Run(["train", "--env", "Pendulum-v1", .. Small, "--output", _root]);
        Assert.Equal(1, code);
        Assert.Contains("already holds a run", error);
        Assert.Equal("{}", File.ReadAllText(Path.Combine(_root, "config.json")));
    }

    [Fact]
    public async Task Interrupted_a_run_saves_what_it_reached_and_ends_with_130()
    {
        string folder = Path.Combine(_root, "run");
        using var stop = new CancellationTokenSource();
        // Not after a time: on a busy machine the first updates may take longer than any.
        string progress = Path.Combine(folder, "progress.csv");
        var reader = Task.Run(() =>
        {
            SpinWait.SpinUntil(() => File.Exists(progress) && File.ReadAllLines(progress).Length > 3, TimeSpan.FromMinutes(1));
            return stop.CancelAsync();
        });
        (int code, string output, _) = Run(["train", "--env", "Pendulum-v1", "--total-steps", "1e9", .. Small, "--set", "EvaluationInterval=0", "--output", folder], stop.Token);
        await reader;
        Assert.Equal(130, code);
        Assert.Contains("stopped at step ", output);
        Assert.True(DdpgAgent.Load(Path.Combine(folder, "agent.ddpg")).Updates > 0);
    }

    private static (int Code, string Output, string Error) Run(params string[] args) => Run(args, CancellationToken.None);

    private static (int Code, string Output, string Error) Run(string[] args, CancellationToken cancellation)
    {
        using StringWriter output = new(), error = new();
        return (CommandLine.Run(args, output, error, cancellation), output.ToString(), error.ToString());
    }
}
