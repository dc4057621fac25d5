namespace Ddpg.Kernel.Jupyter.Zmtp;

/// <summary>What one peer may ask of a socket. Everything beyond is refused by closing that peer's connection, or by dropping its messages.</summary>
internal sealed record ZmtpLimits
{
    /// <summary>Largest message in bytes, all its frames together. Nothing of a larger one is allocated.</summary>
    public int MaximumMessageBytes { get; init; } = 64 << 20;

    /// <summary>Most frames of one message; Jupyter needs six, and one more for each binary buffer.</summary>
    public int MaximumFrames { get; init; } = 1024;

    /// <summary>Most connections a socket holds at once. A front end makes one for each socket.</summary>
    public int MaximumPeers { get; init; } = 512;

    /// <summary>Bytes that may wait for one peer. A message that would pass this mark is dropped for that peer and counted.</summary>
    public long HighWaterMarkBytes { get; init; } = 64L << 20;

    /// <summary>Messages that may wait for one peer.</summary>
    public int HighWaterMarkMessages { get; init; } = 50_000;

    /// <summary>Most subscriptions of one subscriber.</summary>
    public int MaximumSubscriptions { get; init; } = 1000;

    /// <summary>Time in which a connection must have said its greeting and READY.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(10);
}
