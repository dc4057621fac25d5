using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Ddpg.Acceleration;

namespace Ddpg.Tests.Acceleration;

/// <summary>
/// Every buffer in a mapping of its own between two pages without any access: it ends exactly at the second one, or begins exactly after the first.
/// A read or a write outside of it, by one byte, ends the process; so does any access after it was freed.
/// </summary>
internal sealed partial class GuardedMemory(bool atTheStart) : IGuardedMemory
{
    private const int ReadWrite = 3;
    private const int PrivateAnonymous = 0x22;

    private static readonly long Page = Environment.SystemPageSize;

    private readonly ConcurrentDictionary<nint, (nint Start, long Length)> _mappings = new();
    private long _count;

    /// <summary>Buffers handed out so far.</summary>
    public long Count => Interlocked.Read(ref _count);

    public nint Allocate(long bytes)
    {
        long used = (bytes + Page - 1) / Page * Page, length = used + (2 * Page);
        nint start = Map(0, (nuint)length, 0, PrivateAnonymous, -1, 0);
        if (start == -1) throw new InvalidOperationException($"mmap of {length} bytes failed: {Marshal.GetLastPInvokeError()}");
        nint data = start + (nint)Page;
        if (used > 0 && Protect(data, (nuint)used, ReadWrite) != 0) throw new InvalidOperationException($"mprotect failed: {Marshal.GetLastPInvokeError()}");
        if (!atTheStart) data += (nint)(used - bytes);
        // Empty buffers between the same pages would have the same address.
        if (!_mappings.TryAdd(data, (start, length))) throw new InvalidOperationException("Two buffers have one address.");
        Interlocked.Increment(ref _count);
        return data;
    }

    public void Free(nint data)
    {
        if (!_mappings.TryRemove(data, out (nint Start, long Length) mapping)) throw new InvalidOperationException("A buffer was freed twice.");
        if (Unmap(mapping.Start, (nuint)mapping.Length) != 0) throw new InvalidOperationException($"munmap failed: {Marshal.GetLastPInvokeError()}");
    }

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial nint Map(nint address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    private static partial int Protect(nint address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    private static partial int Unmap(nint address, nuint length);
}
