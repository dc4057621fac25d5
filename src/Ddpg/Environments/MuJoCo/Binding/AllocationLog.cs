using System.Runtime.InteropServices;

namespace Ddpg.Environments.MuJoCo.Binding;

/// <summary>Notes what MuJoCo allocates while this object lives, so that a search of its structures never reads a byte that is not theirs.</summary>
/// <remarks>Uses the library's own hooks, mju_user_malloc and mju_user_free. One at a time: the hooks are the process's.</remarks>
internal sealed unsafe class AllocationLog : IDisposable
{
    private delegate void* Allocate(nuint size);

    private delegate void Release(void* block);

    private const nuint Alignment = 64;

    private readonly Dictionary<nint, nint> _sizes = [];
    private readonly nint* _allocateHook, _releaseHook;
    private readonly Allocate _allocate;
    private readonly Release _release;

    public AllocationLog(nint library)
    {
        _allocateHook = (nint*)NativeLibrary.GetExport(library, "mju_user_malloc");
        _releaseHook = (nint*)NativeLibrary.GetExport(library, "mju_user_free");
        _allocate = size =>
        {
            // As MuJoCo itself does: aligned, and a whole number of lines.
            nuint padded = (size + Alignment - 1) & ~(Alignment - 1);
            void* block = NativeMemory.AlignedAlloc(padded, Alignment);
            lock (_sizes) _sizes[(nint)block] = (nint)size;
            return block;
        };
        _release = block =>
        {
            lock (_sizes) _sizes.Remove((nint)block);
            NativeMemory.AlignedFree(block);
        };
        *_allocateHook = Marshal.GetFunctionPointerForDelegate(_allocate);
        *_releaseHook = Marshal.GetFunctionPointerForDelegate(_release);
    }

    /// <summary>How many blocks were allocated and not freed since.</summary>
    public int BlockCount
    {
        get
        {
            lock (_sizes) return _sizes.Count;
        }
    }

    /// <summary>How many bytes there are from <paramref name="address"/> to the end of the block that holds it; 0 where none does.</summary>
    public nint BytesFrom(nint address)
    {
        lock (_sizes)
        {
            foreach ((nint start, nint size) in _sizes)
                if (address >= start && address < start + size) return start + size - address;
        }
        return 0;
    }

    public void Dispose()
    {
        (*_allocateHook, *_releaseHook) = (0, 0);
        // What the library allocated meanwhile and frees later goes to its own free, which is the one that AlignedFree calls.
        GC.KeepAlive(_allocate);
        GC.KeepAlive(_release);
    }
}
