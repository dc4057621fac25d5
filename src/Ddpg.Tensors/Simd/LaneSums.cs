using System.Runtime.CompilerServices;

namespace TorchSharp;

/// <summary>Sums of floats whose order is the same at every vector width.</summary>
internal static unsafe class LaneSums
{
    private const int Lanes = 16;
    private const long Block = 4096;

    /// <summary>Element i goes to lane i mod 16; lanes are added pairwise; blocks of 4096 are added in double, so that long sums stay accurate.</summary>
    internal static float Row(float* x, long n)
    {
        double total = 0;
        for (long start = 0; start < n; start += Block)
        {
            long length = Math.Min(Block, n - start);
            total += SimdWidth.Bits switch
            {
                512 => OneBlock<V512>(x + start, length),
                256 => OneBlock<V256>(x + start, length),
                _ => OneBlock<V128>(x + start, length),
            };
        }
        return (float)total;
    }

    /// <summary>y[c] = Σ x[r, c], from the first row to the last.</summary>
    internal static void Columns(float* x, long rows, long columns, float* y)
    {
        new Span<float>(y, checked((int)columns)).Clear();
        for (long r = 0; r < rows; r++) Rows.Binary(default(Add), y, 1, x + (r * columns), 1, y, 1, columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float OneBlock<V>(float* x, long n) where V : struct, IVec<V, float>
    {
        V zero = V.Of(0), a = zero, b = zero, c = zero, d = zero;
        long i = 0;
        for (; i + Lanes <= n; i += Lanes)
        {
            a += V.Load(x + i);
            if (V.Width <= 8) b += V.Load(x + i + V.Width);
            if (V.Width <= 4)
            {
                c += V.Load(x + i + 8);
                d += V.Load(x + i + 12);
            }
        }
        float* lanes = stackalloc float[Lanes];
        V.Store(a, lanes);
        if (V.Width <= 8) V.Store(b, lanes + V.Width);
        if (V.Width <= 4)
        {
            V.Store(c, lanes + 8);
            V.Store(d, lanes + 12);
        }
        for (int lane = 0; i < n; i++, lane++) lanes[lane] += x[i];
        for (int half = Lanes / 2; half > 0; half /= 2)
        {
            for (int lane = 0; lane < half; lane++) lanes[lane] += lanes[lane + half];
        }
        return lanes[0];
    }
}
