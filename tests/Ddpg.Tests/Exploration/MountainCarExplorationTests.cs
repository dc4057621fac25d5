using Ddpg.Agents;
using Ddpg.Environments;
using Ddpg.Exploration;
using Ddpg.Networks;
using Ddpg.Randomness;
using Ddpg.Replay;

namespace Ddpg.Tests.Exploration;

/// <summary>
/// How often each explorer finds the mountain car's flag within one episode before anything is learnt. The expected shares come from a reference run in
/// Python with 1,000 episodes each; here 200 episodes (60 with networks),
/// whose standard error at a share of 0.2 is 0.03 (0.05).
/// </summary>
public sealed class MountainCarExplorationTests
{
    private const int Episodes = 200;

    [Theory]
    [InlineData(0.2, 0, 0)]          // the post's default: 0 of 1,000
    [InlineData(0.5, 0, 0.01)]       // 0
    [InlineData(1.0, 0, 0.06)]       // 1.4 %
    public void Independent_noise_finds_it_never_or_nearly_so(double sigma, double lowest, double highest) =>
        Assert.InRange(ShareOfGoals(random => new NormalActionNoise(ActionSpace, random, sigma)), lowest, highest);

    [Theory]
    [InlineData(0.2, 0.01, 0, 0)]        // 0: so slow that the episode is over first
    [InlineData(0.2, 0.1, 0.08, 0.27)]   // 17 %
    [InlineData(0.2, 1, 0.19, 0.41)]     // 30 %
    [InlineData(0.5, 0.01, 0.03, 0.17)]  // 9 %
    [InlineData(0.5, 0.1, 0.68, 0.88)]   // 78 %
    [InlineData(0.5, 1, 0.76, 0.93)]     // 85 %
    public void The_time_step_of_correlated_noise_decides(double sigma, double timeStep, double lowest, double highest) =>
        Assert.InRange(ShareOfGoals(random => new OrnsteinUhlenbeckActionNoise(ActionSpace, random, sigma: sigma, timeStep: timeStep)), lowest, highest);

    [Theory]
    [InlineData(0.2, false, false, 0, 0)]    // 0 of 1,000
    [InlineData(0.6, true, false, 0.06, 0.42)]  // 21 %
    [InlineData(0.6, true, true, 0.05, 0.40)]   // 19 %
    public void Parameter_noise_needs_normalised_observations(double target, bool normalise, bool layerNorm, double lowest, double highest)
    {
        double share = ShareOfGoalsWithParameterNoise(target, normalise, layerNorm, episodes: 60);
        Assert.InRange(share, lowest, highest);
    }

    private static Box ActionSpace { get; } = new MountainCarContinuous().ActionSpace;

    private static double ShareOfGoals(Func<SeededRandom, IExploration> make)
    {
        MountainCarContinuous car = new();
        IExploration exploration = make(new SeededRandom(1, RandomStream.Exploration));
        float[] action = new float[1];
        int goals = 0;
        car.Reset(1);
        for (int episode = 0; episode < Episodes; episode++)
        {
            car.Reset();
            exploration.Reset();
            StepResult result;
            do
            {
                action[0] = 0;   // an untrained policy with small last-layer weights
                exploration.Apply([], action);
                result = car.Step(action);
            }
            while (!result.EpisodeEnded);
            if (result.Terminated) goals++;
        }
        return goals / (double)Episodes;
    }

    private static double ShareOfGoalsWithParameterNoise(double target, bool normalise, bool layerNorm, int episodes)
    {
        MountainCarContinuous car = new();
        Hyperparameters hyperparameters = Hyperparameters.Pendulum with
        {
            WeightInitialization = WeightInitialization.Paper,
            ObservationNormalization = normalise,
            PolicyLayerNorm = layerNorm,
        };
        SeededRandom replaying = new(1, RandomStream.Replay), exploring = new(1, RandomStream.Exploration);
        ReplayBuffer seen = new(50_000, 2, 1);
        Minibatch minibatch = new(64, 2, 1);
        int goals = 0;
        car.Reset(1);
        double sigma = 0.2;
        for (int episode = 0; episode < episodes; episode++)
        {
            // A network of its own each time: what one network cannot do is not taken for what the noise cannot do.
            DdpgAgent agent = new(car.ObservationSpace, car.ActionSpace, hyperparameters, (ulong)episode);
            AdaptiveParameterNoise noise = new(agent, exploring, target, sigma, adaptInterval: 1);
            float[] observation = car.Reset();
            for (int i = Math.Max(0, seen.Count - 5000); i < seen.Count; i += 5) agent.Observe(seen[i].Observation);
            if (seen.Count > 0)
            {
                for (int i = 0; i < 100; i++)
                {
                    seen.Sample(minibatch, replaying);
                    noise.AfterUpdate(minibatch);
                }
            }
            sigma = noise.Sigma;
            noise.Reset();
            float[] action = new float[1];
            StepResult result;
            do
            {
                agent.Observe(observation);
                noise.Apply(observation, action);
                result = car.Step(action);
                seen.Add(observation, action, result.Reward, result.Observation, result.Terminated);
                observation = result.Observation;
            }
            while (!result.EpisodeEnded);
            if (result.Terminated) goals++;
        }
        return goals / (double)episodes;
    }
}
