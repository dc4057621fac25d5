using System.Runtime.InteropServices;

namespace Ddpg.Acceleration;

/// <summary>Floats outside of the garbage collector's reach, aligned to a cache line, set to zero once, given back when nobody holds the buffer any more.</summary>
internal sealed unsafe class NativeBuffer
{
    private const int Line = 64;

    private readonly nuint _bytes;
    private readonly IGuardedMemory? _guards = Guards;

    /// <summary>Makes room for <paramref name="count"/> floats.</summary>
    internal NativeBuffer(long count)
    {
        Count = count;
        _bytes = (nuint)(count * sizeof(float));
        Data = (float*)(_guards is null ? (nint)NativeMemory.AlignedAlloc(Math.Max(Line, _bytes), Line) : _guards.Allocate((long)_bytes));
        NativeMemory.Clear(Data, _bytes);
        GC.AddMemoryPressure((long)_bytes + 1);
    }

    ~NativeBuffer()
    {
        if (_guards is null) NativeMemory.AlignedFree(Data);
        else _guards.Free((nint)Data);
        GC.RemoveMemoryPressure((long)_bytes + 1);
    }

    /// <summary>Tests put memory here that ends at a page which nobody may touch: reading or writing past a buffer then ends the process.</summary>
    internal static IGuardedMemory? Guards { get; set; }

    internal float* Data { get; }

    internal long Count { get; }
}

/// <summary>Memory in which a touch outside of a buffer is noticed.</summary>
internal interface IGuardedMemory
{
    nint Allocate(long bytes);

    void Free(nint data);
}
