using System.Text.Json.Nodes;
using Ddpg.Agents;
using Ddpg.Networks;
using TorchSharp;

namespace Ddpg.Cli.Tests;

/// <summary>What can be made of a run when it is there.</summary>
public sealed class RecordExportTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("ddpg-record-").FullName;
    private readonly string _run;

    public RecordExportTests()
    {
        _run = Path.Combine(_root, "run");
        Assert.Equal(0, Run(["train", "--env", "Pendulum-v1", "--preset", "Pendulum", "--total-steps", "300", "--set", "HiddenSizes=8-8", "--set", "LearningStarts=100", "--set", "MinibatchSize=8", "--set", "Critics=2",
            "--set", "ObservationNormalization=true", "--set", "EvaluationInterval=100", "--set", "EvaluationEpisodes=1", "--set", "FinalEvaluationEpisodes=1", "--output", _run]).Code);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Html_is_a_page_with_the_player_in_it_and_needs_no_network()
    {
        (int code, string output, string error) = Run("record", _run, "--html");
        Assert.Equal((0, ""), (code, error));
        Assert.StartsWith("Pendulum-v1, seed 1: 200 steps, return -", output);
        string page = File.ReadAllText(Path.Combine(_run, "episode.html"));
        Assert.StartsWith("<!DOCTYPE html>", page);
        Assert.Contains("data-episode-player", page);
        Assert.DoesNotContain("src=\"http", page);
        Assert.Equal(0, Run("record", _run, "--html", Path.Combine(_root, "new", "other.html"), "--seed", "2", "--best").Code);
        Assert.NotEqual(page, File.ReadAllText(Path.Combine(_root, "new", "other.html")));
    }

    [SkippableFact]
    public void Mp4_is_a_film_of_the_episodes_length()
    {
        Skip.IfNot(Has("ffmpeg") && Has("ffprobe"), "ffmpeg is not installed (Debian: apt-get install ffmpeg)");
        string film = Path.Combine(_root, "film.mp4");
        (int code, string output, string error) = Run("record", _run, "--mp4", film);
        Assert.Equal((0, ""), (code, error));
        Assert.Contains($"written to {film}", output);
        using var probe = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("ffprobe", ["-v", "error", "-count_frames", "-select_streams", "v", "-show_entries", "stream=codec_name,nb_read_frames,width", "-of", "csv=p=0", film]) { RedirectStandardOutput = true })!;
        string[] said = probe.StandardOutput.ReadToEnd().Trim().Split(',');
        Assert.Equal(("h264", "640", "201"), (said[0], said[1], said[2]));
        Assert.Equal([film], Directory.GetFiles(_root, "*.mp4"));
    }

    [Fact]
    public void Without_ffmpeg_mp4_says_what_to_install()
    {
        string? path = Environment.GetEnvironmentVariable("PATH");
        string dotnet = Environment.ProcessPath!;
        var start = new System.Diagnostics.ProcessStartInfo(dotnet.EndsWith("dotnet", StringComparison.Ordinal) ? dotnet : "dotnet", [Path.Combine(AppContext.BaseDirectory, "ddpg-cli.dll"), "record", _run, "--mp4"])
        { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["PATH"] = _root;
        Assert.NotNull(path);
        using var process = System.Diagnostics.Process.Start(start)!;
        (int code, _, string error) = ProgramProcess.Wait(process);
        Assert.Equal(2, code);
        Assert.StartsWith("There is no ffmpeg on this machine. --mp4 needs ffmpeg with SVG support (Debian: apt-get install ffmpeg); --html needs nothing.", error);
        Assert.False(File.Exists(Path.Combine(_run, "episode.mp4")));
    }

    [Fact]
    public void Exported_weights_load_into_modules_of_the_same_shape()
    {
        (int code, string output, _) = Run("export", _run);
        Assert.Equal(0, code);
        Assert.StartsWith("6 networks after ", output);
        string folder = Path.Combine(_run, "export");
        Assert.Equal(
            ["export.json", "policy.dat", "q-network-1.dat", "q-network-2.dat", "target-policy.dat", "target-q-network-1.dat", "target-q-network-2.dat"],
            Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        DdpgAgent agent = DdpgAgent.Load(Path.Combine(_run, "agent.ddpg"));
        using var policy = new Policy(agent.ObservationSpace, agent.ActionSpace, agent.Hyperparameters);
        policy.load(Path.Combine(folder, "policy.dat"));
        foreach ((string name, torch.Tensor value) in agent.Policy.state_dict())
            Assert.Equal(value.data<float>().ToArray(), policy.state_dict()[name].data<float>().ToArray());

        JsonNode description = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "export.json")))!;
        Assert.Equal("Pendulum-v1", (string)description["environment"]!);
        Assert.Equal(agent.Normalizer!.Mean, description["observationNormalization"]!["mean"]!.AsArray().Select(value => (double)value!));
        Assert.Equal(["layers.0.weight", "8", "3"], new[] { description["networks"]![0]!["parameters"]!.AsArray().Single(one => (string)one!["name"]! == "layers.0.weight")! }
            .SelectMany(one => new[] { (string)one["name"]! }.Concat(one["shape"]!.AsArray().Select(size => size!.ToString()))));
    }

    /// <summary>Debian's PyTorch loads the files and computes the same actions and values.</summary>
    [SkippableFact]
    public void Exported_for_pytorch_the_networks_give_the_same_outputs_there()
    {
        Skip.IfNot(File.Exists("/usr/bin/python3") && ProgramProcess.Succeeds("/usr/bin/python3", "-c", "import torch"), "needs python3-torch (Debian: apt-get install python3-torch)");
        (int code, _, _) = Run("export", _run, "--format", "pytorch");
        Assert.Equal(0, code);
        DdpgAgent agent = DdpgAgent.Load(Path.Combine(_run, "agent.ddpg"));
        const string Script = """
            import sys, torch, torch.nn.functional as F
            folder = sys.argv[1]
            policy, q = torch.load(folder + "/policy.pt"), torch.load(folder + "/q-network-1.pt")
            def body(w, x, hidden):
                for i in range(hidden):
                    x = F.linear(x, w[f"layers.{i}.weight"], w[f"layers.{i}.bias"])
                    if f"norms.{i}.weight" in w: x = F.layer_norm(x, x.shape[-1:], w[f"norms.{i}.weight"], w[f"norms.{i}.bias"])
                    x = F.relu(x)
                return x
            hidden = sum(1 for k in policy if k.startswith("layers.") and k.endswith(".weight"))
            s = torch.tensor([[0.6, -0.8, 1.5]])
            a = policy["action_half_range"] * torch.tanh(F.linear(body(policy, s, hidden), policy["fc_mu.weight"], policy["fc_mu.bias"])) + policy["action_center"]
            x = torch.cat([s, (a - q["action_center"]) / q["action_half_range"]], 1)
            v = F.linear(body(q, x, hidden), q[f"layers.{hidden}.weight"], q[f"layers.{hidden}.bias"])
            print(f"{a.item():.6f} {v.item():.6f}")
            """;
        string printed = ProgramProcess.Output("/usr/bin/python3", "-c", Script, Path.Combine(_run, "export"));
        using torch.Tensor s = torch.tensor(new[] { 0.6f, -0.8f, 1.5f }, 1, 3);
        using torch.Tensor action = agent.Policy.call(s), value = agent.QNetwork.call(s, action);
        double[] numbers = [.. printed.Split(' ', StringSplitOptions.TrimEntries).Select(text => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture))];
        Assert.Equal(action.item<float>(), numbers[0], 1e-5);
        Assert.Equal(value.item<float>(), numbers[1], 1e-4);
    }

    [Fact]
    public void The_best_agent_can_be_scored_on_other_starts()
    {
        (int code, string output, _) = Run("evaluate", _run, "--best", "--seed", "2", "--episodes", "3");
        Assert.Equal(0, code);
        Assert.Contains("over 3 episodes", output);
        Assert.Contains("an episode: 200 steps", output);
    }

    [Theory]
    [InlineData("Say what to write: --html, --mp4 or both.", "record")]
    [InlineData("holds no run", "record", "--html")]
    [InlineData("holds no run", "export")]
    [InlineData("holds no results", "report")]
    public void Wrong_input_ends_with_2(string expected, string verb, params string[] more)
    {
        (int code, _, string error) = Run([verb, expected.StartsWith("Say", StringComparison.Ordinal) ? _run : _root, .. more]);
        Assert.Equal(2, code);
        Assert.Contains(expected, error);
    }

    [Fact]
    public void A_run_that_has_not_ended_says_how_to_go_on()
    {
        File.Delete(Path.Combine(_run, "agent.ddpg"));
        (int code, _, string error) = Run("record", _run, "--html");
        Assert.Equal(2, code);
        Assert.Contains("ddpg train --resume", error);
        Assert.Equal(0, Run("record", _run, "--html", "--best").Code);
    }

    private static bool Has(string tool) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, tool)));

    private static (int Code, string Output, string Error) Run(params string[] args)
    {
        using StringWriter output = new(), error = new();
        return (CommandLine.Run(args, output, error), output.ToString(), error.ToString());
    }
}
