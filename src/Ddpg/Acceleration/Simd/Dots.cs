using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ddpg.Acceleration;

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
    private static void Multiply<V>(long m, long n, long k, float* a, long rowA, float* b, long rowB, float* c, long rowC, float* bias) where V : struct, IVec<V>
    {
        // What is left of k after whole sixteens lies here filled up with zeros; the mask keeps those out of the sums.
        float* lanes = stackalloc float[4 * Lanes], restA = stackalloc float[4 * Lanes], restB = stackalloc float[MostColumns * Lanes], mask = stackalloc float[Lanes];
        long whole = k / Lanes * Lanes, rest = k - whole;
        for (long lane = 0; lane < Lanes; lane++) mask[lane] = BitConverter.Int32BitsToSingle(lane < rest ? -1 : 0);
        Rest(b + whole, rowB, n, rest, restB);
        for (long i = 0; i < m; i += 4)
        {
            float* x = a + (i * rowA), y = c + (i * rowC);
            long rows = Math.Min(4, m - i), step = rows == 4 ? rowA : 0;
            Rest(x + whole, step, 4, rest, restA);
            for (long j = 0; j < n; j++)
            {
                Four<V>(x, step, b + (j * rowB), whole, rest > 0, restA, restB + (j * Lanes), mask, lanes);
                Vector128<float> totals = Totals(lanes) + Vector128.Create(bias == null ? 0 : bias[j]);
                if (rows == 4)
                {
                    y[j] = totals.GetElement(0);
                    y[rowC + j] = totals.GetElement(1);
                    y[(2 * rowC) + j] = totals.GetElement(2);
                    y[(3 * rowC) + j] = totals.GetElement(3);
                }
                else
                {
                    y[j] = totals.ToScalar();
                }
            }
            // The last rows one by one: four times the same row, of which one result counts.
            if (rows < 4) i -= 3;
        }
    }

    private static void Rest(float* x, long row, long rows, long rest, float* to)
    {
        if (rest == 0) return;
        for (long r = 0; r < rows; r++, x += row, to += Lanes)
            for (long lane = 0; lane < Lanes; lane++) to[lane] = lane < rest ? x[lane] : 0;
    }

    /// <summary>Four rows at once share the loads of w and hide each other's latency.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Four<V>(float* x, long row, float* w, long whole, bool hasRest, float* restX, float* restW, float* mask, float* lanes) where V : struct, IVec<V>
    {
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
            if (hasRest)
            {
                V v = V.Load(restW + part), some = V.Load(mask + part);
                s0 = V.Choose(some, V.Fma(V.Load(restX + part), v, s0), s0);
                s1 = V.Choose(some, V.Fma(V.Load(restX + Lanes + part), v, s1), s1);
                s2 = V.Choose(some, V.Fma(V.Load(restX + (2 * Lanes) + part), v, s2), s2);
                s3 = V.Choose(some, V.Fma(V.Load(restX + (3 * Lanes) + part), v, s3), s3);
            }
            V.Store(s0, lanes + part);
            V.Store(s1, lanes + Lanes + part);
            V.Store(s2, lanes + (2 * Lanes) + part);
            V.Store(s3, lanes + (3 * Lanes) + part);
        }
    }

    /// <summary>The sums of four times sixteen lanes: halves are added until one is left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Totals(float* s)
    {
        Vector128<float> a = Quarter(s), b = Quarter(s + Lanes), c = Quarter(s + (2 * Lanes)), d = Quarter(s + (3 * Lanes));
        Vector128<float> first = Vector128.Create(a.GetElement(0), b.GetElement(0), c.GetElement(0), d.GetElement(0));
        Vector128<float> second = Vector128.Create(a.GetElement(1), b.GetElement(1), c.GetElement(1), d.GetElement(1));
        Vector128<float> third = Vector128.Create(a.GetElement(2), b.GetElement(2), c.GetElement(2), d.GetElement(2));
        Vector128<float> fourth = Vector128.Create(a.GetElement(3), b.GetElement(3), c.GetElement(3), d.GetElement(3));
        return (first + third) + (second + fourth);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Quarter(float* s) => (Vector128.Load(s) + Vector128.Load(s + 8)) + (Vector128.Load(s + 4) + Vector128.Load(s + 12));
}
