using Ddpg.Agents;
using Ddpg.Environments;
using Ddpg.Networks;
using Ddpg.Randomness;
using Ddpg.Replay;

namespace Ddpg.Benchmarks;

/// <summary>The kit's own agent with a filled replay buffer: what a training cell runs.</summary>
internal sealed class KitAgent
{
    private readonly DdpgAgent _agent;
    private readonly ReplayBuffer _replay;
    private readonly Minibatch _minibatch;
    private readonly SeededRandom _random = new(1, RandomStream.Replay);
    private readonly float[] _observation;
    private readonly float[] _action;

    public KitAgent(Case row, UpdateMethod method = UpdateMethod.Fused)
    {
        Box observations = Symmetric(row.Observation, 1), actions = Symmetric(row.Action, 2);
        _agent = new DdpgAgent(observations, actions, new Hyperparameters { HiddenSizes = LayerSizes.Create(row.Hidden), MinibatchSize = row.Batch, UpdateBy = method }, seed: 1);
        _replay = new ReplayBuffer(100_000, row.Observation, row.Action);
        _minibatch = new Minibatch(row.Batch, row.Observation, row.Action);
        (_observation, _action) = (new float[row.Observation], new float[row.Action]);
        for (int i = 0; i < 100_000; i++)
            _replay.Add(observations.Sample(_random), actions.Sample(_random), _random.NextNormal(), observations.Sample(_random), terminated: false);
        _replay.Sample(_minibatch, _random);
    }

    public void Update() => _agent.Update(_minibatch);

    public void SampleAndUpdate()
    {
        _replay.Sample(_minibatch, _random);
        _agent.Update(_minibatch);
    }

    public void Act() => _agent.Act(_observation, _action);

    private static Box Symmetric(int length, float limit) => new([.. Enumerable.Repeat(-limit, length)], [.. Enumerable.Repeat(limit, length)]);
}
