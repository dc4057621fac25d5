using System.Diagnostics;
using Ddpg.Agents;
using Ddpg.Environments;
using Ddpg.Exploration;
using Ddpg.Networks;
using Ddpg.Randomness;
using Ddpg.Replay;
using Ddpg.Training;

namespace Ddpg.Benchmarks;

/// <summary>Training steps of Pendulum at batch 256 with 256-256 networks, written out so that the update can be timed inside of them.</summary>
internal sealed class PendulumSteps
{
    private readonly IEnvironment _environment = EnvironmentRegistry.Make("Pendulum-v1");
    private readonly DdpgAgent _agent;
    private readonly ReplayBuffer _replay;
    private readonly Minibatch _minibatch;
    private readonly NormalActionNoise _noise;
    private readonly SeededRandom _random = new(1, RandomStream.Replay);
    private readonly float[] _action;
    private float[] _observation;

    public PendulumSteps()
    {
        _agent = MakeAgent();
        (int observation, int action) = (_environment.ObservationSpace.Length, _environment.ActionSpace.Length);
        _replay = new ReplayBuffer(100_000, observation, action);
        _minibatch = new Minibatch(256, observation, action);
        _noise = new NormalActionNoise(_environment.ActionSpace, new SeededRandom(1, RandomStream.Exploration), 0.1);
        _action = new float[action];
        _observation = _environment.Reset(1);
        while (_replay.Count < 1_000) Step(learn: false);
    }

    public Trainer MakeTrainer() => new(EnvironmentRegistry.Make("Pendulum-v1"), MakeAgent());

    /// <summary>Mean seconds of a whole step and of the update inside of it.</summary>
    public (double Step, double Update) Run(double seconds)
    {
        long start = Stopwatch.GetTimestamp(), end = start + (long)(seconds * Stopwatch.Frequency), updates = 0, count = 0, now;
        do
        {
            updates += Step(learn: true);
            count++;
        }
        while ((now = Stopwatch.GetTimestamp()) < end);
        return ((now - start) / (double)Stopwatch.Frequency / count, updates / (double)Stopwatch.Frequency / count);
    }

    /// <summary>Act, environment, store, sample, update; how many ticks the update took.</summary>
    private long Step(bool learn)
    {
        _agent.Act(_observation, _action);
        _noise.Apply(_observation, _action);
        StepResult step = _environment.Step(_action);
        _replay.Add(_observation, _action, step.Reward, step.Observation, step.Terminated);
        _observation = step.Terminated || step.Truncated ? _environment.Reset() : step.Observation;
        if (!learn) return 0;
        _replay.Sample(_minibatch, _random);
        long start = Stopwatch.GetTimestamp();
        _agent.Update(_minibatch);
        return Stopwatch.GetTimestamp() - start;
    }

    private DdpgAgent MakeAgent() => new(_environment.ObservationSpace, _environment.ActionSpace,
        Hyperparameters.Pendulum with { HiddenSizes = LayerSizes.Create([256, 256]), MinibatchSize = 256 }, seed: 1);
}
