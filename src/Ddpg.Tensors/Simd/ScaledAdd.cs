using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>
/// <c>y.mul_(s).add_(x, alpha)</c> in one pass: the multiplication waits in the buffer, and the addition takes it along.
/// Rounded twice, as the two operations are, so nobody can tell.
/// </summary>
internal static unsafe class ScaledAdd
{
    private const long LeastCount = 256;

    [ThreadStatic] private static Job? _spare;

    internal static bool TryWait(Tensor y, Scalar scale)
    {
        if (y.Type != ScalarType.Float32 || !y.IsDense || y.Offset != 0 || y.Count < LeastCount) return false;
        y.Live.ScaleWhenSeen(y.Count, (float)scale.Value);
        y.Live.MarkWritten();
        return true;
    }

    internal static bool TryRun(Tensor y, Tensor x, float alpha)
    {
        if (y.Type != ScalarType.Float32 || x.Type != ScalarType.Float32 || !y.IsDense || !x.IsDense || y.Offset != 0 || y.Live == x.Live) return false;
        if (!y.Sizes.AsSpan().SequenceEqual(x.Sizes) || !y.Live.TryTakeScale(y.Count, out float scale)) return false;
        Job job = _spare ?? new Job();
        _spare = null;
        job.Set(y.Pointer<float>(), scale, x.Pointer<float>(), alpha, y.Count);
        Workers.Run(job, job.Parts, 30 * y.Count);
        _spare = job;
        y.Live.MarkWritten();
        GC.KeepAlive(x);
        return true;
    }

    private sealed class Job : ParallelWork
    {
        private const long PerPart = 8192;

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
    private static void Pass<V>(float* y, float scale, float* x, float alpha, long n) where V : struct, IVec<V, float>
    {
        V s = V.Splat(scale), a = V.Splat(alpha);
        long i = 0;
        for (; i + V.Width <= n; i += V.Width) V.Store(V.Fma(a, V.Load(x + i), V.Load(y + i) * s), y + i);
        for (; i < n; i++) y[i] = MathF.FusedMultiplyAdd(alpha, x[i], y[i] * scale);
    }
}
