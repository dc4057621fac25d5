using System.Runtime.CompilerServices;

namespace Ddpg.Acceleration;

/// <summary>θ' ← τθ + (1 − τ)θ' in one pass.</summary>
internal static unsafe class SoftUpdateKernel
{
    private const long PerPart = 8192;
    private const long CostOfElement = 30;

    [ThreadStatic] private static Job? _spare;

    internal static void Run(float* source, float* target, double tau, long count)
    {
        Job job = _spare ?? new Job();
        _spare = null;
        job.Set(target, (float)(1 - tau), source, (float)tau, count);
        Workers.Run(job, job.Parts, CostOfElement * count);
        _spare = job;
    }

    private sealed class Job : ParallelWork
    {
        private float* _y, _x;
        private float _scale, _alpha;
        private long _count;

        internal int Parts => (int)((_count + PerPart - 1) / PerPart);

        internal void Set(float* y, float scale, float* x, float alpha, long count)
        {
            _y = y;
            _x = x;
            (_scale, _alpha, _count) = (scale, alpha, count);
        }

        internal override void Execute(int part)
        {
            long first = part * PerPart, count = Math.Min(PerPart, _count - first);
            switch (SimdWidth.Bits)
            {
                case 512: Pass<V512>(_y + first, _scale, _x + first, _alpha, count); break;
                case 256: Pass<V256>(_y + first, _scale, _x + first, _alpha, count); break;
                default: Pass<V128>(_y + first, _scale, _x + first, _alpha, count); break;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pass<V>(float* y, float scale, float* x, float alpha, long n) where V : struct, IVec<V>
    {
        V s = V.Splat(scale), a = V.Splat(alpha);
        long i = 0;
        for (; i + V.Width <= n; i += V.Width) V.Store(V.Fma(a, V.Load(x + i), V.Load(y + i) * s), y + i);
        for (; i < n; i++) y[i] = MathF.FusedMultiplyAdd(alpha, x[i], y[i] * scale);
    }
}
