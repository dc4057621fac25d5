using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Ddpg.Acceleration;

/// <summary>
/// One row times the transpose of a weight matrix, as for one action: the weights are turned in registers, eight rows of eight at a time, and used at once.
/// To pack them first costs more than the product. Each element is the chain of multiply-adds over k that <see cref="Tiles"/> computes, with the same bits.
/// </summary>
internal static unsafe class OneRow
{
    private const long Lanes = 8;

    /// <summary>Whether this way can be taken: weights that lie along k, enough of them, and a processor that has the shuffles.</summary>
    internal static bool Takes(long m, long n, long k, Matrix b) => m == 1 && b.RowStep == 1 && n >= 2 * Lanes && k >= Lanes && Avx.IsSupported && Fma.IsSupported;

    /// <summary>c[j] = Σ a[i·<paramref name="stepA"/>]·w[j·<paramref name="rowW"/> + i] (+ bias[j]).</summary>
    internal static void Multiply(long n, long k, float* a, long stepA, float* w, long rowW, float* c, float* bias)
    {
        // The last pair of eights begins earlier where n is no multiple of sixteen: it computes some columns again, with the same bits.
        for (long j = 0; j < n; j += 2 * Lanes)
        {
            long first = Math.Min(j, n - (2 * Lanes));
            Sixteen(k, a, stepA, w + (first * rowW), rowW, c + first, bias == null ? null : bias + first);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sixteen(long k, float* a, long stepA, float* w, long rowW, float* c, float* bias)
    {
        Vector256<float> x = default, y = default;
        float* v = w + (Lanes * rowW);
        long i = 0;
        for (; i + 4 <= k; i += 4, a += 4 * stepA)
        {
            Vector256<float> a0 = Vector256.Create(a[0]), a1 = Vector256.Create(a[stepA]), a2 = Vector256.Create(a[2 * stepA]), a3 = Vector256.Create(a[3 * stepA]);
            x = Four(w + i, rowW, a0, a1, a2, a3, x);
            y = Four(v + i, rowW, a0, a1, a2, a3, y);
        }
        for (; i < k; i++, a += stepA)
        {
            Vector256<float> some = Vector256.Create(a[0]);
            x = Fma.MultiplyAdd(some, Column(w + i, rowW), x);
            y = Fma.MultiplyAdd(some, Column(v + i, rowW), y);
        }
        (bias == null ? x : x + Vector256.Load(bias)).Store(c);
        (bias == null ? y : y + Vector256.Load(bias + Lanes)).Store(c + Lanes);
    }

    /// <summary>Four steps of k for eight columns: four elements of eight rows become four vectors of eight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Four(float* w, long rowW, Vector256<float> a0, Vector256<float> a1, Vector256<float> a2, Vector256<float> a3, Vector256<float> sum)
    {
        Vector256<float> r0 = Both(w, rowW), r1 = Both(w + rowW, rowW), r2 = Both(w + (2 * rowW), rowW), r3 = Both(w + (3 * rowW), rowW);
        Vector256<float> low01 = Avx.UnpackLow(r0, r1), high01 = Avx.UnpackHigh(r0, r1), low23 = Avx.UnpackLow(r2, r3), high23 = Avx.UnpackHigh(r2, r3);
        sum = Fma.MultiplyAdd(a0, Avx.Shuffle(low01, low23, 0x44), sum);
        sum = Fma.MultiplyAdd(a1, Avx.Shuffle(low01, low23, 0xEE), sum);
        sum = Fma.MultiplyAdd(a2, Avx.Shuffle(high01, high23, 0x44), sum);
        return Fma.MultiplyAdd(a3, Avx.Shuffle(high01, high23, 0xEE), sum);
    }

    /// <summary>Four elements of a row and of the fourth row after it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Both(float* w, long rowW) => Vector256.Create(Vector128.Load(w), Vector128.Load(w + (4 * rowW)));

    private static Vector256<float> Column(float* w, long rowW) =>
        Vector256.Create(w[0], w[rowW], w[2 * rowW], w[3 * rowW], w[4 * rowW], w[5 * rowW], w[6 * rowW], w[7 * rowW]);
}
