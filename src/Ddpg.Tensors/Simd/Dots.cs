using System.Runtime.CompilerServices;

namespace TorchSharp;

/// <summary>
/// Products with very few columns, whose two factors both lie along k: each element is a dot product in sixteen lanes
/// (lane j takes every k ≡ j mod 16), and the lanes are added pairwise. The order depends on the shape alone.
/// </summary>
internal static unsafe class Dots
{
    internal const int MostColumns = 15;
    private const int Lanes = 16;

    /// <summary>c[i, j] = Σ a[i, k]·b[j, k] (+ bias[j]).</summary>
    internal static void Multiply(long m, long n, long k, float* a, long rowA, float* b, long rowB, float* c, long rowC, float* bias)
    {
        switch (SimdWidth.Bits)
        {
            case 512: Multiply<V512>(m, n, k, a, rowA, b, rowB, c, rowC, bias); break;
            case 256: Multiply<V256>(m, n, k, a, rowA, b, rowB, c, rowC, bias); break;
            default: Multiply<V128>(m, n, k, a, rowA, b, rowB, c, rowC, bias); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply<V>(long m, long n, long k, float* a, long rowA, float* b, long rowB, float* c, long rowC, float* bias) where V : struct, IVec<V, float>
    {
        float* lanes = stackalloc float[4 * Lanes];
        for (long j = 0; j < n; j++)
        {
            float* w = b + (j * rowB);
            float offset = bias == null ? 0 : bias[j];
            long i = 0;
            for (; i + 4 <= m; i += 4)
            {
                float* x = a + (i * rowA);
                Four<V>(x, rowA, w, k, lanes);
                for (int r = 0; r < 4; r++) c[((i + r) * rowC) + j] = Total(lanes + (r * Lanes)) + offset;
            }
            for (; i < m; i++)
            {
                One<V>(a + (i * rowA), w, k, lanes);
                c[(i * rowC) + j] = Total(lanes) + offset;
            }
        }
    }

    /// <summary>Four rows at once share the loads of w and hide each other's latency.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Four<V>(float* x, long row, float* w, long k, float* lanes) where V : struct, IVec<V, float>
    {
        long whole = k / Lanes * Lanes;
        float* x1 = x + row, x2 = x1 + row, x3 = x2 + row;
        for (int part = 0; part < Lanes; part += V.Width)
        {
            V s0 = V.Of(0), s1 = s0, s2 = s0, s3 = s0;
            for (long i = part; i < whole; i += Lanes)
            {
                V v = V.Load(w + i);
                s0 = V.Fma(V.Load(x + i), v, s0);
                s1 = V.Fma(V.Load(x1 + i), v, s1);
                s2 = V.Fma(V.Load(x2 + i), v, s2);
                s3 = V.Fma(V.Load(x3 + i), v, s3);
            }
            V.Store(s0, lanes + part);
            V.Store(s1, lanes + Lanes + part);
            V.Store(s2, lanes + (2 * Lanes) + part);
            V.Store(s3, lanes + (3 * Lanes) + part);
        }
        for (long i = whole; i < k; i++)
        {
            long lane = i - whole;
            lanes[lane] = MathF.FusedMultiplyAdd(x[i], w[i], lanes[lane]);
            lanes[Lanes + lane] = MathF.FusedMultiplyAdd(x1[i], w[i], lanes[Lanes + lane]);
            lanes[(2 * Lanes) + lane] = MathF.FusedMultiplyAdd(x2[i], w[i], lanes[(2 * Lanes) + lane]);
            lanes[(3 * Lanes) + lane] = MathF.FusedMultiplyAdd(x3[i], w[i], lanes[(3 * Lanes) + lane]);
        }
    }

    private static void One<V>(float* x, float* w, long k, float* lanes) where V : struct, IVec<V, float>
    {
        long whole = k / Lanes * Lanes;
        for (int part = 0; part < Lanes; part += V.Width)
        {
            V sum = V.Of(0);
            for (long i = part; i < whole; i += Lanes) sum = V.Fma(V.Load(x + i), V.Load(w + i), sum);
            V.Store(sum, lanes + part);
        }
        for (long i = whole; i < k; i++) lanes[i - whole] = MathF.FusedMultiplyAdd(x[i], w[i], lanes[i - whole]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Total(float* s)
    {
        V128 sum = V128.Load(s) + V128.Load(s + 8), other = V128.Load(s + 4) + V128.Load(s + 12);
        sum += other;
        float* four = stackalloc float[4];
        V128.Store(sum, four);
        return (four[0] + four[2]) + (four[1] + four[3]);
    }
}
