using System.Runtime.InteropServices;

namespace Ddpg.Acceleration;

/// <summary>Floats outside of the garbage collector's reach, aligned to a cache line, set to zero once, given back when nobody holds the buffer any more.</summary>
internal sealed unsafe class NativeBuffer
{
    private const int Line = 64;

    /// <summary>Makes room for <paramref name="count"/> floats.</summary>
    internal NativeBuffer(long count)
    {
        nuint bytes = (nuint)Math.Max(Line, (count * sizeof(float) + Line - 1) / Line * Line);
        Data = (float*)NativeMemory.AlignedAlloc(bytes, Line);
        NativeMemory.Clear(Data, bytes);
        Count = count;
        GC.AddMemoryPressure((long)bytes);
    }

    ~NativeBuffer()
    {
        NativeMemory.AlignedFree(Data);
        GC.RemoveMemoryPressure(Math.Max(Line, (Count * sizeof(float) + Line - 1) / Line * Line));
    }

    internal float* Data { get; }

    internal long Count { get; }
}
