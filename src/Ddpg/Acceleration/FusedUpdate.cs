using Ddpg.Agents;
using Ddpg.Networks;
using Ddpg.Replay;

namespace Ddpg.Acceleration;

/// <summary>
/// One update of DDPG on the CPU, without a tensor operation: forward, backward, Adam and soft update in SIMD, in place on the memory of the agent's own networks. <see cref="DdpgAgent.Update"/>
/// says the same in TorchSharp and is what this is held to. Sums run in a fixed order and nothing depends on the platform's libraries, so the weights are the same
/// bits for any number of threads, any vector width and any machine.
/// </summary>
internal sealed unsafe class FusedUpdate
{
    private readonly DdpgAgent _agent;
    private readonly Hyperparameters _settings;
    private readonly int _observation, _action;
    private readonly FlatWeights _policy, _targetPolicy;
    private readonly FlatWeights[] _critics, _targetCritics;
    private readonly FlatAdam _policyAdam;
    private readonly FlatAdam[] _criticAdams;
    private readonly TargetSmoothing _smoothing;
    private readonly NativeBuffer _policyGradient, _criticGradient;
    private Workspace? _room;

    internal FusedUpdate(DdpgAgent agent, FlatAdam policyAdam, FlatAdam[] criticAdams, TargetSmoothing smoothing)
    {
        (_agent, _settings, _policyAdam, _criticAdams, _smoothing) = (agent, agent.Hyperparameters, policyAdam, criticAdams, smoothing);
        (_observation, _action) = (agent.ObservationSpace.Length, agent.ActionSpace.Length);
        (_policy, _targetPolicy) = (agent.Policy.Weights, agent.TargetPolicy.Weights);
        _critics = [.. agent.QNetworks.Select(critic => critic.Weights)];
        _targetCritics = [.. agent.TargetQNetworks.Select(critic => critic.Weights)];
        (_policyGradient, _criticGradient) = (new NativeBuffer(_policy.Count), new NativeBuffer(_critics[0].Count));
    }

    /// <summary>Makes one update; <paramref name="improvesPolicy"/> and <paramref name="followsTargets"/> say which of its parts are due.</summary>
    internal UpdateMetrics Update(Minibatch minibatch, bool improvesPolicy, bool followsTargets)
    {
        Workspace room = _room is { } known && known.Size == minibatch.Size ? known : _room = new Workspace(_agent, minibatch.Size);
        room.Load(minibatch, _agent);
        Targets(room, minibatch);
        UpdateMetrics metrics = UpdateCritics(room);
        if (improvesPolicy) metrics = metrics with { PolicyLoss = UpdatePolicy(room) };
        if (followsTargets)
        {
            Follow(_policy, _targetPolicy);
            for (int i = 0; i < _critics.Length; i++) Follow(_critics[i], _targetCritics[i]);
        }
        GC.KeepAlive(this);
        return metrics;
    }

    /// <summary>y = r + γ(1 − d)·Q'(s', μ'(s')), of several critics the minimum or the mean.</summary>
    private void Targets(Workspace room, Minibatch minibatch)
    {
        int size = room.Size;
        float* action = room.Policy.Forward(_targetPolicy.Data, room.NextObservations.Data, size);
        _smoothing.Apply(new Span<float>(action, size * _action));
        room.Join(room.NextObservations.Data, action, room.NextInput.Data);
        float* y = room.Targets.Data;
        for (int i = 0; i < _targetCritics.Length; i++)
        {
            float* q = room.Critic.Forward(_targetCritics[i].Data, room.NextInput.Data, size);
            if (i == 0) new Span<float>(q, size).CopyTo(new Span<float>(y, size));
            else if (_settings.CriticTarget == CriticTarget.Minimum) for (int row = 0; row < size; row++) y[row] = Lesser(y[row], q[row]);
            else for (int row = 0; row < size; row++) y[row] += q[row];
        }
        bool isMean = _settings.CriticTarget == CriticTarget.Mean && _targetCritics.Length > 1;
        float discount = (float)_settings.Discount;
        for (int row = 0; row < size; row++)
        {
            float value = isMean ? y[row] / _targetCritics.Length : y[row];
            float discounted = discount * (1 - minibatch.Terminated[row]) * value;
            y[row] = minibatch.Rewards[row] + discounted;
        }
    }

    /// <summary>Each critic descends L(φ) = 1/B Σ (Q(s, a) − y)².</summary>
    private UpdateMetrics UpdateCritics(Workspace room)
    {
        int size = room.Size;
        float loss = 0, meanQ = 0, share = (float)(1.0 / size);
        float* error = room.Values.Data, y = room.Targets.Data;
        for (int i = 0; i < _critics.Length; i++)
        {
            float* q = room.Critic.Forward(_critics[i].Data, room.Input.Data, size);
            if (i == 0) meanQ = LaneSums.Row(q, size) / size;
            for (int row = 0; row < size; row++)
            {
                float difference = q[row] - y[row];
                error[row] = difference * difference;
                // ∂L/∂Q = 2(Q − y)/B, in the place of Q
                q[row] = share * (difference * 2);
            }
            loss += LaneSums.Row(error, size) / size;
            room.Critic.Backward(_critics[i].Data, q, _criticGradient.Data, wantsInput: false);
            _criticAdams[i].Step(_criticGradient.Data);
        }
        return new UpdateMetrics(loss, meanQ, null);
    }

    /// <summary>The policy ascends J(θ) = 1/B Σ Q(s, μ(s)): ∇J = 1/B Σ ∇ₐQ(s, a)|a=μ(s) · ∇μ(s), through the first critic, whose weights stand still.</summary>
    private float UpdatePolicy(Workspace room)
    {
        int size = room.Size;
        float* action = room.Policy.Forward(_policy.Data, room.Observations.Data, size);
        room.Join(room.Observations.Data, action, room.Input.Data);
        float* q = room.Critic.Forward(_critics[0].Data, room.Input.Data, size);
        float loss = -(LaneSums.Row(q, size) / size);
        // ∂(−J)/∂Q = −1/B
        new Span<float>(q, size).Fill(-(float)(1.0 / size));
        float* inputGradient = room.Critic.Backward(_critics[0].Data, q, null, wantsInput: true);
        float* actionGradient = room.Values.Data;
        int width = _observation + _action;
        for (int row = 0; row < size; row++)
            for (int i = 0; i < _action; i++) actionGradient[(row * _action) + i] = inputGradient[(row * width) + _observation + i];
        room.Policy.Backward(_policy.Data, actionGradient, _policyGradient.Data, wantsInput: false);
        _policyAdam.Step(_policyGradient.Data);
        return loss;
    }

    private void Follow(FlatWeights source, FlatWeights target) => SoftUpdateKernel.Run(source.Data, target.Data, _settings.Tau, source.Count);

    // What is not a number wins in both orders, as in TorchSharp's minimum.
    private static float Lesser(float a, float b) => float.IsNaN(a) ? a : a < b ? a : b;

    /// <summary>Room for the activations and gradients of one minibatch size.</summary>
    private sealed class Workspace(DdpgAgent agent, int size)
    {
        private readonly int _observation = agent.ObservationSpace.Length, _action = agent.ActionSpace.Length;
        private readonly float[] _scaled = new float[size * agent.ActionSpace.Length];

        internal int Size { get; } = size;
        internal NetworkPass Policy { get; } = new(agent.Policy.Plan, endsInTanh: true, size);
        internal NetworkPass Critic { get; } = new(agent.QNetwork.Plan, endsInTanh: false, size);
        internal NativeBuffer Observations { get; } = new((long)size * agent.ObservationSpace.Length);
        internal NativeBuffer NextObservations { get; } = new((long)size * agent.ObservationSpace.Length);
        internal NativeBuffer Input { get; } = new((long)size * (agent.ObservationSpace.Length + agent.ActionSpace.Length));
        internal NativeBuffer NextInput { get; } = new((long)size * (agent.ObservationSpace.Length + agent.ActionSpace.Length));
        internal NativeBuffer Targets { get; } = new(size);
        internal NativeBuffer Values { get; } = new((long)size * agent.ActionSpace.Length);

        internal void Load(Minibatch minibatch, DdpgAgent of)
        {
            of.Normalize(minibatch.Observations, new Span<float>(Observations.Data, minibatch.Observations.Length));
            of.Normalize(minibatch.NextObservations, new Span<float>(NextObservations.Data, minibatch.NextObservations.Length));
            of.ActionSpace.Scale(minibatch.Actions, _scaled);
            fixed (float* scaled = _scaled) Join(Observations.Data, scaled, Input.Data);
        }

        /// <summary>Puts observations and scaled actions side by side, as the critic takes them.</summary>
        internal void Join(float* observations, float* actions, float* input)
        {
            for (int row = 0; row < Size; row++, observations += _observation, actions += _action)
            {
                for (int i = 0; i < _observation; i++) *input++ = observations[i];
                for (int i = 0; i < _action; i++) *input++ = actions[i];
            }
        }
    }
}
