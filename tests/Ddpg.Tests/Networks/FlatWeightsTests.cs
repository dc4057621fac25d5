using Ddpg.Agents;
using Ddpg.Environments;
using Ddpg.Networks;
using Ddpg.Randomness;
using Ddpg.Tests.Agents;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Ddpg.Tests.Networks;

/// <summary>The layers' parameters are views of one tensor, and ordinary parameters all the same.</summary>
[Trait("Speed", "tiny")]
public sealed class FlatWeightsTests
{
    private static readonly Box Observations = new(-1, 1, 3), Actions = new(-2, 2, 1);

    [Fact]
    public void Parameters_and_flat_weights_are_the_same_numbers()
    {
        var policy = new Policy(Observations, Actions, Hyperparameters.Pendulum, new SeededRandom(1));
        Parameter bias = policy.get_parameter("fc_mu.bias")!;
        using (no_grad()) bias.copy_(tensor([7f]));
        Assert.Equal(7f, policy.Weights.Values.data<float>().ToArray()[policy.Weights.OffsetOf(bias)]);
        Assert.Equal(policy.parameters().Sum(parameter => parameter.numel()), policy.Weights.Parameters.Sum(parameter => parameter.numel()));
    }

    [Fact]
    public void Loading_and_saving_see_ordinary_modules()
    {
        Policy one = new(Observations, Actions, Hyperparameters.Pendulum, new SeededRandom(1)), other = new(Observations, Actions, Hyperparameters.Pendulum, new SeededRandom(2));
        other.load_state_dict(one.state_dict());
        Assert.Equal(UpdateTests.Weights(one), UpdateTests.Weights(other));
        Assert.Equal(one.Weights.Values.data<float>().ToArray(), other.Weights.Values.data<float>().ToArray());
    }

    [Fact]
    public void A_readers_own_optimizer_trains_the_kits_network()
    {
        using DisposeScope scope = NewDisposeScope();
        var critic = new QNetwork(Observations, Actions, Hyperparameters.Pendulum, new SeededRandom(1));
        Adam adam = optim.Adam(critic.parameters(), 1e-2);
        Tensor s = randn(32, 3), a = randn(32, 1), y = ones(32, 1);
        float before = Losses.CriticLoss(critic.call(s, a), y).item<float>();
        for (int step = 0; step < 50; step++)
        {
            adam.zero_grad();
            Losses.CriticLoss(critic.call(s, a), y).backward();
            adam.step();
        }
        Assert.True(Losses.CriticLoss(critic.call(s, a), y).item<float>() < before / 2);
        // What the reader trained is what the fused kernels read.
        Assert.Equal(UpdateTests.Weights(critic)[0], critic.Weights.Values.data<float>().ToArray()[0]);
    }

    [Fact]
    public void A_readers_zero_grad_does_not_take_the_gradient_from_the_agent()
    {
        DdpgAgent agent = UpdateTests.Agent(Hyperparameters.Pendulum with { UpdateBy = UpdateMethod.Autograd, PolicyDelay = 1 });
        agent.Update(UpdateTests.RandomMinibatch(1));
        agent.Policy.zero_grad();
        float[] before = UpdateTests.Weights(agent.Policy);
        agent.Update(UpdateTests.RandomMinibatch(2));
        Assert.NotEqual(before, UpdateTests.Weights(agent.Policy));
    }
}
