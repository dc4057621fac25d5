using Ddpg.Agents;
using Ddpg.Environments;
using Ddpg.Exploration;
using Ddpg.Randomness;
using Ddpg.Replay;

namespace Ddpg.Tests.Exploration;

[Trait("Speed", "tiny")]
public sealed class AdaptiveParameterNoiseTests
{
    private static readonly Box Observations = new(-1, 1, 3);
    private static readonly Box Actions = new([-2, 0], [2, 10]);

    [Fact]
    public void One_perturbed_policy_acts_all_episode_long_and_the_next_episode_gets_another()
    {
        AdaptiveParameterNoise noise = new(MakeAgent(), new SeededRandom(1, RandomStream.Exploration));
        float[] seen = [0.1f, -0.4f, 0.7f];
        noise.Reset();
        float[] first = Apply(noise, seen), again = Apply(noise, seen);
        noise.Reset();
        float[] other = Apply(noise, seen);
        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
        Assert.True(Actions.Contains(first) && Actions.Contains(other));
    }

    [Fact]
    public void The_agent_itself_stays_unperturbed()
    {
        DdpgAgent agent = MakeAgent();
        float[] seen = [0.1f, -0.4f, 0.7f], before = agent.Act(seen);
        AdaptiveParameterNoise noise = new(agent, new SeededRandom(1), initialSigma: 1);
        for (int i = 0; i < 5; i++)
        {
            noise.Reset();
            Apply(noise, seen);
            noise.MeasureDistance(MakeMinibatch(8));
        }
        Assert.Equal(before, agent.Act(seen));
        Assert.NotEqual(before, Apply(noise, seen));
    }

    [Fact]
    public void Linear_layers_get_sigma_and_layer_normalisation_gets_nothing()
    {
        DdpgAgent agent = MakeAgent();
        PerturbedPolicy copy = new(agent);
        copy.Copy(agent.Policy);
        float[] plain = copy.Weights();
        copy.Perturb(agent.Policy, 0.3, new SeededRandom(2));
        float[] perturbed = copy.Weights();

        int index = 0, linear = 0;
        double squares = 0;
        foreach ((string name, TorchSharp.Modules.Parameter parameter) in agent.Policy.named_parameters())
        {
            for (int i = 0; i < parameter.numel(); i++, index++)
            {
                double moved = perturbed[index] - (double)plain[index];
                if (name.StartsWith("norms.", StringComparison.Ordinal)) Assert.Equal(0, moved);
                else (squares, linear) = (squares + moved * moved, linear + 1);
            }
        }
        Assert.Equal(copy.Count, index);
        Assert.True(linear < index, "this policy has no layer normalisation to leave alone");
        Assert.Equal(0.3, Math.Sqrt(squares / linear), 4 * 0.3 / Math.Sqrt(2.0 * linear));
    }

    [Fact]
    public void The_distance_is_the_root_mean_square_in_half_ranges()
    {
        DdpgAgent agent = MakeAgent();
        Minibatch minibatch = MakeMinibatch(16);
        double measured = new AdaptiveParameterNoise(agent, new SeededRandom(3)).MeasureDistance(minibatch);

        // The same draws again, and the formula by hand through the single-observation path.
        AdaptiveParameterNoise twin = new(agent, new SeededRandom(3));
        twin.Reset();
        double sum = 0;
        for (int row = 0; row < 16; row++)
        {
            float[] seen = minibatch.Observations[(3 * row)..(3 * row + 3)], plain = agent.Act(seen), moved = Apply(twin, seen);
            sum += Math.Pow((plain[0] - moved[0]) / 2, 2) + Math.Pow((plain[1] - moved[1]) / 5, 2);
        }
        Assert.Equal(Math.Sqrt(sum / 32), measured, 1e-5);
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(0.6)]
    public void Sigma_adapts_until_the_actions_move_as_far_as_wanted(double target)
    {
        AdaptiveParameterNoise noise = new(MakeAgent(), new SeededRandom(4), target, initialSigma: 0.01, adaptInterval: 3);
        Minibatch minibatch = MakeMinibatch(64);
        double sigma = noise.Sigma;
        noise.AfterUpdate(minibatch);
        noise.AfterUpdate(minibatch);
        Assert.Equal(sigma, noise.Sigma);                              // not yet
        noise.AfterUpdate(minibatch);
        Assert.Equal(sigma * 1.01, noise.Sigma, 1e-12);                // too timid: grows
        for (int i = 0; i < 3 * 900; i++) noise.AfterUpdate(minibatch);
        double mean = 0;
        for (int i = 0; i < 300; i++)
        {
            sigma = noise.Sigma;
            for (int k = 0; k < 3; k++) noise.AfterUpdate(minibatch);
            mean += noise.LastDistance / 300;
            Assert.Equal(noise.LastDistance <= target ? sigma * 1.01 : sigma / 1.01, noise.Sigma, 1e-12);
        }
        Assert.InRange(mean, 0.8 * target, 1.25 * target);
    }

    [Fact]
    public void Saved_noise_goes_on_where_it_was()
    {
        DdpgAgent agent = MakeAgent();
        SeededRandom random = new(5), otherRandom = new(0);
        AdaptiveParameterNoise original = new(agent, random), copy = new(agent, otherRandom);
        original.Reset();
        for (int i = 0; i < 70; i++) original.AfterUpdate(MakeMinibatch(8));
        copy.Restore(original.Save());
        otherRandom.State = random.State;
        float[] seen = [0.3f, 0.2f, -0.9f];
        for (int i = 0; i < 120; i++)
        {
            Assert.Equal(Apply(original, seen), Apply(copy, seen));
            original.AfterUpdate(MakeMinibatch(8));
            copy.AfterUpdate(MakeMinibatch(8));
            Assert.Equal(original.Sigma, copy.Sigma);
            if (i % 40 != 39) continue;
            original.Reset();
            copy.Reset();
        }
        Assert.Contains("finite ones", Assert.Throws<ArgumentException>(() => copy.Restore([1, 2, 3])).Message);
    }

    [Fact]
    public void Wrong_values_are_named()
    {
        DdpgAgent agent = MakeAgent();
        SeededRandom random = new(1);
        Assert.Contains("target deviation", Assert.Throws<ArgumentOutOfRangeException>(() => new AdaptiveParameterNoise(agent, random, 0)).Message);
        Assert.Contains("initial sigma", Assert.Throws<ArgumentOutOfRangeException>(() => new AdaptiveParameterNoise(agent, random, initialSigma: double.NaN)).Message);
        Assert.Contains("1.01", Assert.Throws<ArgumentOutOfRangeException>(() => new AdaptiveParameterNoise(agent, random, factor: 1)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdaptiveParameterNoise(agent, random, adaptInterval: 0));
        Assert.Contains("2 number(s), got 1", Assert.Throws<ArgumentException>(() => new AdaptiveParameterNoise(agent, random).Apply([0, 0, 0], [1])).Message);
    }

    private static DdpgAgent MakeAgent() => new(Observations, Actions, Hyperparameters.Pendulum with { HiddenSizes = [32, 32], PolicyLayerNorm = true }, seed: 7);

    private static Minibatch MakeMinibatch(int size)
    {
        Minibatch minibatch = new(size, 3, 2);
        SeededRandom random = new(6);
        for (int i = 0; i < minibatch.Observations.Length; i++) minibatch.Observations[i] = (float)random.NextUniform(-1, 1);
        return minibatch;
    }

    private static float[] Apply(IExploration noise, float[] observation)
    {
        float[] action = new float[2];
        noise.Apply(observation, action);
        return action;
    }
}
