using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ddpg.Agents;
using Ddpg.Training;
using TorchSharp.PyBridge;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Ddpg.Cli;

/// <summary><c>ddpg export</c>: a run's networks as weight files of TorchSharp or PyTorch, and what else one needs to use them elsewhere.</summary>
internal static class ExportCommand
{
    public static Command Make(TextWriter output)
    {
        var folder = new Argument<string>("run") { Description = "The run's folder." };
        var target = new Option<string?>("--output") { Description = "Where to; by default export/ in the run's folder." };
        var best = new Option<bool>("--best") { Description = "Take the agent of the best evaluation on the way, not the last one." };
        var format = new Option<string>("--format") { Description = "torchsharp: .dat files for TorchSharp's Module.load. pytorch: .pt files for torch.load, a state_dict each.", DefaultValueFactory = _ => "torchsharp" };
        format.AcceptOnlyFromAmong("torchsharp", "pytorch");
        var command = new Command("export", "Write a run's networks as weight files of TorchSharp or PyTorch, with a description of them.") { folder, target, best, format };
        command.SetAction(parsed =>
        {
            string run = Paths.Folder(parsed.GetValue(folder)!), path = Paths.Folder(parsed.GetValue(target) ?? Path.Combine(run, "export"));
            (RunConfig config, DdpgAgent agent) = RunFolder.Load(run, parsed.GetValue(best));
            Directory.CreateDirectory(path);
            bool python = parsed.GetValue(format) == "pytorch";
            var networks = new JsonArray();
            networks.Add(Write(path, python, "policy", agent.Policy));
            networks.Add(Write(path, python, "target-policy", agent.TargetPolicy));
            for (int i = 0; i < agent.QNetworks.Count; i++)
            {
                string number = agent.QNetworks.Count == 1 ? "" : "-" + (i + 1).ToString(CultureInfo.InvariantCulture);
                networks.Add(Write(path, python, "q-network" + number, agent.QNetworks[i]));
                networks.Add(Write(path, python, "target-q-network" + number, agent.TargetQNetworks[i]));
            }
            File.WriteAllText(Path.Combine(path, "export.json"), Description(config, agent, networks).ToJsonString(new JsonSerializerOptions { WriteIndented = true, NewLine = "\n" }) + "\n");
            output.WriteLine($"{networks.Count} networks after {agent.Updates} updates, and export.json; written to {path}");
        });
        return command;
    }

    private static JsonObject Write(string folder, bool python, string name, Module network)
    {
        string file = name + (python ? ".pt" : ".dat");
        if (!python)
        {
            network.save(Path.Combine(folder, file));
        }
        else
        {
            using var copy = new DetachedCopy(network);
            copy.save_py(Path.Combine(folder, file));
        }
        var parameters = new JsonArray();
        foreach ((string parameter, Tensor value) in network.state_dict())
            parameters.Add(new JsonObject { ["name"] = parameter, ["shape"] = new JsonArray([.. value.shape.Select(size => JsonValue.Create(size))]) });
        return new JsonObject { ["file"] = file, ["parameters"] = parameters };
    }

    private static JsonObject Description(RunConfig config, DdpgAgent agent, JsonArray networks) => new()
    {
        ["format"] = 1,
        ["how"] = "Each .dat file is TorchSharp's own: make the module with the same layer names and shapes, then module.load(file). A .pt file is PyTorch's: module.load_state_dict(torch.load(file)). "
            + "A policy's action is action_half_range * tanh(fc_mu(x)) + action_center; a Q-network takes (action - action_center) / action_half_range beside the observation. Where observationNormalization is not null, the networks were trained on clip((observation - mean) / sqrt(variance + 1e-8), -clip, clip).",
        ["environment"] = config.Environment,
        ["seed"] = config.Seed,
        ["updates"] = agent.Updates,
        ["observation"] = Box(agent.ObservationSpace),
        ["action"] = Box(agent.ActionSpace),
        ["observationNormalization"] = agent.Normalizer is { } normalizer ? new JsonObject
        {
            ["mean"] = Numbers(normalizer.Mean),
            ["variance"] = Numbers(normalizer.Variance),
            ["clip"] = normalizer.Clip,
        }
        : null,
        ["networks"] = networks,
        ["hyperparameters"] = JsonNode.Parse(agent.Hyperparameters.ToJson()),
    };

    // An open bound is infinite, which JSON has no number for.
    private static JsonObject Box(Ddpg.Environments.Box box) => new()
    {
        ["low"] = new JsonArray([.. box.Low.Select(Bound)]),
        ["high"] = new JsonArray([.. box.High.Select(Bound)]),
    };

    private static JsonArray Numbers(double[] values) => new([.. values.Select(value => JsonValue.Create(value))]);

    private static JsonNode? Bound(float value) => float.IsFinite(value) ? JsonValue.Create(value) : null;
}
