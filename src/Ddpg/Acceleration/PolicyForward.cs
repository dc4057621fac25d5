using Ddpg.Environments;
using Ddpg.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Ddpg.Acceleration;

/// <summary>A policy's actions for some observations, in the environment's units: fused on the CPU, by TorchSharp elsewhere.</summary>
internal sealed unsafe class PolicyForward(Policy policy, Box actionSpace)
{
    private NetworkPass? _pass;

    /// <summary>Writes μ(s), row after row; may step over a bound by one rounding.</summary>
    /// <param name="observations">As the networks see them, (rows, observation).</param>
    /// <param name="rows">How many.</param>
    /// <param name="actions">(rows, action).</param>
    internal void Run(ReadOnlySpan<float> observations, int rows, Span<float> actions)
    {
        if (!policy.Weights.IsOnCpu)
        {
            RunElsewhere(observations, rows, actions);
            return;
        }
        if (_pass is null || _pass.Rows < rows) _pass = new NetworkPass(policy.Plan, endsInTanh: true, rows);
        fixed (float* input = observations)
        {
            float* scaled = _pass.Forward(policy.Weights.Data, input, rows);
            actionSpace.Unscale(new ReadOnlySpan<float>(scaled, actions.Length), actions);
        }
        GC.KeepAlive(this);
    }

    private void RunElsewhere(ReadOnlySpan<float> observations, int rows, Span<float> actions)
    {
        using DisposeScope scope = NewDisposeScope();
        using (no_grad())
            policy.call(tensor(observations.ToArray(), rows, observations.Length / rows, device: policy.Weights.Values.device)).cpu().data<float>().CopyTo(actions);
    }
}
