using Ddpg.Agents;
using Ddpg.Environments;
using Ddpg.Tests.Agents;
using Ddpg.Training;

namespace Ddpg.Tests.Training;

/// <summary>RewardScale changes what is learnt from and nothing that is stored or reported.</summary>
[Trait("Speed", "tiny")]
public sealed class RewardScaleTests
{
    private static readonly Hyperparameters Quick = RunLogTests.Quick with { ReplayCapacity = 1_000 };

    [Fact]
    public void Rewards_a_thousand_times_as_large_with_a_thousandth_of_the_scale_are_the_same_training()
    {
        // 1024 is a power of two: scaling by it rounds nothing, so that the two must agree to the bit.
        Trainer plain = Make(new Pendulum(), Quick), scaled = Make(new OddEnvironment(new Pendulum()) { Pay = step => 1024 * (double)(float)step.Reward }, Quick with { RewardScale = 1.0 / 1024 });
        TrainingResult one = plain.Train(420), other = scaled.Train(420);
        Assert.Equal(UpdateTests.Weights(plain.Agent.Policy), UpdateTests.Weights(scaled.Agent.Policy));
        Assert.Equal(UpdateTests.Weights(plain.Agent.QNetwork), UpdateTests.Weights(scaled.Agent.QNetwork));
        Assert.Equal(one.Episodes.Select(episode => episode.CriticLoss), other.Episodes.Select(episode => episode.CriticLoss));
        Assert.NotEqual(UpdateTests.Weights(plain.Agent.QNetwork), UpdateTests.Weights(Trained(Quick with { RewardScale = 0.5 }).Agent.QNetwork));
    }

    [Fact]
    public void Replay_and_reported_returns_keep_the_environments_units()
    {
        Trainer plain = Trained(Quick with { StartSteps = 1_000, LearningStarts = 200 }), scaled = Trained(Quick with { StartSteps = 1_000, LearningStarts = 200, RewardScale = 0.01 });
        for (int row = 0; row < 420; row++)
            Assert.Equal(plain.Replay[row].Reward, scaled.Replay[row].Reward);
        TrainingResult one = plain.Train(430), other = scaled.Train(430);
        Assert.Equal(one.Episodes.Select(episode => episode.Return), other.Episodes.Select(episode => episode.Return));
        // Losses are squares of scaled values.
        Assert.True(other.Episodes[^1].CriticLoss < 0.01 * one.Episodes[^1].CriticLoss);
    }

    [Fact]
    public void The_pendulum_in_other_units_of_reward_is_learnt_with_the_scale_and_not_without()
    {
        double Final(double scale)
        {
            IEnvironment Large() => new OddEnvironment(new Pendulum()) { Pay = step => 5_000 * step.Reward };
            Hyperparameters hyperparameters = Hyperparameters.Pendulum with { TotalSteps = 6_000, HiddenSizes = [32, 32], EvaluationInterval = 0, FinalEvaluationEpisodes = 20, RewardScale = scale };
            return Make(Large(), hyperparameters, Large()).Train(6_000).FinalEvaluation!.Mean / 5_000;
        }
        Assert.InRange(Final(1.0 / 5_000), -250, 0);
        Assert.InRange(Final(1), double.NegativeInfinity, -400);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(1e7)]
    public void Only_a_positive_scale_is_one(double scale) =>
        Assert.Contains("it must lie in (0, 1000000]", Assert.Throws<ArgumentOutOfRangeException>(() => Quick with { RewardScale = scale }).Message);

    private static Trainer Trained(Hyperparameters hyperparameters)
    {
        Trainer trainer = Make(new Pendulum(), hyperparameters);
        trainer.Train(420);
        return trainer;
    }

    private static Trainer Make(IEnvironment environment, Hyperparameters hyperparameters, IEnvironment? evaluation = null)
    {
        var agent = new DdpgAgent(environment.ObservationSpace, environment.ActionSpace, hyperparameters, 1);
        return new Trainer(environment, agent, evaluation is null ? null : new Evaluator(evaluation));
    }
}
