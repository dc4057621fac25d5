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
    private static long _pooledBytes;
    private static long _systemBytes;
    private static long _liveBytes;
    private static long _liveStorages;

    /// <summary>Tests switch this on: a block is then followed by a pattern that is checked when it comes back.</summary>
    internal static bool UseCanaries { get; set; }

    /// <summary>Bytes taken from the system and not given back (live and pooled).</summary>
    internal static long SystemBytes => Interlocked.Read(ref _systemBytes);

    /// <summary>Bytes behind live tensors.</summary>
    internal static long LiveBytes => Interlocked.Read(ref _liveBytes);

    /// <summary>Buffers behind live tensors and saved gradients' inputs.</summary>
    internal static long LiveStorages => Interlocked.Read(ref _liveStorages);

    internal static Storage Rent(long bytes)
    {
        if (bytes < 0) throw new ArgumentOutOfRangeException(nameof(bytes), bytes, "A tensor cannot have a negative size.");
        int sizeClass = ClassOf(bytes);
        long capacity = CapacityOf(sizeClass);
        Storage? storage = null;
        lock (Gate)
        {
            if (Free[sizeClass].TryPop(out storage)) _pooledBytes -= capacity;
            _liveBytes += capacity;
            _liveStorages++;
        }
        if (storage is null)
        {
            byte* data = (byte*)NativeMemory.AlignedAlloc((nuint)(capacity + CanaryBytes), 64);
            GC.AddMemoryPressure(capacity);
            Interlocked.Add(ref _systemBytes, capacity);
            storage = new Storage(data, sizeClass);
        }
        storage.Start();
        if (UseCanaries) WriteCanary(storage, bytes);
        return storage;
    }

    internal static void Return(Storage storage)
    {
        if (storage.CanaryAt >= 0) CheckCanary(storage);
        long capacity = CapacityOf(storage.SizeClass);
        lock (Gate)
        {
            _liveBytes -= capacity;
            _liveStorages--;
            if (capacity <= LargestPooledBlock && _pooledBytes + capacity <= MaxPooledBytes)
            {
                _pooledBytes += capacity;
                Free[storage.SizeClass].Push(storage);
                return;
            }
        }
        storage.FreeToSystem();
        GC.RemoveMemoryPressure(capacity);
        Interlocked.Add(ref _systemBytes, -capacity);
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
