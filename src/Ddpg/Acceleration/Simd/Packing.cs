using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Ddpg.Acceleration;

/// <summary>Copies a panel of a product's right-hand matrix so that it lies k after k; columns short of one whole vector are filled up with zeros.</summary>
internal static unsafe class Packing
{
    private const long Line = 16;
    private const long CostOfElement = 30;

    /// <summary>What packing costs, in multiply-adds.</summary>
    internal static long Cost(long k, long n) => CostOfElement * k * n;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void PackPanel(float* b, long stepK, long stepN, long k, long columns, long width, float* to)
    {
        if (columns < width) new Span<float>(to, checked((int)(k * width))).Clear();
        if (stepN == 1)
        {
            for (long i = 0; i < k; i++) Unsafe.CopyBlockUnaligned(to + (i * width), b + (i * stepK), (uint)(columns * sizeof(float)));
            return;
        }
        long eights = stepK == 1 && Avx.IsSupported ? columns / 8 * 8 : 0, wholeK = eights > 0 ? k / 8 * 8 : 0;
        // A cache line of every row at a time, so that each line is fetched once and the panel is written nearly in order.
        for (long block = 0; block < wholeK; block += Line)
        {
            long end = Math.Min(block + Line, wholeK);
            for (long column = 0; column < eights; column += 8)
            {
                float* row = b + (column * stepN);
                for (int r = 0; r < 8; r++) Sse.Prefetch0(row + (r * stepN) + end);
                for (long i = block; i < end; i += 8) TransposeEight(row + i, stepN, to + (i * width) + column, width);
            }
        }
        for (long i = 0; i < k; i++)
            for (long column = i < wholeK ? eights : 0; column < columns; column++) to[(i * width) + column] = b[(column * stepN) + (i * stepK)];
    }

    /// <summary>Eight rows of eight become eight rows of eight, half of the columns after the other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeEight(float* b, long step, float* to, long width)
    {
        TransposeHalf(b, step, to, width);
        TransposeHalf(b + 4, step, to + (4 * width), width);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeHalf(float* b, long step, float* to, long width)
    {
        Vector256<float> r0 = Both(b, step), r1 = Both(b + step, step), r2 = Both(b + (2 * step), step), r3 = Both(b + (3 * step), step);
        Vector256<float> low01 = Avx.UnpackLow(r0, r1), high01 = Avx.UnpackHigh(r0, r1), low23 = Avx.UnpackLow(r2, r3), high23 = Avx.UnpackHigh(r2, r3);
        Avx.Shuffle(low01, low23, 0x44).Store(to);
        Avx.Shuffle(low01, low23, 0xEE).Store(to + width);
        Avx.Shuffle(high01, high23, 0x44).Store(to + (2 * width));
        Avx.Shuffle(high01, high23, 0xEE).Store(to + (3 * width));
    }

    /// <summary>Four elements of a row and of the fourth row after it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Both(float* b, long step) => Vector256.Create(Vector128.Load(b), Vector128.Load(b + (4 * step)));
}
