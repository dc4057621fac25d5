namespace Ddpg.Kernel.Jupyter.Sockets;

/// <summary>What one peer may ask of a socket. A longer frame ends that peer's connection; a message beyond a mark is dropped for that peer.</summary>
internal sealed record SocketLimits
{
    /// <summary>Largest frame in bytes.</summary>
    public int MaximumFrameBytes { get; init; } = 64 << 20;

    /// <summary>Messages that may wait for one subscriber, and replies that may wait for one client.</summary>
    public int HighWaterMark { get; init; } = 50_000;

    /// <summary>How long the end of the process waits for what was sent last.</summary>
    public TimeSpan Linger { get; init; } = TimeSpan.FromSeconds(1);
}
