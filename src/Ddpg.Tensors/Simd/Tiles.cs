using System.Runtime.CompilerServices;

namespace TorchSharp;

/// <summary>
/// The innermost loops of a matrix product: a few rows by one or two vectors of columns stay in registers while k goes by.
/// Every element of the result is one chain of fused multiply-adds over k in order, whatever tile it falls into, so neither
/// the vector width nor the split among threads can change a bit.
/// </summary>
internal static unsafe class Tiles
{
    /// <summary>Computes a strip of rows by <c>2·V.Width</c> columns (or one vector, where <paramref name="narrow"/>).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Strip<V>(long rows, float* a, long rowA, long stepA, float* b, long stepB, long k, float* c, long rowC, float* bias, bool narrow)
        where V : struct, IVec<V, float>
    {
        // Sixteen accumulators need more registers than 256-bit machines have; twelve fit.
        int tall = V.Width == 8 && !narrow ? 6 : 8;
        for (; rows >= tall; rows -= tall, a += tall * rowA, c += tall * rowC)
        {
            if (narrow) One8<V>(a, rowA, stepA, b, stepB, k, c, rowC, bias);
            else if (tall == 8) Two8<V>(a, rowA, stepA, b, stepB, k, c, rowC, bias);
            else Two6<V>(a, rowA, stepA, b, stepB, k, c, rowC, bias);
        }
        for (; rows >= 4; rows -= 4, a += 4 * rowA, c += 4 * rowC)
        {
            if (narrow) One4<V>(a, rowA, stepA, b, stepB, k, c, rowC, bias);
            else Two4<V>(a, rowA, stepA, b, stepB, k, c, rowC, bias);
        }
        if (rows >= 2 && !narrow)
        {
            if (rows == 3) Two3<V>(a, rowA, stepA, b, stepB, k, c, rowC, bias);
            else Two2<V>(a, rowA, stepA, b, stepB, k, c, rowC, bias);
            return;
        }
        for (; rows > 0; rows--, a += rowA, c += rowC)
        {
            if (narrow) One1<V>(a, rowA, stepA, b, stepB, k, c, rowC, bias);
            else Two1<V>(a, rowA, stepA, b, stepB, k, c, rowC, bias);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish<V>(V x, float* c, float* bias) where V : struct, IVec<V, float>
    {
        if (bias != null) x += V.Load(bias);
        V.Store(x, c);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish<V>(V x, V y, float* c, float* bias) where V : struct, IVec<V, float>
    {
        Finish(x, c, bias);
        Finish(y, c + V.Width, bias == null ? null : bias + V.Width);
    }

    /// <summary>Eight rows of the result, two vectors wide.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Two8<V>(float* a, long rowA, long stepA, float* b, long stepB, long k, float* c, long rowC, float* bias) where V : struct, IVec<V, float>
    {
        V zero = V.Of(0);
        V x0 = zero, y0 = zero;
        V x1 = zero, y1 = zero;
        V x2 = zero, y2 = zero;
        V x3 = zero, y3 = zero;
        V x4 = zero, y4 = zero;
        V x5 = zero, y5 = zero;
        V x6 = zero, y6 = zero;
        V x7 = zero, y7 = zero;
        float* far = a + (4 * rowA);
        for (; k > 0; k--, a += stepA, b += stepB, far += stepA)
        {
            V p = V.Load(b), q = V.Load(b + V.Width), s;
            s = V.Splat(*a);
            x0 = V.Fma(s, p, x0);
            y0 = V.Fma(s, q, y0);
            s = V.Splat(a[rowA]);
            x1 = V.Fma(s, p, x1);
            y1 = V.Fma(s, q, y1);
            s = V.Splat(a[2 * rowA]);
            x2 = V.Fma(s, p, x2);
            y2 = V.Fma(s, q, y2);
            s = V.Splat(a[3 * rowA]);
            x3 = V.Fma(s, p, x3);
            y3 = V.Fma(s, q, y3);
            s = V.Splat(*far);
            x4 = V.Fma(s, p, x4);
            y4 = V.Fma(s, q, y4);
            s = V.Splat(far[rowA]);
            x5 = V.Fma(s, p, x5);
            y5 = V.Fma(s, q, y5);
            s = V.Splat(far[2 * rowA]);
            x6 = V.Fma(s, p, x6);
            y6 = V.Fma(s, q, y6);
            s = V.Splat(far[3 * rowA]);
            x7 = V.Fma(s, p, x7);
            y7 = V.Fma(s, q, y7);
        }
        Finish(x0, y0, c, bias);
        Finish(x1, y1, c + rowC, bias);
        Finish(x2, y2, c + (2 * rowC), bias);
        Finish(x3, y3, c + (3 * rowC), bias);
        Finish(x4, y4, c + (4 * rowC), bias);
        Finish(x5, y5, c + (5 * rowC), bias);
        Finish(x6, y6, c + (6 * rowC), bias);
        Finish(x7, y7, c + (7 * rowC), bias);
    }

    /// <summary>Six rows of the result, two vectors wide.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Two6<V>(float* a, long rowA, long stepA, float* b, long stepB, long k, float* c, long rowC, float* bias) where V : struct, IVec<V, float>
    {
        V zero = V.Of(0);
        V x0 = zero, y0 = zero;
        V x1 = zero, y1 = zero;
        V x2 = zero, y2 = zero;
        V x3 = zero, y3 = zero;
        V x4 = zero, y4 = zero;
        V x5 = zero, y5 = zero;
        float* far = a + (4 * rowA);
        for (; k > 0; k--, a += stepA, b += stepB, far += stepA)
        {
            V p = V.Load(b), q = V.Load(b + V.Width), s;
            s = V.Splat(*a);
            x0 = V.Fma(s, p, x0);
            y0 = V.Fma(s, q, y0);
            s = V.Splat(a[rowA]);
            x1 = V.Fma(s, p, x1);
            y1 = V.Fma(s, q, y1);
            s = V.Splat(a[2 * rowA]);
            x2 = V.Fma(s, p, x2);
            y2 = V.Fma(s, q, y2);
            s = V.Splat(a[3 * rowA]);
            x3 = V.Fma(s, p, x3);
            y3 = V.Fma(s, q, y3);
            s = V.Splat(*far);
            x4 = V.Fma(s, p, x4);
            y4 = V.Fma(s, q, y4);
            s = V.Splat(far[rowA]);
            x5 = V.Fma(s, p, x5);
            y5 = V.Fma(s, q, y5);
        }
        Finish(x0, y0, c, bias);
        Finish(x1, y1, c + rowC, bias);
        Finish(x2, y2, c + (2 * rowC), bias);
        Finish(x3, y3, c + (3 * rowC), bias);
        Finish(x4, y4, c + (4 * rowC), bias);
        Finish(x5, y5, c + (5 * rowC), bias);
    }

    /// <summary>Four rows of the result, two vectors wide.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Two4<V>(float* a, long rowA, long stepA, float* b, long stepB, long k, float* c, long rowC, float* bias) where V : struct, IVec<V, float>
    {
        V zero = V.Of(0);
        V x0 = zero, y0 = zero;
        V x1 = zero, y1 = zero;
        V x2 = zero, y2 = zero;
        V x3 = zero, y3 = zero;
        for (; k > 0; k--, a += stepA, b += stepB)
        {
            V p = V.Load(b), q = V.Load(b + V.Width), s;
            s = V.Splat(*a);
            x0 = V.Fma(s, p, x0);
            y0 = V.Fma(s, q, y0);
            s = V.Splat(a[rowA]);
            x1 = V.Fma(s, p, x1);
            y1 = V.Fma(s, q, y1);
            s = V.Splat(a[2 * rowA]);
            x2 = V.Fma(s, p, x2);
            y2 = V.Fma(s, q, y2);
            s = V.Splat(a[3 * rowA]);
            x3 = V.Fma(s, p, x3);
            y3 = V.Fma(s, q, y3);
        }
        Finish(x0, y0, c, bias);
        Finish(x1, y1, c + rowC, bias);
        Finish(x2, y2, c + (2 * rowC), bias);
        Finish(x3, y3, c + (3 * rowC), bias);
    }

    /// <summary>Three rows of the result, two vectors wide.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Two3<V>(float* a, long rowA, long stepA, float* b, long stepB, long k, float* c, long rowC, float* bias) where V : struct, IVec<V, float>
    {
        V zero = V.Of(0);
        V x0 = zero, y0 = zero;
        V x1 = zero, y1 = zero;
        V x2 = zero, y2 = zero;
        for (; k > 0; k--, a += stepA, b += stepB)
        {
            V p = V.Load(b), q = V.Load(b + V.Width), s;
            s = V.Splat(*a);
            x0 = V.Fma(s, p, x0);
            y0 = V.Fma(s, q, y0);
            s = V.Splat(a[rowA]);
            x1 = V.Fma(s, p, x1);
            y1 = V.Fma(s, q, y1);
            s = V.Splat(a[2 * rowA]);
            x2 = V.Fma(s, p, x2);
            y2 = V.Fma(s, q, y2);
        }
        Finish(x0, y0, c, bias);
        Finish(x1, y1, c + rowC, bias);
        Finish(x2, y2, c + (2 * rowC), bias);
    }

    /// <summary>Two rows of the result, two vectors wide.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Two2<V>(float* a, long rowA, long stepA, float* b, long stepB, long k, float* c, long rowC, float* bias) where V : struct, IVec<V, float>
    {
        V zero = V.Of(0);
        V x0 = zero, y0 = zero;
        V x1 = zero, y1 = zero;
        for (; k > 0; k--, a += stepA, b += stepB)
        {
            V p = V.Load(b), q = V.Load(b + V.Width), s;
            s = V.Splat(*a);
            x0 = V.Fma(s, p, x0);
            y0 = V.Fma(s, q, y0);
            s = V.Splat(a[rowA]);
            x1 = V.Fma(s, p, x1);
            y1 = V.Fma(s, q, y1);
        }
        Finish(x0, y0, c, bias);
        Finish(x1, y1, c + rowC, bias);
    }

    /// <summary>One row of the result, two vectors wide.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Two1<V>(float* a, long rowA, long stepA, float* b, long stepB, long k, float* c, long rowC, float* bias) where V : struct, IVec<V, float>
    {
        V zero = V.Of(0);
        V x0 = zero, y0 = zero;
        for (; k > 0; k--, a += stepA, b += stepB)
        {
            V p = V.Load(b), q = V.Load(b + V.Width), s;
            s = V.Splat(*a);
            x0 = V.Fma(s, p, x0);
            y0 = V.Fma(s, q, y0);
        }
        Finish(x0, y0, c, bias);
    }

    /// <summary>Eight rows of the result, one vector wide.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void One8<V>(float* a, long rowA, long stepA, float* b, long stepB, long k, float* c, long rowC, float* bias) where V : struct, IVec<V, float>
    {
        V zero = V.Of(0);
        V x0 = zero;
        V x1 = zero;
        V x2 = zero;
        V x3 = zero;
        V x4 = zero;
        V x5 = zero;
        V x6 = zero;
        V x7 = zero;
        float* far = a + (4 * rowA);
        for (; k > 0; k--, a += stepA, b += stepB, far += stepA)
        {
            V p = V.Load(b);
            x0 = V.Fma(V.Splat(*a), p, x0);
            x1 = V.Fma(V.Splat(a[rowA]), p, x1);
            x2 = V.Fma(V.Splat(a[2 * rowA]), p, x2);
            x3 = V.Fma(V.Splat(a[3 * rowA]), p, x3);
            x4 = V.Fma(V.Splat(*far), p, x4);
            x5 = V.Fma(V.Splat(far[rowA]), p, x5);
            x6 = V.Fma(V.Splat(far[2 * rowA]), p, x6);
            x7 = V.Fma(V.Splat(far[3 * rowA]), p, x7);
        }
        Finish(x0, c, bias);
        Finish(x1, c + rowC, bias);
        Finish(x2, c + (2 * rowC), bias);
        Finish(x3, c + (3 * rowC), bias);
        Finish(x4, c + (4 * rowC), bias);
        Finish(x5, c + (5 * rowC), bias);
        Finish(x6, c + (6 * rowC), bias);
        Finish(x7, c + (7 * rowC), bias);
    }

    /// <summary>Four rows of the result, one vector wide.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void One4<V>(float* a, long rowA, long stepA, float* b, long stepB, long k, float* c, long rowC, float* bias) where V : struct, IVec<V, float>
    {
        V zero = V.Of(0);
        V x0 = zero;
        V x1 = zero;
        V x2 = zero;
        V x3 = zero;
        for (; k > 0; k--, a += stepA, b += stepB)
        {
            V p = V.Load(b);
            x0 = V.Fma(V.Splat(*a), p, x0);
            x1 = V.Fma(V.Splat(a[rowA]), p, x1);
            x2 = V.Fma(V.Splat(a[2 * rowA]), p, x2);
            x3 = V.Fma(V.Splat(a[3 * rowA]), p, x3);
        }
        Finish(x0, c, bias);
        Finish(x1, c + rowC, bias);
        Finish(x2, c + (2 * rowC), bias);
        Finish(x3, c + (3 * rowC), bias);
    }

    /// <summary>One row of the result, one vector wide.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void One1<V>(float* a, long rowA, long stepA, float* b, long stepB, long k, float* c, long rowC, float* bias) where V : struct, IVec<V, float>
    {
        V zero = V.Of(0);
        V x0 = zero;
        for (; k > 0; k--, a += stepA, b += stepB)
        {
            V p = V.Load(b);
            x0 = V.Fma(V.Splat(*a), p, x0);
        }
        Finish(x0, c, bias);
    }
}
