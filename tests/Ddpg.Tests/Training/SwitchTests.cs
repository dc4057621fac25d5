using Ddpg.Agents;
using Ddpg.Tests.Agents;
using Ddpg.Training;
using TorchSharp;

namespace Ddpg.Tests.Training;

/// <summary>Every switch of the hyperparameters, on its own and with others, in a whole run.</summary>
public sealed class SwitchTests : IDisposable
{
    private const long Total = 230;
    private static readonly Hyperparameters Quick = RunLogTests.Quick with { LearningStarts = 100, StartSteps = 60, SaveInterval = 0, EvaluationInterval = 0, FinalEvaluationEpisodes = 1, EvaluationEpisodes = 1, PolicyDelay = 1 };

    private static readonly string[] Switches =
    [
        "PolicyLayerNorm=true", "CriticLayerNorm=true", "ObservationNormalization=true", "TargetNoiseStd=0.2", "Critics=2", "Critics=3", "PolicyDelay=2", "TargetUpdateInterval=3", "UpdatesPerStep=2",
        "StartSteps=90", "LearningStarts=150", "NoiseDecaySteps=100", "CriticWeightDecay=0.01", "WeightInitialization=Xavier", "WeightInitialization=Paper", "BiasInitialization=Zeros",
        "Exploration=OrnsteinUhlenbeck", "Exploration=AdaptiveParameter", "Exploration=None", "Tau=1", "ReplayCapacity=64",
    ];

    private readonly string _root = Directory.CreateTempSubdirectory("ddpg-switches-").FullName;

    public static TheoryData<string> Alone => [.. Switches];

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [MemberData(nameof(Alone))]
    public void A_switch_alone_changes_what_is_learnt_and_the_same_seed_learns_the_same(string assignment)
    {
        float[] one = Learn(With(assignment)), two = Learn(With(assignment));
        Assert.All(one, weight => Assert.True(float.IsFinite(weight)));
        Assert.Equal(one, two);
        Assert.NotEqual(Learn(Quick), one);
    }

    /// <summary>The mean of several critics needs several critics.</summary>
    [Fact]
    public void Minimum_and_mean_of_two_critics_learn_differently_and_of_one_critic_the_same()
    {
        Assert.NotEqual(Learn(With("Critics=2", "CriticTarget=Minimum")), Learn(With("Critics=2", "CriticTarget=Mean")));
        Assert.Equal(Learn(With("CriticTarget=Minimum")), Learn(With("CriticTarget=Mean")));
    }

    [Fact]
    public void All_together_a_run_stopped_and_resumed_ends_in_the_same_bytes() =>
        StopAndResume(With("PolicyLayerNorm=true", "CriticLayerNorm=true", "ObservationNormalization=true", "TargetNoiseStd=0.2", "Critics=2", "CriticTarget=Mean", "PolicyDelay=2", "TargetUpdateInterval=2",
            "UpdatesPerStep=2", "StartSteps=90", "LearningStarts=120", "NoiseDecaySteps=100", "CriticWeightDecay=0.01", "WeightInitialization=Paper", "BiasInitialization=Uniform", "ReplayCapacity=70"));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void Any_of_them_together_a_run_stopped_and_resumed_ends_in_the_same_bytes(int seed)
    {
        var random = new Random(seed);
        StopAndResume(With([.. Switches.Where(_ => random.Next(2) == 0)]));
    }

    private void StopAndResume(Hyperparameters hyperparameters)
    {
        string straight = Path.Combine(_root, "straight"), stopped = Path.Combine(_root, "stopped");
        using (Run run = Run.Start(straight, Trainer.Create("Pendulum-v1", hyperparameters, 5), Total))
            run.Train();
        using (Run run = Run.Start(stopped, Trainer.Create("Pendulum-v1", hyperparameters, 5), Total))
        {
            using var stop = new CancellationTokenSource();
            run.Trainer.Stepped += at => { if (at == 171) stop.Cancel(); };
            Assert.True(run.Train(stop.Token).Cancelled);
        }
        using (Run run = Run.Resume(stopped))
            run.Train();
        RunLogTests.AssertSameRun(straight, stopped);
    }

    private static Hyperparameters With(params string[] assignments) =>
        assignments.Select(assignment => assignment.Split('=')).Aggregate(Quick, (settings, pair) => settings.With(pair[0], pair[1]));

    private static float[] Learn(Hyperparameters hyperparameters)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Trainer trainer = Trainer.Create("Pendulum-v1", hyperparameters, 5);
        trainer.Train(Total);
        return [.. UpdateTests.Weights(trainer.Agent.Policy), .. UpdateTests.Weights(trainer.Agent.QNetwork)];
    }
}
