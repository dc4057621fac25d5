using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>
/// One native buffer, shared by counting among the tensors that are views of it and the graph nodes that saved it.
/// The finalizer stands behind forgotten tensors: when none of them is reachable any more, the buffer returns to the pool.
/// </summary>
internal sealed unsafe class Storage(byte* data, int sizeClass)
{
    private byte* _data = data;
    private int _references;
    private int _tensors;

    // Two writes wait until somebody looks at the buffer. Zeroing: most often the next gradient replaces the zeros unseen.
    // Scaling floats: most often an addition follows (a soft update), and both are done in one pass.
    private bool _waits;
    private long _zeroBytes;
    private long _scaleCount;
    private float _scale;

    /// <summary>The values.</summary>
    internal byte* Data
    {
        get
        {
            if (_waits) WriteWaiting();
            return _data;
        }
    }

    internal int SizeClass { get; } = sizeClass;
    internal long CanaryAt { get; set; } = -1;

    /// <summary>Part of a larger piece of memory, and so never given back to the system.</summary>
    internal bool IsPermanent { get; init; }

    /// <summary>Where a test's guarded buffer came from.</summary>
    internal IGuardedMemory? Guard { get; init; }

    /// <summary>Counts in-place writes: a tensor saved for backward compares it (PyTorch's version counter).</summary>
    internal int Version { get; private set; }

    /// <summary>The buffer's matrix packed for the product kernels, kept as long as nobody writes to the buffer.</summary>
    internal PackedMatrix? PackedTransposed;

    internal bool IsShared => Volatile.Read(ref _references) > 1;

    /// <summary>How many bytes from the start are zero without anybody having looked at the buffer since.</summary>
    internal long UnseenZeroBytes => _zeroBytes;

    internal void Start()
    {
        _references = 1;
        _tensors = 0;
        _waits = false;
        _zeroBytes = _scaleCount = 0;
        Version = 0;
        CanaryAt = -1;
    }

    internal void AddReference() => Interlocked.Increment(ref _references);

    internal void CountTensor(int change) => Interlocked.Add(ref _tensors, change);

    internal void Release()
    {
        if (Interlocked.Decrement(ref _references) != 0) return;
        ReleasePacked();
        NativePool.Return(this);
    }

    internal void MarkWritten()
    {
        Version++;
        // The next packing then finds this one's memory still in the cache.
        ReleasePacked();
    }

    internal void ZeroWhenSeen(long bytes)
    {
        if (_scaleCount * sizeof(float) > bytes) WriteWaiting();
        _scaleCount = 0;
        _zeroBytes = Math.Max(_zeroBytes, bytes);
        _waits = true;
    }

    /// <summary>Multiplies the first floats of the buffer, when somebody looks.</summary>
    internal void ScaleWhenSeen(long count, float scale)
    {
        if (_waits) WriteWaiting();
        (_scaleCount, _scale, _waits) = (count, scale, true);
    }

    /// <summary>Takes over a waiting multiplication of exactly so many floats.</summary>
    internal bool TryTakeScale(long count, out float scale)
    {
        scale = _scale;
        if (_scaleCount != count || count == 0 || _zeroBytes != 0) return false;
        _scaleCount = 0;
        _waits = false;
        return true;
    }

    internal void FreeToSystem()
    {
        if (Guard is not null) Guard.Free((nint)_data);
        else NativeMemory.AlignedFree(_data);
        _data = null;
        GC.SuppressFinalize(this);
    }

    private void WriteWaiting()
    {
        _waits = false;
        if (_zeroBytes != 0) NativeMemory.Clear(_data, (nuint)_zeroBytes);
        if (_scaleCount != 0)
        {
            float scale = _scale;
            Rows.Binary(default(Multiply), (float*)_data, 1, &scale, 0, (float*)_data, 1, _scaleCount);
        }
        _zeroBytes = _scaleCount = 0;
    }

    private void ReleasePacked()
    {
        PackedTransposed?.Release();
        PackedTransposed = null;
    }

    ~Storage()
    {
        if (_data is null) return;
        torch.Tensor.ForgetCount(_tensors);
        _tensors = 0;
        _references = 0;
        GC.ReRegisterForFinalize(this);
        // The packed copy is as unreachable as this buffer, and finds its own way back.
        PackedTransposed = null;
        NativePool.ReturnShared(this);
    }
}
