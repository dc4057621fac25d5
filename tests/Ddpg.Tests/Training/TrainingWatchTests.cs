using Ddpg.Agents;
using Ddpg.Environments;
using Ddpg.Networks;
using Ddpg.Tests.Agents;
using Ddpg.Tests.Viewing;
using Ddpg.Training;
using Ddpg.Viewing;

namespace Ddpg.Tests.Training;

/// <summary>The trainer tells of what ruins learning, once, and of nothing else.</summary>
[Trait("Speed", "tiny")]
public sealed class TrainingWatchTests : IDisposable
{
    private static readonly Hyperparameters Quick = Hyperparameters.Pendulum with
    {
        HiddenSizes = [8, 8],
        MinibatchSize = 8,
        StartSteps = 200,
        LearningStarts = 200,
        EvaluationInterval = 500,
        EvaluationEpisodes = 1,
        FinalEvaluationEpisodes = 2,
        SaveInterval = 400,
        ReplayCapacity = 5_000,
    };

    private readonly string _root = Directory.CreateTempSubdirectory("ddpg-watch-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void An_environment_that_hands_out_one_array_again_and_again_is_trained_on_rightly_and_told()
    {
        Trainer plain = Make(new Pendulum(), Quick, new Pendulum()), odd = Make(new OddEnvironment(new Pendulum()) { OneArray = true }, Quick, new OddEnvironment(new Pendulum()) { OneArray = true });
        TrainingResult expected = plain.Train(700), actual = odd.Train(700);
        for (int row = 0; row < 700; row++)
            Assert.True(plain.Replay.Row(row).SequenceEqual(odd.Replay.Row(row)), $"transition {row} differs");
        Assert.Equal(UpdateTests.Weights(plain.Agent.Policy), UpdateTests.Weights(odd.Agent.Policy));
        Assert.Equal(expected.FinalEvaluation!.Result.Returns, actual.FinalEvaluation!.Result.Returns);
        Assert.Empty(expected.Warnings);
        TrainingWarning warning = Assert.Single(actual.Warnings);
        Assert.Equal((0L, TrainingConcern.ReusedArray), (warning.Step, warning.Concern));
        Assert.Contains("Make a new array in each Reset and Step", warning.Message);
    }

    [Fact]
    public void An_array_that_comes_back_every_second_step_does_no_harm_either()
    {
        float[][] two = [new float[3], new float[3]];
        int calls = 0;
        var environment = new OddEnvironment(new Pendulum()) { Show = observation => { float[] array = two[calls++ % 2]; observation.CopyTo(array, 0); return array; } };
        Trainer plain = Make(new Pendulum(), Quick, new Pendulum()), odd = Make(environment, Quick, new Pendulum());
        plain.Train(300);
        odd.Train(300);
        Assert.Equal(UpdateTests.Weights(plain.Agent.QNetwork), UpdateTests.Weights(odd.Agent.QNetwork));
    }

    [Fact]
    public void A_constant_observation_is_told_once_with_its_numbers()
    {
        Trainer trainer = Make(new OddEnvironment(new Pendulum()) { Show = _ => [0.5f, 0, -2] }, Quick);
        var told = new List<TrainingWarning>();
        trainer.Warned += told.Add;
        TrainingResult result = trainer.Train(2_400);
        TrainingWarning warning = Assert.Single(told, one => one.Concern == TrainingConcern.ConstantObservation);
        Assert.Equal(1_000, warning.Step);
        Assert.Contains("every observation was [0.5, 0, -2]", warning.Message);
        Assert.Contains("notebooks/11-your-own-environment.ipynb", warning.Message);
        Assert.Equal(told, result.Warnings);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_reward_that_never_changes_is_told_once(double reward)
    {
        Trainer trainer = Make(new OddEnvironment(new Pendulum()) { Pay = _ => reward }, Quick);
        TrainingWarning warning = Assert.Single(trainer.Train(2_100).Warnings, one => one.Concern == TrainingConcern.ConstantReward);
        Assert.Equal(1_000, warning.Step);
        Assert.StartsWith($"the reward was {reward} in each of the 1000 steps", warning.Message);
    }

    [Fact]
    public void A_reward_for_each_step_is_no_fault_where_episodes_can_terminate()
    {
        Trainer trainer = Make(new OddEnvironment(new IdentityEnvironment(steps: 9)) { Pay = _ => -1 }, Quick);
        Assert.DoesNotContain(trainer.Train(1_200).Warnings, one => one.Concern == TrainingConcern.ConstantReward);
    }

    [Fact]
    public void A_reward_that_was_met_once_is_no_fault()
    {
        int steps = 0;
        Trainer trainer = Make(new OddEnvironment(new Pendulum()) { Pay = _ => ++steps == 700 ? 1 : 0 }, Quick);
        Assert.Empty(trainer.Train(2_200).Warnings);
    }

    [Fact]
    public void A_short_run_is_looked_at_when_it_ends()
    {
        Trainer trainer = Make(new OddEnvironment(new Pendulum()) { Pay = _ => 0 }, Quick);
        Assert.Equal(300, Assert.Single(trainer.Train(300).Warnings).Step);
    }

    [Fact]
    public void An_action_at_one_bound_for_most_of_two_evaluations_is_told()
    {
        // Observations a thousand times too large, and what they do to a policy is seen before anything was learnt.
        IEnvironment Task() => new OddEnvironment(new Pendulum()) { Show = observation => [3_000 + observation[0], 3_000, 3_000], ObservationSpace = new Box(-1e6f, 1e6f, 3) };
        Trainer trainer = Make(Task(), Quick with { WeightInitialization = WeightInitialization.Xavier, LearningStarts = 1_000_000, EvaluationInterval = 300 }, Task());
        TrainingWarning warning = Assert.Single(trainer.Train(1_000).Warnings);
        Assert.Equal((300L, TrainingConcern.SaturatedAction), (warning.Step, warning.Concern));
        Assert.Matches("in 100 % of the steps of this evaluation action\\[0\\] was at its (upper bound, 2|lower bound, -2)", warning.Message);
        Assert.Contains("notebooks/10-when-it-fails.ipynb", warning.Message);
    }

    [Fact]
    public void A_policy_that_swings_between_both_bounds_is_left_alone()
    {
        // Full torque the one way or the other, whichever way it turns: what a good policy of the mountain car does.
        IEnvironment Task() => new OddEnvironment(new Pendulum()) { Show = observation => [0, 0, 1e5f * observation[2]], ObservationSpace = new Box(-1e6f, 1e6f, 3) };
        Trainer trainer = Make(Task(), Quick with { HiddenSizes = [2], LearningStarts = 1_000_000, EvaluationInterval = 300, EvaluationEpisodes = 5, FinalEvaluationEpisodes = 5 }, Task());
        float[][] weights = [[0, 0, 1, 0, 0, -1], [0, 0], [1, -1], [0]];
        foreach ((TorchSharp.Modules.Parameter parameter, float[] values) in trainer.Agent.Policy.parameters().Zip(weights))
            parameter.data<float>().CopyFrom(values);
        var actions = new List<float>();
        new Evaluator(Task()).Evaluate(observation => { float[] action = trainer.Agent.Act(observation); actions.Add(action[0]); return action; }, 5);
        Assert.InRange(actions.Count(action => action == 2), 100, 899);
        Assert.InRange(actions.Count(action => action == -2), 100, 899);
        Assert.Empty(trainer.Train(1_000).Warnings);
    }

    [Fact]
    public void Nobody_listening_it_goes_to_standard_error()
    {
        // In a process of its own kind: the console is one for all tests, so only what this environment is called is looked for.
        TextWriter before = Console.Error;
        using var error = new StringWriter();
        try
        {
            Console.SetError(TextWriter.Synchronized(error));
            Make(new OddEnvironment(new Pendulum()) { OneArray = true }, Quick).Train(3);
        }
        finally
        {
            Console.SetError(before);
        }
        Assert.Contains("warning at step 0: Pendulum-v1 handed out the observation array", error.ToString());
    }

    [Fact]
    public void The_live_curve_shows_it_below()
    {
        var display = new RecordingDisplay();
        var curve = new LiveLearningCurve(display, "odd", time: new ManualClock());
        Trainer trainer = Make(new OddEnvironment(new Pendulum()) { Pay = _ => 0 }, Quick);
        curve.Follow(trainer);
        trainer.Train(300);
        Assert.Contains("warning at step 300: the reward was 0 in each", display.Shown[^1]);
    }

    [Fact]
    public void A_run_keeps_its_warnings_in_a_file_and_a_resumed_one_tells_nothing_twice()
    {
        Trainer Odd() => Make(new OddEnvironment(new Pendulum()) { Pay = _ => 0 }, Quick, new Pendulum());
        string straight = Path.Combine(_root, "straight"), stopped = Path.Combine(_root, "stopped"), sound = Path.Combine(_root, "sound");
        using (Run run = Run.Start(straight, Odd(), 1_300))
            run.Train();
        using (Run run = Run.Start(stopped, Odd(), 1_300))
        using (var stop = new CancellationTokenSource())
        {
            run.Trainer.Stepped += step => { if (step == 1_100) stop.Cancel(); };
            run.Train(stop.Token);
        }
        var told = new List<TrainingWarning>();
        using (Run run = Run.Resume(stopped, _ => new OddEnvironment(new Pendulum()) { Pay = _ => 0 }))
        {
            run.Trainer.Warned += told.Add;
            Assert.Single(run.Train().Warnings);
        }
        Assert.Empty(told);
        Assert.StartsWith("warning at step 1000: the reward was 0", File.ReadAllText(Path.Combine(straight, "warnings.txt")));
        Assert.Equal(File.ReadAllBytes(Path.Combine(straight, "warnings.txt")), File.ReadAllBytes(Path.Combine(stopped, "warnings.txt")));
        using (Run run = Run.Start(sound, Make(new Pendulum(), Quick, new Pendulum()), 300))
            run.Train();
        Assert.False(File.Exists(Path.Combine(sound, "warnings.txt")));
    }

    [Fact]
    public void A_warning_that_only_the_end_brought_is_taken_back_when_the_run_is_trained_on()
    {
        int steps = 0;
        IEnvironment Late() => new OddEnvironment(new Pendulum()) { Pay = step => ++steps > 600 ? step.Reward : 0 };
        string folder = Path.Combine(_root, "late");
        using (Run run = Run.Start(folder, Make(Late(), Quick), 300))
            Assert.Single(run.Train().Warnings);
        Assert.True(File.Exists(Path.Combine(folder, "warnings.txt")));
        steps = 300;
        using (Run run = Run.Resume(folder, _ => Late(), totalSteps: 1_200))
            Assert.Empty(run.Train().Warnings);
        Assert.False(File.Exists(Path.Combine(folder, "warnings.txt")));
    }

    [Theory]
    [InlineData("Reset", "no observation (null)")]
    [InlineData("Step", "an observation of 2 numbers")]
    public void An_observation_of_another_length_is_refused_with_the_place(string from, string what)
    {
        int calls = 0;
        var task = new OddEnvironment(new Pendulum()) { Show = observation => (calls++, from) switch { (0, "Reset") => null!, (1, "Step") => [0, 0], _ => observation } };
        string message = Assert.Throws<InvalidOperationException>(() => Make(task, Quick).Train(10)).Message;
        Assert.Contains($"{from} returned {what}; its ObservationSpace has 3", message);
    }

    private static Trainer Make(IEnvironment environment, Hyperparameters hyperparameters, IEnvironment? evaluation = null)
    {
        var agent = new DdpgAgent(environment.ObservationSpace, environment.ActionSpace, hyperparameters, 1);
        return new Trainer(environment, agent, evaluation is null ? null : new Evaluator(evaluation));
    }
}
