namespace Ddpg.Acceleration;

/// <summary>Room that a product needs while it runs: each thread has its own, where it packed the last panel and which is still in its cache.</summary>
internal static unsafe class Scratch
{
    [ThreadStatic] private static NativeBuffer? _panel;
    [ThreadStatic] private static NativeBuffer? _part;
    [ThreadStatic] private static NativeBuffer? _turned;

    /// <summary>For one packed panel.</summary>
    internal static float* Panel(long count) => Room(ref _panel, count);

    /// <summary>For results of fewer columns than a vector has.</summary>
    internal static float* Part(long count) => Room(ref _part, count);

    /// <summary>For a factor or a result the other way round; in use while the product runs that reads or fills it.</summary>
    internal static float* Turned(long count) => Room(ref _turned, count);

    /// <summary>Forgets this thread's room; for tests that look where it lies.</summary>
    internal static void Clear() => _panel = _part = _turned = null;

    private static float* Room(ref NativeBuffer? buffer, long count)
    {
        if (buffer is null || buffer.Count < count) buffer = new NativeBuffer(count + (count / 4));
        return buffer.Data;
    }
}
