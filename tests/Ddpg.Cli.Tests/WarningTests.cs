using Ddpg.Agents;
using Ddpg.Environments;
using Ddpg.Training;

namespace Ddpg.Cli.Tests;

/// <summary>What the trainer notices is printed while the command runs.</summary>
public sealed class WarningTests
{
    [Fact]
    public void A_warning_is_a_line_before_the_evaluation_that_it_came_with()
    {
        using var output = new StringWriter();
        var task = new Unpaid();
        var agent = new DdpgAgent(task.ObservationSpace, task.ActionSpace, Hyperparameters.Pendulum with { HiddenSizes = [4], EvaluationInterval = 0, FinalEvaluationEpisodes = 1 });
        var trainer = new Trainer(task, agent, new Evaluator(new Unpaid()));
        using (new RunProgress(trainer, output))
            trainer.Train(150);
        string[] lines = output.ToString().TrimEnd().Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("warning at step 150: the reward was 0 in each of the 150 steps", lines[0]);
        Assert.StartsWith("step      150: ", lines[1]);
    }

    private sealed class Unpaid : IEnvironment
    {
        private readonly Pendulum _inner = new();

        public string Id => "Unpaid-v0";

        public Box ObservationSpace => _inner.ObservationSpace;

        public Box ActionSpace => _inner.ActionSpace;

        public int MaxEpisodeSteps => _inner.MaxEpisodeSteps;

        public float[] Reset(ulong? seed = null) => _inner.Reset(seed);

        public StepResult Step(ReadOnlySpan<float> action) => _inner.Step(action) with { Reward = 0 };
    }
}
