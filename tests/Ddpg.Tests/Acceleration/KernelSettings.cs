using Ddpg.Acceleration;

namespace Ddpg.Tests.Acceleration;

/// <summary>Sets vector width and threads of the fused kernels for one test, small kernels shared too, and puts them back.</summary>
internal sealed class KernelSettings : IDisposable
{
    private readonly (int Bits, int Threads, long LeastCost) _before = (SimdWidth.Bits, Workers.Count, Workers.LeastCost);

    public KernelSettings(int bits, int threads)
    {
        SimdWidth.Bits = bits;
        Workers.Count = threads;
        Workers.LeastCost = 0;
    }

    public void Dispose() => (SimdWidth.Bits, Workers.Count, Workers.LeastCost) = _before;
}
