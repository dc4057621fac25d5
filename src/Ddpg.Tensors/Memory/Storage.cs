using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>
/// One native buffer, shared by counting among the tensors that are views of it and the graph nodes that saved it.
/// The finalizer stands behind forgotten tensors: when none of them is reachable any more, the buffer returns to the pool.
/// </summary>
internal sealed unsafe class Storage(byte* data, int sizeClass)
{
    private int _references;
    private int _tensors;

    internal byte* Data { get; private set; } = data;
    internal int SizeClass { get; } = sizeClass;
    internal long CanaryAt { get; set; } = -1;

    /// <summary>Counts in-place writes: a tensor saved for backward compares it (PyTorch's version counter).</summary>
    internal int Version { get; private set; }

    /// <summary>The buffer's matrix packed for the product kernels, kept as long as nobody writes to the buffer.</summary>
    internal PackedMatrix? PackedPlain;
    internal PackedMatrix? PackedTransposed;

    internal bool IsShared => _references > 1;

    internal void Start()
    {
        _references = 1;
        _tensors = 0;
        Version = 0;
        CanaryAt = -1;
    }

    internal void AddReference() => Interlocked.Increment(ref _references);

    internal void CountTensor(int change) => Interlocked.Add(ref _tensors, change);

    internal void Release()
    {
        if (Interlocked.Decrement(ref _references) == 0) ReturnToPool();
    }

    internal void MarkWritten() => Version++;

    internal void FreeToSystem()
    {
        NativeMemory.AlignedFree(Data);
        Data = null;
        GC.SuppressFinalize(this);
    }

    private void ReturnToPool()
    {
        PackedPlain?.Release();
        PackedTransposed?.Release();
        PackedPlain = PackedTransposed = null;
        NativePool.Return(this);
    }

    ~Storage()
    {
        if (Data is null) return;
        // The packed copies became unreachable with this buffer and have finalizers of their own, which may have run already: releasing them here
        // would free them a second time, under whoever rented them since.
        PackedPlain = PackedTransposed = null;
        torch.Tensor.ForgetCount(_tensors);
        _references = 0;
        // What became unreachable together with this may have been finalized before it, and be in use again: it is not touched here.
        PackedPlain = PackedTransposed = null;
        GC.ReRegisterForFinalize(this);
        NativePool.Return(this);
    }
}
