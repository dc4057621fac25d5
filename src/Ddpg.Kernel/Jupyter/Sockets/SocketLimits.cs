namespace Ddpg.Kernel.Jupyter.Sockets;

/// <summary>What one peer may ask of a socket. A longer frame ends that peer's connection; a message beyond a mark is dropped for that peer.</summary>
internal sealed record SocketLimits
{
    /// <summary>Largest frame in bytes.</summary>
    public int MaximumFrameBytes { get; init; } = 64 << 20;

    /// <summary>Messages that may wait for one subscriber, and replies that may wait for one client.</summary>
    public int HighWaterMark { get; init; } = 50_000;

    /// <summary>Bytes that may wait for one subscriber: one that was suspended must not fill the kernel's memory.</summary>
    public long HighWaterMarkBytes { get; init; } = 64L << 20;

    /// <summary>How long the end of the process waits for what was sent last.</summary>
    public TimeSpan Linger { get; init; } = TimeSpan.FromSeconds(1);
}
