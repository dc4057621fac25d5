using Ddpg.Agents;
using Ddpg.Environments;
using Ddpg.Networks;
using Ddpg.Randomness;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Ddpg.Tests.Networks;

[Trait("Speed", "tiny")]
public sealed class NetworkTests
{
    private static readonly Box Observations = new(-1, 1, 15);
    private static readonly Box Actions = new([-2, 0, -1], [2, 6, 1]);

    [Fact]
    public void The_policy_prints_its_structure_as_the_post_shows_it() => Assert.Equal(
        """
        Policy(
          (layers): ModuleList(
            (0): Linear(in_features=15, out_features=256, bias=True)
            (1): Linear(in_features=256, out_features=256, bias=True)
          )
          (fc_mu): Linear(in_features=256, out_features=3, bias=True)
          (tanh_mu): Tanh()
        )
        """, new Policy(Observations, Actions, Hyperparameters.Post).ToString());

    [Fact]
    public void The_q_network_prints_its_structure_as_the_post_shows_it() => Assert.Equal(
        """
        QNetwork(
          (layers): ModuleList(
            (0): Linear(in_features=18, out_features=256, bias=True)
            (1): Linear(in_features=256, out_features=256, bias=True)
            (2): Linear(in_features=256, out_features=1, bias=True)
          )
        )
        """, new QNetwork(Observations, Actions, Hyperparameters.Post).ToString());

    [Fact]
    public void Layer_normalisation_shows_in_the_structure_and_in_the_parameters()
    {
        Hyperparameters hyperparameters = Hyperparameters.Post with { HiddenSizes = [8, 8], PolicyLayerNorm = true, CriticLayerNorm = true };
        var policy = new Policy(Observations, Actions, hyperparameters);
        Assert.Contains("(norms): ModuleList(\n    (0): LayerNorm((8,), eps=1e-05, elementwise_affine=True)", policy.ToString());
        Assert.Contains("norms.1.bias", policy.named_parameters().Select(pair => pair.Item1));
        Assert.Contains("norms.0.weight", new QNetwork(Observations, Actions, hyperparameters).state_dict().Keys);
    }

    [Fact]
    public void A_saturated_policy_reaches_both_ends_of_every_action()
    {
        var policy = new Policy(Observations, Actions, Hyperparameters.Post with { HiddenSizes = [4] }, new SeededRandom(1));
        using (no_grad())
            policy.get_parameter("fc_mu.bias")!.copy_(tensor([100f, 100f, -100f]));
        Assert.Equal([2f, 6f, -1f], policy.call(zeros(1, 15)).data<float>().ToArray());
        using (no_grad())
            policy.get_parameter("fc_mu.bias")!.copy_(tensor([-100f, -100f, 0f]));
        Assert.Equal([-2f, 0f, 0f], policy.call(zeros(1, 15)).data<float>().ToArray());
    }

    /// <summary>The same force in other units is the same action to the critic.</summary>
    [Fact]
    public void The_q_network_sees_actions_scaled_by_their_space_and_gives_one_value_a_row()
    {
        Hyperparameters hyperparameters = Hyperparameters.Post with { HiddenSizes = [4] };
        QNetwork wide = new(Observations, new Box(-32, 32, 3), hyperparameters, new SeededRandom(1)), narrow = new(Observations, new Box(-2, 2, 3), hyperparameters, new SeededRandom(1));
        using Tensor observation = ones(2, 15), action = ones(2, 3);
        Assert.Equal(wide.call(observation, 16 * action).data<float>().ToArray(), narrow.call(observation, action).data<float>().ToArray());
        Assert.NotEqual(wide.call(observation, action).data<float>().ToArray(), narrow.call(observation, action).data<float>().ToArray());
        Assert.Equal([2, 1], wide.call(observation, action).shape);
    }

    [Fact]
    public void A_number_of_the_action_that_cannot_vary_leaves_the_value_a_number()
    {
        var critic = new QNetwork(Observations, new Box([-1, 3], [1, 3]), Hyperparameters.Post with { HiddenSizes = [4] }, new SeededRandom(1));
        Assert.True(float.IsFinite(critic.call(ones(1, 15), tensor(new[] { 0.5f, 3f }, 1, 2)).item<float>()));
    }

    [Fact]
    public void The_same_seed_starts_the_same_network_and_another_seed_another()
    {
        float[] Weights(ulong seed) => new Policy(Observations, Actions, Hyperparameters.Post, new SeededRandom(seed, RandomStream.WeightInitialization)).get_parameter("layers.1.weight")!.data<float>().ToArray();
        Assert.Equal(Weights(7), Weights(7));
        Assert.NotEqual(Weights(7), Weights(8));
    }

    /// <summary>The bounds of each scheme, by formula: Xavier √(6/(fan_in + fan_out)), fan-in 1/√fan_in, the paper's last layer 3e-3.</summary>
    [Theory]
    [InlineData(WeightInitialization.Xavier, BiasInitialization.Zeros, 0.14881, 0.0, 0.15221, 0.0)]
    [InlineData(WeightInitialization.Uniform, BiasInitialization.Uniform, 0.25820, 0.25820, 0.0625, 0.0625)]
    [InlineData(WeightInitialization.Paper, BiasInitialization.Uniform, 0.25820, 0.25820, 0.003, 0.003)]
    public void Weights_fill_the_interval_of_their_scheme(WeightInitialization weights, BiasInitialization biases, double hidden, double hiddenBias, double last, double lastBias)
    {
        var policy = new Policy(Observations, Actions, Hyperparameters.Post with { WeightInitialization = weights, BiasInitialization = biases }, new SeededRandom(3));
        AssertFills(policy.get_parameter("layers.0.weight")!, hidden);
        AssertFills(policy.get_parameter("layers.0.bias")!, hiddenBias);
        AssertFills(policy.get_parameter("fc_mu.weight")!, last);
        AssertFills(policy.get_parameter("fc_mu.bias")!, lastBias);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.005)]
    [InlineData(1)]
    public void A_soft_update_moves_the_target_the_fraction_tau(double tau)
    {
        var source = new Policy(Observations, Actions, Hyperparameters.Post with { HiddenSizes = [4] }, new SeededRandom(1));
        var target = new Policy(Observations, Actions, Hyperparameters.Post with { HiddenSizes = [4] }, new SeededRandom(2));
        float[] theta = Values(source), before = Values(target);
        SoftUpdate.Apply(source, target, tau);
        Assert.Equal(theta, Values(source));
        Assert.All(Values(target).Zip(theta.Zip(before)), triple => Assert.Equal(tau * triple.Second.First + (1 - tau) * triple.Second.Second, triple.First, 1e-6));
        if (tau is 0 or 1)
            Assert.Equal(tau == 0 ? before : theta, Values(target));
    }

    [Fact]
    public void A_soft_update_refuses_a_wrong_rate_and_other_structures()
    {
        Policy small = new(Observations, Actions, Hyperparameters.Post with { HiddenSizes = [4] }), large = new(Observations, Actions, Hyperparameters.Post with { HiddenSizes = [5] });
        Assert.Throws<ArgumentOutOfRangeException>(() => SoftUpdate.Apply(small, small, 1.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => SoftUpdate.Apply(small, small, double.NaN));
        Assert.Contains("(4, 15) in the source and (5, 15) in the target", Assert.Throws<ArgumentException>(() => SoftUpdate.Apply(small, large, 0.5)).Message);
        Assert.Contains("parameters", Assert.Throws<ArgumentException>(() => SoftUpdate.Apply(small, new Policy(Observations, Actions, Hyperparameters.Post), 0.5)).Message);
    }

    [Fact]
    public void An_unbounded_action_space_is_refused() =>
        Assert.Contains("infinite bound", Assert.Throws<InvalidOperationException>(() => new Policy(Observations, new Box(-1, float.PositiveInfinity, 1), Hyperparameters.Post)).Message);

    private static float[] Values(Policy policy) => [.. policy.parameters().SelectMany(parameter => parameter.data<float>().ToArray())];

    private static void AssertFills(Parameter parameter, double bound)
    {
        float[] values = parameter.data<float>().ToArray();
        Assert.All(values, value => Assert.InRange(value, -bound - 1e-5, bound + 1e-5));
        if (bound == 0 || values.Length < 100) return;
        // The largest of n uniform numbers falls below 1 − 24/n of the bound with a chance of e⁻¹².
        Assert.InRange(values.Max(), bound * (1 - 24.0 / values.Length), bound + 1e-5);
        Assert.InRange(values.Min(), -bound - 1e-5, -bound * (1 - 24.0 / values.Length));
    }
}
