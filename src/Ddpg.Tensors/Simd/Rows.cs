using System.Runtime.CompilerServices;

namespace TorchSharp;

/// <summary>One row of an elementwise operation: lanes while they last, then single elements with the same operations.</summary>
internal static unsafe class Rows
{
    internal static void Unary<TOp, T>(TOp op, T* x, long stepX, T* y, long stepY, long n) where TOp : struct, IUnary where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            switch (SimdWidth.Bits)
            {
                case 512: Unary<TOp, V512, V1, float>(op, (float*)x, stepX, (float*)y, stepY, n); return;
                case 256: Unary<TOp, V256, V1, float>(op, (float*)x, stepX, (float*)y, stepY, n); return;
                default: Unary<TOp, V128, V1, float>(op, (float*)x, stepX, (float*)y, stepY, n); return;
            }
        }
        if (typeof(T) == typeof(double)) Unary<TOp, D1, D1, double>(op, (double*)x, stepX, (double*)y, stepY, n);
        else Unary<TOp, L1, L1, long>(op, (long*)x, stepX, (long*)y, stepY, n);
    }

    internal static void Binary<TOp, T>(TOp op, T* a, long stepA, T* b, long stepB, T* y, long stepY, long n)
        where TOp : struct, IBinary where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            switch (SimdWidth.Bits)
            {
                case 512: Binary<TOp, V512, V1, float>(op, (float*)a, stepA, (float*)b, stepB, (float*)y, stepY, n); return;
                case 256: Binary<TOp, V256, V1, float>(op, (float*)a, stepA, (float*)b, stepB, (float*)y, stepY, n); return;
                default: Binary<TOp, V128, V1, float>(op, (float*)a, stepA, (float*)b, stepB, (float*)y, stepY, n); return;
            }
        }
        if (typeof(T) == typeof(double)) Binary<TOp, D1, D1, double>(op, (double*)a, stepA, (double*)b, stepB, (double*)y, stepY, n);
        else Binary<TOp, L1, L1, long>(op, (long*)a, stepA, (long*)b, stepB, (long*)y, stepY, n);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Unary<TOp, V, S, T>(TOp op, T* x, long stepX, T* y, long stepY, long n)
        where TOp : struct, IUnary where V : struct, IVec<V, T> where S : struct, IVec<S, T> where T : unmanaged
    {
        long i = 0;
        if (stepX == 1 && stepY == 1)
        {
            for (; i + V.Width <= n; i += V.Width) V.Store(op.Apply<V, T>(V.Load(x + i)), y + i);
        }
        for (; i < n; i++) S.Store(op.Apply<S, T>(S.Load(x + (i * stepX))), y + (i * stepY));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Binary<TOp, V, S, T>(TOp op, T* a, long stepA, T* b, long stepB, T* y, long stepY, long n)
        where TOp : struct, IBinary where V : struct, IVec<V, T> where S : struct, IVec<S, T> where T : unmanaged
    {
        long i = 0;
        if (stepY == 1 && stepA == 1 && stepB == 1)
        {
            for (; i + V.Width <= n; i += V.Width) V.Store(op.Apply<V, T>(V.Load(a + i), V.Load(b + i)), y + i);
        }
        else if (stepY == 1 && stepA == 1 && stepB == 0 && n > 0)
        {
            V other = V.Splat(*b);
            for (; i + V.Width <= n; i += V.Width) V.Store(op.Apply<V, T>(V.Load(a + i), other), y + i);
        }
        else if (stepY == 1 && stepA == 0 && stepB == 1 && n > 0)
        {
            V other = V.Splat(*a);
            for (; i + V.Width <= n; i += V.Width) V.Store(op.Apply<V, T>(other, V.Load(b + i)), y + i);
        }
        for (; i < n; i++) S.Store(op.Apply<S, T>(S.Load(a + (i * stepA)), S.Load(b + (i * stepB))), y + (i * stepY));
    }
}
