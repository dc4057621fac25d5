namespace Ddpg.Acceleration;

/// <summary>How many threads share the fused update. The results do not depend on it.</summary>
public static class UpdateThreads
{
    /// <summary>Threads, the caller's own among them; at least 1. Default: one for each processor. Small networks stay on the caller's thread, and on a busy machine sharing pauses.</summary>
    /// <remarks>Not libtorch's threads: those are <c>torch.set_num_threads</c>.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public static int Count
    {
        get => Workers.Count;
        set => Workers.Count = value;
    }
}
