using Ddpg.Replay;
using TorchSharp;
using static TorchSharp.torch;

namespace Ddpg.Agents;

/// <summary>A minibatch as tensors that are made once and filled again for each update.</summary>
internal sealed class MinibatchTensors
{
    private Tensor? _observations, _actions, _rewards, _nextObservations, _terminated;
    private float[] _normalized = [];

    /// <summary>s (B, observation), a (B, action), r (B, 1), s' (B, observation), d (B, 1), observations as the agent's networks see them, on <paramref name="device"/>; overwritten by the next call.</summary>
    public (Tensor S, Tensor A, Tensor R, Tensor SNext, Tensor D) Load(Minibatch minibatch, DdpgAgent agent, Device device) => (
        Fill(ref _observations, Normalized(minibatch.Observations, agent), minibatch.ObservationSize, device),
        Fill(ref _actions, minibatch.Actions, minibatch.ActionSize, device),
        Fill(ref _rewards, minibatch.Rewards, 1, device),
        Fill(ref _nextObservations, Normalized(minibatch.NextObservations, agent), minibatch.ObservationSize, device),
        Fill(ref _terminated, minibatch.Terminated, 1, device));

    /// <summary>Copies <paramref name="values"/> into <paramref name="tensor"/>, making it first where it is missing or of another shape.</summary>
    private static Tensor Fill(ref Tensor? tensor, ReadOnlySpan<float> values, long columns, Device device)
    {
        long rows = values.Length / columns;
        if (tensor is null || tensor.shape[0] != rows || tensor.shape[1] != columns)
        {
            tensor?.Dispose();
            tensor = zeros(rows, columns, device: device).DetachFromDisposeScope();
        }
        if (device.type == TorchSharp.DeviceType.CPU)
        {
            tensor.data<float>().CopyFrom(values);
            return tensor;
        }
        using Tensor local = torch.tensor(values.ToArray(), rows, columns);
        tensor.copy_(local);
        return tensor;
    }

    private float[] Normalized(float[] observations, DdpgAgent agent)
    {
        if (_normalized.Length != observations.Length)
            _normalized = new float[observations.Length];
        agent.Normalize(observations, _normalized);
        return _normalized;
    }
}
