using System.Text.Json;
using System.Text.Json.Nodes;
using Ddpg.Agents;
using Ddpg.Environments;
using Ddpg.Randomness;
using Ddpg.Replay;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace Ddpg.Tests.Agents;

[Trait("Speed", "tiny")]
public sealed class UpdateTests
{
    private static readonly Box Observations = new(-1, 1, 3);
    private static readonly Box Actions = new([-2f, 0f], [2f, 1f]);

    public static TheoryData<string, UpdateMethod> RecordedCases()
    {
        var cases = new TheoryData<string, UpdateMethod>();
        foreach (string name in new[] { "ddpg", "norm", "decay", "td3", "mean" })
            foreach (UpdateMethod method in Enum.GetValues<UpdateMethod>())
                cases.Add(name, method);
        return cases;
    }

    /// <summary>Four updates from given weights on given minibatches end where PyTorch's do (Golden/update.py, in float64).</summary>
    [Theory]
    [MemberData(nameof(RecordedCases))]
    public void Updates_end_where_pytorchs_do(string name, UpdateMethod method)
    {
        JsonNode golden = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "update.json")))![name]!;
        Hyperparameters hyperparameters = Hyperparameters.FromJson(golden["hyperparameters"]!.ToJsonString()) with { UpdateBy = method };
        var agent = new DdpgAgent(Observations, Actions, hyperparameters);
        ForEachNetwork(agent, golden["start"]!, (parameter, values, _) => parameter.data<float>().CopyFrom(values));

        foreach ((JsonNode? batch, JsonNode? expected) in golden["batches"]!.AsArray().Zip(golden["metrics"]!.AsArray()))
        {
            UpdateMetrics metrics = agent.Update(Minibatch(batch!));
            Assert.Equal((double)expected!["criticLoss"]!, metrics.CriticLoss, 1e-4);
            Assert.Equal((double?)expected["policyLoss"] is null, metrics.PolicyLoss is null);
            Assert.Equal((double?)expected["policyLoss"] ?? 0, metrics.PolicyLoss ?? 0, 1e-4);
        }

        ForEachNetwork(agent, golden["end"]!, (parameter, values, key) =>
        {
            float[] mine = parameter.data<float>().ToArray();
            for (int i = 0; i < mine.Length; i++)
                Assert.True(Math.Abs(mine[i] - values[i]) < 2e-5, $"{key}[{i}]: {mine[i]}, PyTorch {values[i]}");
        });
    }

    [Fact]
    public void The_policy_update_leaves_the_critic_alone()
    {
        // The same first update with and without its policy half: the critic must not feel the difference.
        DdpgAgent with = Agent(Hyperparameters.Pendulum with { PolicyDelay = 1 }), without = Agent(Hyperparameters.Pendulum with { PolicyDelay = 2 });
        float[] policyBefore = Weights(with.Policy);
        Minibatch minibatch = RandomMinibatch(1);
        Assert.NotNull(with.Update(minibatch).PolicyLoss);
        Assert.Null(without.Update(minibatch).PolicyLoss);
        Assert.Equal(Weights(without.QNetwork), Weights(with.QNetwork));
        Assert.NotEqual(policyBefore, Weights(with.Policy));
        Assert.Equal(policyBefore, Weights(without.Policy));
        Assert.All(with.QNetwork.parameters(), parameter => Assert.True(parameter.requires_grad));
    }

    [Fact]
    public void Target_networks_start_as_copies_and_take_no_gradient()
    {
        DdpgAgent agent = Agent();
        Assert.Equal(Weights(agent.Policy), Weights(agent.TargetPolicy));
        Assert.Equal(Weights(agent.QNetwork), Weights(agent.TargetQNetwork));
        agent.Update(RandomMinibatch(1));
        Assert.All(agent.TargetPolicy.parameters().Concat(agent.TargetQNetwork.parameters()), parameter => Assert.True(!parameter.requires_grad && parameter.grad is null));
    }

    [Fact]
    public void Several_critics_start_different()
    {
        DdpgAgent agent = Agent(Hyperparameters.Pendulum with { Critics = 2 });
        Assert.NotEqual(Weights(agent.QNetworks[0]), Weights(agent.QNetworks[1]));
    }

    [Fact]
    public void Target_smoothing_changes_what_is_learnt_and_is_fixed_by_the_seed()
    {
        Hyperparameters smooth = Hyperparameters.Pendulum with { TargetNoiseStd = 0.2 };
        float[] After(Hyperparameters hyperparameters, ulong seed)
        {
            DdpgAgent agent = Agent(hyperparameters, seed);
            agent.Update(RandomMinibatch(1));
            return Weights(agent.QNetwork);
        }
        Assert.Equal(After(smooth, 1), After(smooth, 1));
        Assert.NotEqual(After(smooth, 1), After(Hyperparameters.Pendulum, 1));
        // A clip of zero leaves no noise at all.
        Assert.Equal(After(Hyperparameters.Pendulum, 1), After(smooth with { TargetNoiseClip = 0 }, 1));
    }

    [Fact]
    public void Wrong_sizes_are_refused_with_both_numbers()
    {
        DdpgAgent agent = Agent();
        Assert.Contains("observations of 2 and actions of 2 numbers; this agent was made for 3 and 2", Assert.Throws<ArgumentException>(() => agent.Update(new Minibatch(4, 2, 2))).Message);
        Assert.Contains("has 4 numbers; this agent was made for 3", Assert.Throws<ArgumentException>(() => agent.Act(new float[4])).Message);
        Assert.Contains("has 1 numbers; this agent was made for 2", Assert.Throws<ArgumentException>(() => agent.Act(new float[3], new float[1])).Message);
    }

    [Fact]
    public void Acting_and_updating_leave_no_tensor_behind()
    {
        DdpgAgent agent = Agent(Hyperparameters.Td3 with { HiddenSizes = [8, 8] });
        Minibatch minibatch = RandomMinibatch(1);
        for (int i = 0; i < 4; i++)
        {
            agent.Update(minibatch);
            agent.Act(new float[3]);
        }
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (int i = 0; i < 20; i++)
        {
            agent.Update(minibatch);
            agent.Act(new float[3]);
        }
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    internal static DdpgAgent Agent(Hyperparameters? hyperparameters = null, ulong seed = 1) => new(Observations, Actions, hyperparameters ?? Hyperparameters.Pendulum, seed);

    internal static Minibatch RandomMinibatch(ulong seed)
    {
        var random = new SeededRandom(seed);
        var minibatch = new Minibatch(64, 3, 2);
        foreach (float[] values in new[] { minibatch.Observations, minibatch.Actions, minibatch.Rewards, minibatch.NextObservations })
            for (int i = 0; i < values.Length; i++)
                values[i] = (float)random.NextUniform(0, 1);
        minibatch.Terminated[5] = 1;
        return minibatch;
    }

    internal static float[] Weights(Module network) => [.. network.parameters().SelectMany(parameter => parameter.data<float>().ToArray())];

    private static Minibatch Minibatch(JsonNode batch)
    {
        var minibatch = new Minibatch(4, 3, 2);
        batch["observations"].Deserialize<float[]>()!.CopyTo(minibatch.Observations, 0);
        batch["actions"].Deserialize<float[]>()!.CopyTo(minibatch.Actions, 0);
        batch["rewards"].Deserialize<float[]>()!.CopyTo(minibatch.Rewards, 0);
        batch["nextObservations"].Deserialize<float[]>()!.CopyTo(minibatch.NextObservations, 0);
        batch["terminated"].Deserialize<float[]>()!.CopyTo(minibatch.Terminated, 0);
        return minibatch;
    }

    private static void ForEachNetwork(DdpgAgent agent, JsonNode golden, Action<Parameter, float[], string> action)
    {
        void Visit(Module network, JsonNode values, string name)
        {
            Assert.Equal(values.AsObject().Select(pair => pair.Key).Order(), network.named_parameters().Select(pair => pair.Item1).Order());
            foreach ((string key, Parameter parameter) in network.named_parameters())
                action(parameter, values[key].Deserialize<float[]>()!, $"{name}.{key}");
        }
        Visit(agent.Policy, golden["policy"]!, "policy");
        Visit(agent.TargetPolicy, golden["targetPolicy"]!, "targetPolicy");
        for (int i = 0; i < agent.QNetworks.Count; i++)
        {
            Visit(agent.QNetworks[i], golden["critics"]![i]!, $"critics[{i}]");
            Visit(agent.TargetQNetworks[i], golden["targetCritics"]![i]!, $"targetCritics[{i}]");
        }
    }
}
