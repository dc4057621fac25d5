using System.Numerics;
using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>Keeps freed 64-byte-aligned blocks by size class, so that a training loop asks the system for memory only in its first steps.</summary>
internal static unsafe class NativePool
{
    /// <summary>Blocks above this size go back to the system at once; below, at most <see cref="MaxPooledBytes"/> are kept.</summary>
    private const long LargestPooledBlock = 64L << 20;
    private const long MaxPooledBytes = 512L << 20;
    private const int CanaryBytes = 64;
    private const ulong Canary = 0xC0FFEE5EA15BAD01;

    private static readonly object Gate = new();
    private static readonly Stack<Storage>[] Free = CreateClasses();
    private static readonly List<WeakReference<ThreadCache>> Caches = [];
    private static long _pooledBytes;
    private static long _pooledStorages;
    private static long _systemBytes;
    private static long _systemStorages;

    [ThreadStatic] private static ThreadCache? _cache;

    /// <summary>Tests switch this on: a block is then followed by a pattern that is checked when it comes back.</summary>
    internal static bool UseCanaries { get; set; }

    /// <summary>Tests put memory here that ends at a page which nobody may touch: reading or writing past a buffer then ends the process.</summary>
    internal static IGuardedMemory? Guards { get; set; }

    /// <summary>Bytes taken from the system and not given back (live and pooled).</summary>
    internal static long SystemBytes => Interlocked.Read(ref _systemBytes);

    /// <summary>Bytes behind live tensors.</summary>
    internal static long LiveBytes
    {
        get
        {
            lock (Gate) return _systemBytes - _pooledBytes - Cached(static cache => cache.Bytes);
        }
    }

    /// <summary>Buffers behind live tensors and what the gradient graph saved.</summary>
    internal static long LiveStorages
    {
        get
        {
            lock (Gate) return _systemStorages - _pooledStorages - Cached(static cache => cache.Storages);
        }
    }

    internal static Storage Rent(long bytes)
    {
        if (bytes < 0) throw new ArgumentOutOfRangeException(nameof(bytes), bytes, "A tensor cannot have a negative size.");
        if (Guards is { } guards)
        {
            var guarded = new Storage((byte*)guards.Allocate(bytes), 0) { Guard = guards };
            guarded.Start();
            return guarded;
        }
        int sizeClass = ClassOf(bytes);
        Storage storage = _cache?.TryTake(sizeClass) ?? TakeShared(sizeClass) ?? FromSystem(sizeClass);
        storage.Start();
        if (UseCanaries) WriteCanary(storage, bytes);
        return storage;
    }

    internal static void Return(Storage storage)
    {
        if (storage.CanaryAt >= 0) CheckCanary(storage);
        if (storage.Guard is not null || !(_cache ??= NewCache()).TryKeep(storage)) ReturnShared(storage);
    }

    /// <summary>From the finalizer's thread, whose cache nobody would take from.</summary>
    internal static void ReturnShared(Storage storage)
    {
        if (storage.Guard is not null)
        {
            storage.FreeToSystem();
            return;
        }
        long capacity = CapacityOf(storage.SizeClass);
        lock (Gate)
        {
            if (storage.IsPermanent || (capacity <= LargestPooledBlock && _pooledBytes + capacity <= MaxPooledBytes))
            {
                _pooledBytes += capacity;
                _pooledStorages++;
                Free[storage.SizeClass].Push(storage);
                return;
            }
            _systemBytes -= capacity;
            _systemStorages--;
        }
        storage.FreeToSystem();
        GC.RemoveMemoryPressure(capacity);
    }

    private static Storage? TakeShared(int sizeClass)
    {
        lock (Gate)
        {
            if (!Free[sizeClass].TryPop(out Storage? storage)) return null;
            _pooledBytes -= CapacityOf(sizeClass);
            _pooledStorages--;
            return storage;
        }
    }

    private static Storage FromSystem(int sizeClass)
    {
        long capacity = CapacityOf(sizeClass);
        byte* data = HugePages.TryTake(capacity + CanaryBytes);
        bool isPermanent = data is not null;
        if (!isPermanent) data = (byte*)NativeMemory.AlignedAlloc((nuint)(capacity + CanaryBytes), 64);
        GC.AddMemoryPressure(capacity);
        lock (Gate)
        {
            _systemBytes += capacity;
            _systemStorages++;
        }
        return new Storage(data, sizeClass) { IsPermanent = isPermanent };
    }

    private static ThreadCache NewCache()
    {
        var cache = new ThreadCache();
        lock (Gate)
        {
            Caches.RemoveAll(static known => !known.TryGetTarget(out _));
            Caches.Add(new WeakReference<ThreadCache>(cache));
        }
        return cache;
    }

    private static long Cached(Func<ThreadCache, long> measure)
    {
        long total = 0;
        foreach (WeakReference<ThreadCache> known in Caches)
            if (known.TryGetTarget(out ThreadCache? cache)) total += measure(cache);
        return total;
    }

    /// <summary>A few blocks of each class that this thread freed and will soon want again: no lock, and still in its processor's cache.</summary>
    private sealed class ThreadCache
    {
        private const int PerClass = 8;
        private const int Classes = 4 * 17;

        private readonly Storage?[] _blocks = new Storage?[Classes * PerClass];
        private readonly byte[] _counts = new byte[Classes];

        internal long Bytes { get; private set; }
        internal long Storages { get; private set; }

        internal Storage? TryTake(int sizeClass)
        {
            if (sizeClass >= Classes || _counts[sizeClass] == 0) return null;
            int slot = (sizeClass * PerClass) + --_counts[sizeClass];
            Storage storage = _blocks[slot]!;
            _blocks[slot] = null;
            Bytes -= CapacityOf(sizeClass);
            Storages--;
            return storage;
        }

        internal bool TryKeep(Storage storage)
        {
            int sizeClass = storage.SizeClass;
            if (sizeClass >= Classes || _counts[sizeClass] == PerClass) return false;
            _blocks[(sizeClass * PerClass) + _counts[sizeClass]++] = storage;
            Bytes += CapacityOf(sizeClass);
            Storages++;
            return true;
        }
    }

    /// <summary>Four classes to each power of two, from 64 bytes: at most a quarter of a block is unused.</summary>
    private static int ClassOf(long bytes)
    {
        if (bytes <= 64) return 0;
        int log = BitOperations.Log2((ulong)(bytes - 1));
        int quarter = (int)(((bytes - 1) >> (log - 2)) & 3);
        return ((log - 6) * 4) + quarter + 1;
    }

    internal static long CapacityOf(int sizeClass)
    {
        int log = (sizeClass / 4) + 6;
        return (1L << log) + ((sizeClass % 4) * (1L << (log - 2)));
    }

    private static Stack<Storage>[] CreateClasses()
    {
        var classes = new Stack<Storage>[4 * 58];
        for (int i = 0; i < classes.Length; i++) classes[i] = new Stack<Storage>();
        return classes;
    }

    private static void WriteCanary(Storage storage, long bytes)
    {
        storage.CanaryAt = bytes;
        for (int i = 0; i < CanaryBytes / 8; i++) *(ulong*)(storage.Data + bytes + (i * 8)) = Canary;
    }

    private static void CheckCanary(Storage storage)
    {
        for (int i = 0; i < CanaryBytes / 8; i++)
        {
            if (*(ulong*)(storage.Data + storage.CanaryAt + (i * 8)) != Canary)
                throw new InvalidOperationException($"A kernel wrote past the end of a buffer of {storage.CanaryAt} bytes.");
        }
    }
}
