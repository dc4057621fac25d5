using System.Runtime.CompilerServices;

namespace Ddpg.Acceleration;

/// <summary>An elementwise operation over dense floats: lanes while they last, then single elements with the same operations. Long rows are shared among the threads.</summary>
internal static unsafe class Rows
{
    private const long PerPart = 8192;

    /// <summary>What an element costs, in multiply-adds.</summary>
    private const long CostOfElement = 25;

    internal static void Unary<TOp>(TOp op, float* x, float* y, long n) where TOp : struct, IUnary
    {
        if (n <= PerPart || Workers.Count == 1) UnaryPart(op, x, y, n);
        else Workers.Run(new UnaryJob<TOp>(op, x, y, n), Parts(n), CostOfElement * n);
    }

    internal static void Binary<TOp>(TOp op, float* a, float* b, float* y, long n) where TOp : struct, IBinary
    {
        if (n <= PerPart || Workers.Count == 1) BinaryPart(op, a, b, y, n);
        else Workers.Run(new BinaryJob<TOp>(op, a, b, y, n), Parts(n), CostOfElement * n);
    }

    private static int Parts(long n) => (int)((n + PerPart - 1) / PerPart);

    private static void UnaryPart<TOp>(TOp op, float* x, float* y, long n) where TOp : struct, IUnary
    {
        switch (SimdWidth.Bits)
        {
            case 512: Unary<TOp, V512>(op, x, y, n); break;
            case 256: Unary<TOp, V256>(op, x, y, n); break;
            default: Unary<TOp, V128>(op, x, y, n); break;
        }
    }

    private static void BinaryPart<TOp>(TOp op, float* a, float* b, float* y, long n) where TOp : struct, IBinary
    {
        switch (SimdWidth.Bits)
        {
            case 512: Binary<TOp, V512>(op, a, b, y, n); break;
            case 256: Binary<TOp, V256>(op, a, b, y, n); break;
            default: Binary<TOp, V128>(op, a, b, y, n); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Unary<TOp, V>(TOp op, float* x, float* y, long n) where TOp : struct, IUnary where V : struct, IVec<V>
    {
        long i = 0;
        for (; i + V.Width <= n; i += V.Width) V.Store(op.Apply(V.Load(x + i)), y + i);
        for (; i < n; i++) V1.Store(op.Apply(V1.Load(x + i)), y + i);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Binary<TOp, V>(TOp op, float* a, float* b, float* y, long n) where TOp : struct, IBinary where V : struct, IVec<V>
    {
        long i = 0;
        for (; i + V.Width <= n; i += V.Width) V.Store(op.Apply(V.Load(a + i), V.Load(b + i)), y + i);
        for (; i < n; i++) V1.Store(op.Apply(V1.Load(a + i), V1.Load(b + i)), y + i);
    }

    private sealed class UnaryJob<TOp>(TOp op, float* x, float* y, long n) : ParallelWork where TOp : struct, IUnary
    {
        internal override void Execute(int part)
        {
            long first = part * PerPart;
            UnaryPart(op, x + first, y + first, Math.Min(PerPart, n - first));
        }
    }

    private sealed class BinaryJob<TOp>(TOp op, float* a, float* b, float* y, long n) : ParallelWork where TOp : struct, IBinary
    {
        internal override void Execute(int part)
        {
            long first = part * PerPart;
            BinaryPart(op, a + first, b + first, y + first, Math.Min(PerPart, n - first));
        }
    }
}
