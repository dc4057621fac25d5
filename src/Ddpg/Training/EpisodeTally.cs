using Ddpg.Agents;
using Ddpg.Environments;

namespace Ddpg.Training;

/// <summary>Adds up one training episode.</summary>
internal sealed class EpisodeTally
{
    private double _return, _criticLoss, _meanQ, _policyLoss;
    private int _length, _updates, _policyUpdates;
    private bool _terminated, _truncated;

    public bool Ended => _terminated || _truncated;

    public void Clear() => (_return, _criticLoss, _meanQ, _policyLoss, _length, _updates, _policyUpdates, _terminated, _truncated) = (0, 0, 0, 0, 0, 0, 0, false, false);

    public void Add(StepResult step, int episodeLength)
    {
        _return += step.Reward;
        _length++;
        _terminated = step.Terminated;
        _truncated = !step.Terminated && (step.Truncated || _length >= episodeLength);
    }

    public void Add(UpdateMetrics metrics)
    {
        _criticLoss += metrics.CriticLoss;
        _meanQ += metrics.MeanQ;
        _updates++;
        if (metrics.PolicyLoss is not float policyLoss) return;
        _policyLoss += policyLoss;
        _policyUpdates++;
    }

    public EpisodeResult Result(long step, int episode) => new(
        step, episode, _return, _length, _terminated, _truncated, Mean(_criticLoss, _updates), Mean(_policyLoss, _policyUpdates), Mean(_meanQ, _updates));

    public void Write(BinaryWriter writer)
    {
        foreach (double sum in (ReadOnlySpan<double>)[_return, _criticLoss, _meanQ, _policyLoss])
            writer.Write(sum);
        foreach (int count in (ReadOnlySpan<int>)[_length, _updates, _policyUpdates])
            writer.Write(count);
    }

    public void Read(BinaryReader reader)
    {
        Clear();
        (_return, _criticLoss, _meanQ, _policyLoss) = (reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());
        (_length, _updates, _policyUpdates) = (reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
    }

    private static double? Mean(double sum, int count) => count == 0 ? null : sum / count;
}
