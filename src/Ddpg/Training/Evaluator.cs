using Ddpg.Agents;
using Ddpg.Environments;
using Ddpg.Randomness;

namespace Ddpg.Training;

/// <summary>
/// Scores a policy without exploration noise, from the same starts each time: the luck of the start alone moves a mean of ten by 23 on Pendulum-v1,
/// so two policies are compared on the same starts or not at all.
/// </summary>
/// <param name="environment">An instance of its own: an evaluation in the middle of a training episode must not disturb it.</param>
/// <param name="seed">Fixes the starts; the same for every agent that is to be compared. Not the training seed.</param>
public sealed class Evaluator(IEnvironment environment, ulong seed = Evaluator.DefaultSeed)
{
    /// <summary>The starts that claims of this kit are made on.</summary>
    /// <remarks>
    /// One hundred random starts are an easy or a hard hundred by luck. On these a near-optimal controller scores −137.5 on Pendulum-v1, close to its mean of −138.4
    /// over all starts; with seed 0 it would be −149.1. Measured by tests/Ddpg.Tests/Golden/pendulum_near_optimal.py.
    /// </remarks>
    public const ulong DefaultSeed = 1;

    private readonly IEnvironment _environment = environment ?? throw new ArgumentNullException(nameof(environment));

    /// <summary>The task.</summary>
    public IEnvironment Environment => _environment;

    /// <summary>What fixes the starts.</summary>
    public ulong Seed { get; } = seed;

    /// <summary>Scores the agent's policy.</summary>
    /// <param name="agent">The agent; it does not learn from this.</param>
    /// <param name="episodes">How many starts, at least 1; the first k of n are the same as those of k.</param>
    /// <param name="cancellation">Stops between two episodes.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public EvaluationResult Evaluate(DdpgAgent agent, int episodes = 10, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(agent);
        return Evaluate(agent.Act, episodes, cancellation);
    }

    /// <summary>Scores any function from observation to action, such as a hand-written controller or <c>_ =&gt; [0]</c>.</summary>
    /// <param name="policy">Gets an observation, returns an action in the environment's units.</param>
    /// <param name="episodes">How many starts, at least 1; the first k of n are the same as those of k.</param>
    /// <param name="cancellation">Stops between two episodes.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public EvaluationResult Evaluate(Func<ReadOnlySpan<float>, float[]> policy, int episodes = 10, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentOutOfRangeException.ThrowIfLessThan(episodes, 1);
        var starts = new SeededRandom(Seed, RandomStream.Evaluation);
        double[] returns = new double[episodes];
        for (int episode = 0; episode < episodes; episode++)
        {
            cancellation.ThrowIfCancellationRequested();
            returns[episode] = EpisodeReturn(policy, starts.NextUInt64());
        }
        return new EvaluationResult(returns);
    }

    private double EpisodeReturn(Func<ReadOnlySpan<float>, float[]> policy, ulong start)
    {
        float[] observation = _environment.Reset(start);
        double sum = 0;
        while (true)
        {
            StepResult step = _environment.Step(policy(observation));
            sum += step.Reward;
            if (step.EpisodeEnded)
                return sum;
            observation = step.Observation;
        }
    }
}
