using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Ddpg.Acceleration;

/// <summary>
/// The innermost loops of a matrix product: a few rows by a few vectors of columns stay in registers while k goes by.
/// Every element of the result is one chain of fused multiply-adds over k in order, whatever tile it falls into, so neither
/// the vector width nor the split among threads can change a bit.
/// </summary>
internal static unsafe class Tiles
{
    // A tile's rows R, vectors of columns C, and whether it adds a bias (F of size two), as sizes of types: what a tile does not have is never compiled.
    [StructLayout(LayoutKind.Sequential, Size = 1)] private readonly struct One;
    [StructLayout(LayoutKind.Sequential, Size = 2)] private readonly struct Two;
    [StructLayout(LayoutKind.Sequential, Size = 3)] private readonly struct Three;
    [StructLayout(LayoutKind.Sequential, Size = 4)] private readonly struct Four;
    [StructLayout(LayoutKind.Sequential, Size = 6)] private readonly struct Six;

    private const int Line = 64 / sizeof(float);

    /// <summary>Computes a strip of rows by one to four vectors of columns (to two, where registers are few).</summary>
    internal static void Strip(long rows, float* a, long rowA, long stepA, float* b, long stepB, long k, float* c, long rowC, float* bias, int vectors)
    {
        switch (SimdWidth.Bits)
        {
            case 512: Strip<Lanes512, Vector512<float>>(rows, a, rowA, stepA, b, stepB, k, c, rowC, bias, vectors); break;
            case 256: Strip<Lanes256, Vector256<float>>(rows, a, rowA, stepA, b, stepB, k, c, rowC, bias, vectors); break;
            default: Strip<Lanes128, Vector128<float>>(rows, a, rowA, stepA, b, stepB, k, c, rowC, bias, vectors); break;
        }
    }

    private static void Strip<L, V>(long rows, float* a, long rowA, long stepA, float* b, long stepB, long k, float* c, long rowC, float* bias, int vectors)
        where L : struct, ILanes<V> where V : struct
    {
        // Decided here and not at each store: branches between the stores made the whole tile half as fast.
        if (bias != null) Strip<L, V, Two>(rows, a, rowA, stepA, b, stepB, k, c, rowC, bias, vectors);
        else Strip<L, V, One>(rows, a, rowA, stepA, b, stepB, k, c, rowC, bias, vectors);
    }

    private static void Strip<L, V, F>(long rows, float* a, long rowA, long stepA, float* b, long stepB, long k, float* c, long rowC, float* bias, int vectors)
        where L : struct, ILanes<V> where V : struct where F : unmanaged
    {
        switch (vectors)
        {
            case 1: Strip<L, V, F, One>(rows, a, rowA, stepA, b, stepB, k, c, rowC, bias); break;
            case 2: Strip<L, V, F, Two>(rows, a, rowA, stepA, b, stepB, k, c, rowC, bias); break;
            case 3: Strip<L, V, F, Three>(rows, a, rowA, stepA, b, stepB, k, c, rowC, bias); break;
            default: Strip<L, V, F, Four>(rows, a, rowA, stepA, b, stepB, k, c, rowC, bias); break;
        }
    }

    // Optimised as one method of its own: put into its callers, all the tiles together used to pass what the compiler is willing to inline,
    // and a tile whose rows are calls takes two and a half times as long.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Strip<L, V, F, C>(long rows, float* a, long rowA, long stepA, float* b, long stepB, long k, float* c, long rowC, float* bias)
        where L : struct, ILanes<V> where V : struct where F : unmanaged where C : unmanaged
    {
        for (; rows >= 6; rows -= 6, a += 6 * rowA, c += 6 * rowC) Tile<L, V, F, Six, C>(a, rowA, stepA, b, stepB, k, c, rowC, bias);
        for (; rows >= 4; rows -= 4, a += 4 * rowA, c += 4 * rowC) Tile<L, V, F, Four, C>(a, rowA, stepA, b, stepB, k, c, rowC, bias);
        for (; rows >= 2; rows -= 2, a += 2 * rowA, c += 2 * rowC) Tile<L, V, F, Two, C>(a, rowA, stepA, b, stepB, k, c, rowC, bias);
        if (rows == 1) Tile<L, V, F, One, C>(a, rowA, stepA, b, stepB, k, c, rowC, bias);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Tile<L, V, F, R, C>(float* a, long rowA, long stepA, float* b, long stepB, long k, float* c, long rowC, float* bias)
        where L : struct, ILanes<V> where V : struct where F : unmanaged where R : unmanaged where C : unmanaged
    {
        V x0 = default, y0 = x0, z0 = x0, w0 = x0;
        V x1 = x0, y1 = x0, z1 = x0, w1 = x0;
        V x2 = x0, y2 = x0, z2 = x0, w2 = x0;
        V x3 = x0, y3 = x0, z3 = x0, w3 = x0;
        V x4 = x0, y4 = x0, z4 = x0, w4 = x0;
        V x5 = x0, y5 = x0, z5 = x0, w5 = x0;
        // The tile below is stored next: its lines are fetched while this one computes.
        if (sizeof(R) == 6 && Sse.IsSupported)
        {
            float* below = c + (6 * rowC);
            for (long row = 0; row < 6; row++, below += rowC)
                for (int column = 0; column < sizeof(C) * L.Width; column += Line) Sse.Prefetch0(below + column);
        }
        V p, q = x0, r = x0, s = x0;
        // One index for all rows: what the loop does besides takes time from the multiply-adds.
        float* a1 = a + rowA, a2 = a1 + rowA, a3 = a2 + rowA, a4 = a3 + rowA, a5 = a4 + rowA;
        for (long i = 0; k != 0; k--, i += stepA, b += stepB)
        {
            p = L.Load(b);
            if (sizeof(C) > 1) q = L.Load(b + L.Width);
            if (sizeof(C) > 2) r = L.Load(b + (2 * L.Width));
            if (sizeof(C) > 3) s = L.Load(b + (3 * L.Width));
            Row<L, V, C>(L.Splat(a[i]), p, q, r, s, ref x0, ref y0, ref z0, ref w0);
            if (sizeof(R) > 1) Row<L, V, C>(L.Splat(a1[i]), p, q, r, s, ref x1, ref y1, ref z1, ref w1);
            if (sizeof(R) > 2) Row<L, V, C>(L.Splat(a2[i]), p, q, r, s, ref x2, ref y2, ref z2, ref w2);
            if (sizeof(R) > 2) Row<L, V, C>(L.Splat(a3[i]), p, q, r, s, ref x3, ref y3, ref z3, ref w3);
            if (sizeof(R) > 4) Row<L, V, C>(L.Splat(a4[i]), p, q, r, s, ref x4, ref y4, ref z4, ref w4);
            if (sizeof(R) > 4) Row<L, V, C>(L.Splat(a5[i]), p, q, r, s, ref x5, ref y5, ref z5, ref w5);
        }
        Store<L, V, F, C>(x0, y0, z0, w0, c, bias);
        if (sizeof(R) > 1) Store<L, V, F, C>(x1, y1, z1, w1, c + rowC, bias);
        if (sizeof(R) > 2) Store<L, V, F, C>(x2, y2, z2, w2, c + (2 * rowC), bias);
        if (sizeof(R) > 2) Store<L, V, F, C>(x3, y3, z3, w3, c + (3 * rowC), bias);
        if (sizeof(R) > 4) Store<L, V, F, C>(x4, y4, z4, w4, c + (4 * rowC), bias);
        if (sizeof(R) > 4) Store<L, V, F, C>(x5, y5, z5, w5, c + (5 * rowC), bias);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Row<L, V, C>(V a, V p, V q, V r, V s, ref V x, ref V y, ref V z, ref V w)
        where L : struct, ILanes<V> where V : struct where C : unmanaged
    {
        x = L.Fma(a, p, x);
        if (sizeof(C) > 1) y = L.Fma(a, q, y);
        if (sizeof(C) > 2) z = L.Fma(a, r, z);
        if (sizeof(C) > 3) w = L.Fma(a, s, w);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<L, V, F, C>(V x, V y, V z, V w, float* c, float* bias)
        where L : struct, ILanes<V> where V : struct where F : unmanaged where C : unmanaged
    {
        L.Store(sizeof(F) == 1 ? x : L.Add(x, L.Load(bias)), c);
        if (sizeof(C) > 1) L.Store(sizeof(F) == 1 ? y : L.Add(y, L.Load(bias + L.Width)), c + L.Width);
        if (sizeof(C) > 2) L.Store(sizeof(F) == 1 ? z : L.Add(z, L.Load(bias + (2 * L.Width))), c + (2 * L.Width));
        if (sizeof(C) > 3) L.Store(sizeof(F) == 1 ? w : L.Add(w, L.Load(bias + (3 * L.Width))), c + (3 * L.Width));
    }
}
