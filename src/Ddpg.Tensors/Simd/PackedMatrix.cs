using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TorchSharp;

/// <summary>The right-hand matrix of a product in panels: <c>Width</c> columns, k after k, the last panel filled up with zeros.</summary>
internal sealed unsafe class PackedMatrix
{
    private const long ParallelElements = 32_768;
    private const long Line = 16;

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
        var job = new Job(packed, b, stepK, stepN);
        if (k * n >= ParallelElements) Workers.Run(job, (int)panels, 15 * k * n);
        else for (int panel = 0; panel < panels; panel++) job.Execute(panel);
        return packed;
    }

    private sealed class Job(PackedMatrix packed, float* b, long stepK, long stepN) : ParallelWork
    {
        internal override void Execute(int part)
        {
            long first = (long)part * packed.Width;
            PackPanel(b + (first * stepN), stepK, stepN, packed.K, Math.Min(packed.Width, packed.N - first), packed.Width, packed.Panel(part));
        }
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
        long fours = stepK == 1 && Sse.IsSupported ? columns / 4 : 0, k4 = fours > 0 ? k / 4 * 4 : 0;
        // A cache line of every row at a time, so that each line is fetched once and the panel is written nearly in order.
        for (long block = 0; block < k4; block += Line)
        {
            long end = Math.Min(block + Line, k4);
            for (long four = 0; four < fours; four++)
            {
                float* row = b + (four * 4 * stepN), column = to + (four * 4);
                for (int r = 0; r < 4; r++) Sse.Prefetch0(row + (r * stepN) + end);
                for (long i = block; i < end; i += 4) TransposeFour(row + i, stepN, column + (i * width), width);
            }
        }
        for (long i = 0; i < k; i++)
        {
            for (long column = i < k4 ? fours * 4 : 0; column < columns; column++) to[(i * width) + column] = b[(column * stepN) + (i * stepK)];
        }
    }

    /// <summary>Four rows of four become four rows of four.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeFour(float* b, long step, float* to, long width)
    {
        Vector128<float> r0 = Vector128.Load(b), r1 = Vector128.Load(b + step), r2 = Vector128.Load(b + (2 * step)), r3 = Vector128.Load(b + (3 * step));
        Vector128<float> low01 = Sse.UnpackLow(r0, r1), high01 = Sse.UnpackHigh(r0, r1), low23 = Sse.UnpackLow(r2, r3), high23 = Sse.UnpackHigh(r2, r3);
        Sse.MoveLowToHigh(low01, low23).Store(to);
        Sse.MoveHighToLow(low23, low01).Store(to + width);
        Sse.MoveLowToHigh(high01, high23).Store(to + (2 * width));
        Sse.MoveHighToLow(high23, high01).Store(to + (3 * width));
    }
}
