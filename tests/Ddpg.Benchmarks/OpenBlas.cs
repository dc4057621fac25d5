using System.Runtime.InteropServices;

namespace Ddpg.Benchmarks;

/// <summary>The yardstick: Debian's OpenBLAS multiplying matrices of an update's shapes, and nothing else.</summary>
internal sealed unsafe class OpenBlas : IDisposable
{
    private const int RowMajor = 101;
    private const int NoTranspose = 111;
    private const int Transpose = 112;

    private readonly nint _library;
    private readonly delegate* unmanaged<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void> _sgemm;
    private readonly delegate* unmanaged<int, void> _setThreads;
    private readonly float* _memory;

    private OpenBlas(nint library)
    {
        _library = library;
        _sgemm = (delegate* unmanaged<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void>)NativeLibrary.GetExport(library, "cblas_sgemm");
        _setThreads = (delegate* unmanaged<int, void>)NativeLibrary.GetExport(library, "openblas_set_num_threads");
        _memory = (float*)NativeMemory.AlignedAlloc(3 * sizeof(float) << 20, 64);
        for (int i = 0; i < 3 << 20; i++) _memory[i] = (i % 97) * 0.01f;
    }

    public static OpenBlas? TryLoad() => NativeLibrary.TryLoad("libopenblas.so.0", out nint library) ? new OpenBlas(library) : null;

    public void SetThreads(int count) => _setThreads(count);

    /// <summary>Every product of one update, in the layouts in which a network meets them.</summary>
    public void Multiply(Case row)
    {
        foreach ((int m, int n, int k) in row.Products())
        {
            bool gradient = k == row.Batch;
            // Weights lie by outputs, so a forward product reads them transposed; a weight gradient reads the outgoing gradient transposed.
            _sgemm(RowMajor, gradient ? Transpose : NoTranspose, gradient ? NoTranspose : Transpose, m, n, k, 1, _memory, gradient ? m : k,
                _memory + (1 << 20), gradient ? n : k, 0, _memory + (2 << 20), n);
        }
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(_memory);
        NativeLibrary.Free(_library);
    }
}
