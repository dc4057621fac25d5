namespace TorchSharp;

/// <summary>Elementwise operations over dense arrays, long ones shared among the threads.</summary>
internal static unsafe class SharedRows
{
    private const long PerPart = 8192;

    /// <summary>What an element costs, in multiply-adds.</summary>
    private const long CostOfElement = 25;

    internal static void Unary<TOp, T>(TOp op, T* x, T* y, long n) where TOp : struct, IUnary where T : unmanaged
    {
        if (n <= PerPart || Workers.Count == 1) Rows.Unary(op, x, 1, y, 1, n);
        else Workers.Run(new UnaryJob<TOp, T>(op, x, y, n), Parts(n), CostOfElement * n);
    }

    internal static void Binary<TOp, T>(TOp op, T* a, T* b, T* y, long n) where TOp : struct, IBinary where T : unmanaged
    {
        if (n <= PerPart || Workers.Count == 1) Rows.Binary(op, a, 1, b, 1, y, 1, n);
        else Workers.Run(new BinaryJob<TOp, T>(op, a, b, y, n), Parts(n), CostOfElement * n);
    }

    private static int Parts(long n) => (int)((n + PerPart - 1) / PerPart);

    private sealed class UnaryJob<TOp, T>(TOp op, T* x, T* y, long n) : ParallelWork where TOp : struct, IUnary where T : unmanaged
    {
        internal override void Execute(int part)
        {
            long first = part * PerPart;
            Rows.Unary(op, x + first, 1, y + first, 1, Math.Min(PerPart, n - first));
        }
    }

    private sealed class BinaryJob<TOp, T>(TOp op, T* a, T* b, T* y, long n) : ParallelWork where TOp : struct, IBinary where T : unmanaged
    {
        internal override void Execute(int part)
        {
            long first = part * PerPart;
            Rows.Binary(op, a + first, 1, b + first, 1, y + first, 1, Math.Min(PerPart, n - first));
        }
    }
}
