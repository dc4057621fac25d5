using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TorchSharp;

/// <summary>The right-hand matrix of a product in panels: <c>Width</c> columns, k after k, the last panel filled up with zeros.</summary>
internal sealed unsafe class PackedMatrix
{
    private readonly Storage _storage;

    private PackedMatrix(Storage storage, int width, long k, long n, int version)
    {
        _storage = storage;
        Width = width;
        K = k;
        N = n;
        Version = version;
    }

    internal int Width { get; }
    internal long K { get; }
    internal long N { get; }
    internal int Version { get; }

    /// <summary>Which view of the buffer was packed.</summary>
    internal (long Offset, long Rows, long Columns, long Step) Owner { get; set; }

    internal float* Panel(long panel) => (float*)_storage.Data + (panel * Width * K);

    internal void Release() => _storage.Release();

    /// <summary>Packs a matrix of k rows and n columns with any steps.</summary>
    internal static PackedMatrix Pack(float* b, long stepK, long stepN, long k, long n, int width, int version)
    {
        long panels = (n + width - 1) / width;
        Storage storage = NativePool.Rent(Math.Max(1, panels * width * k) * sizeof(float));
        var packed = new PackedMatrix(storage, width, k, n, version);
        for (long panel = 0; panel < panels; panel++)
        {
            long first = panel * width;
            PackPanel(b + (first * stepN), stepK, stepN, k, Math.Min(width, n - first), width, packed.Panel(panel));
        }
        return packed;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void PackPanel(float* b, long stepK, long stepN, long k, long columns, int width, float* to)
    {
        if (columns < width) new Span<float>(to, checked((int)(k * width))).Clear();
        if (stepN == 1)
        {
            for (long i = 0; i < k; i++) Unsafe.CopyBlockUnaligned(to + (i * width), b + (i * stepK), (uint)(columns * sizeof(float)));
            return;
        }
        long column = 0;
        if (stepK == 1 && Sse.IsSupported)
        {
            for (; column + 4 <= columns; column += 4) TransposeFour(b + (column * stepN), stepN, k, to + column, width);
        }
        for (; column < columns; column++)
        {
            for (long i = 0; i < k; i++) to[(i * width) + column] = b[(column * stepN) + (i * stepK)];
        }
    }

    /// <summary>Four rows of length k become k rows of four.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransposeFour(float* b, long step, long k, float* to, long width)
    {
        float* b1 = b + step, b2 = b1 + step, b3 = b2 + step;
        long i = 0;
        for (; i + 4 <= k; i += 4, to += 4 * width)
        {
            Vector128<float> r0 = Vector128.Load(b + i), r1 = Vector128.Load(b1 + i), r2 = Vector128.Load(b2 + i), r3 = Vector128.Load(b3 + i);
            Vector128<float> low01 = Sse.UnpackLow(r0, r1), high01 = Sse.UnpackHigh(r0, r1), low23 = Sse.UnpackLow(r2, r3), high23 = Sse.UnpackHigh(r2, r3);
            Sse.MoveLowToHigh(low01, low23).Store(to);
            Sse.MoveHighToLow(low23, low01).Store(to + width);
            Sse.MoveLowToHigh(high01, high23).Store(to + (2 * width));
            Sse.MoveHighToLow(high23, high01).Store(to + (3 * width));
        }
        for (; i < k; i++, to += width) (to[0], to[1], to[2], to[3]) = (b[i], b1[i], b2[i], b3[i]);
    }
}
