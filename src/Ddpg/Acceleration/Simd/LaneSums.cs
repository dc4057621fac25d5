using System.Runtime.CompilerServices;

namespace Ddpg.Acceleration;

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

    /// <summary>y[c] = Σ x[r, c]: from the first row to the last, and a single column as a row.</summary>
    internal static void Down(float* x, long rows, long columns, float* y)
    {
        if (columns == 1) *y = Row(x, rows);
        else Columns(x, rows, columns, y);
    }

    private static void Columns(float* x, long rows, long columns, float* y)
    {
        switch (SimdWidth.Bits)
        {
            case 512: Columns<V512>(x, rows, columns, y); break;
            case 256: Columns<V256>(x, rows, columns, y); break;
            default: Columns<V128>(x, rows, columns, y); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Columns<V>(float* x, long rows, long columns, float* y) where V : struct, IVec<V>
    {
        long c = 0;
        for (; c + (4 * V.Width) <= columns; c += 4 * V.Width)
        {
            V s0 = V.Of(0), s1 = s0, s2 = s0, s3 = s0;
            float* p = x + c;
            for (long r = 0; r < rows; r++, p += columns)
            {
                s0 += V.Load(p);
                s1 += V.Load(p + V.Width);
                s2 += V.Load(p + (2 * V.Width));
                s3 += V.Load(p + (3 * V.Width));
            }
            V.Store(s0, y + c);
            V.Store(s1, y + c + V.Width);
            V.Store(s2, y + c + (2 * V.Width));
            V.Store(s3, y + c + (3 * V.Width));
        }
        for (; c + V.Width <= columns; c += V.Width)
        {
            V sum = V.Of(0);
            for (long r = 0; r < rows; r++) sum += V.Load(x + (r * columns) + c);
            V.Store(sum, y + c);
        }
        for (; c < columns; c++)
        {
            float sum = 0;
            for (long r = 0; r < rows; r++) sum += x[(r * columns) + c];
            y[c] = sum;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float OneBlock<V>(float* x, long n) where V : struct, IVec<V>
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
            for (int lane = 0; lane < half; lane++) lanes[lane] += lanes[lane + half];
        return lanes[0];
    }
}
