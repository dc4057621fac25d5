namespace Ddpg.Agents;

/// <summary>What computes an update. Both make the same one, to rounding.</summary>
public enum UpdateMethod
{
    /// <summary>The fused update of the CPU, in SIMD: several times as fast on small networks, and the same bits on every machine.</summary>
    Fused,

    /// <summary>Algorithm 1 as <see cref="DdpgAgent.Update"/> says it, by TorchSharp's autograd: the reference, and the only one on a CUDA device.</summary>
    Autograd,
}
