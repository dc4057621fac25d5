using System.Runtime.InteropServices;

namespace Ddpg.Acceleration;

/// <summary>
/// Memory for the buffers of networks of the usual size, side by side in pages of two megabytes where Linux has them. An update goes through more of the
/// small pages than a processor remembers the places of, and looking a place up takes long, above all in a virtual machine.
/// </summary>
internal static unsafe partial class HugePages
{
    private const long PageBytes = 2L << 20;
    private const long ArenaBytes = 8 * PageBytes;
    private const long LargestBlock = ArenaBytes / 4;

    /// <summary>What is taken here never goes back to the system, so it is no more than this.</summary>
    private const long MostBytes = 64L << 20;

    private const int UseHugePages = 14; // MADV_HUGEPAGE of <sys/mman.h>

    private static readonly object Gate = new();
    private static byte* _next;
    private static long _left;
    private static long _arenas = OperatingSystem.IsLinux() ? 0 : MostBytes;

    /// <summary>A block aligned to 64 bytes; null where there are no such pages, for large blocks, and when all is used.</summary>
    internal static byte* TryTake(long bytes)
    {
        long size = (bytes + 63) / 64 * 64;
        if (size > LargestBlock) return null;
        lock (Gate)
        {
            if (_left < size && !TryAddArena()) return null;
            byte* block = _next;
            _next += size;
            _left -= size;
            return block;
        }
    }

    private static bool TryAddArena()
    {
        if (_arenas + ArenaBytes > MostBytes) return false;
        byte* arena = (byte*)NativeMemory.AlignedAlloc((nuint)ArenaBytes, (nuint)PageBytes);
        if (!TryAdvise(arena))
        {
            NativeMemory.AlignedFree(arena);
            _arenas = MostBytes;
            return false;
        }
        _arenas += ArenaBytes;
        _next = arena;
        _left = ArenaBytes;
        return true;
    }

    /// <summary>A Linux without these pages, or whose C library goes by another name, does without.</summary>
    private static bool TryAdvise(byte* arena)
    {
        try
        {
            return Advise(arena, (nuint)ArenaBytes, UseHugePages) == 0;
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* address, nuint length, int advice);
}
