namespace Ddpg.Kernel.Jupyter.Zmtp;

/// <summary>What happened on a socket since it was opened. Read from any thread.</summary>
internal sealed class ZmtpStatistics
{
    private long _accepted, _refused, _dropped;

    /// <summary>Connections accepted.</summary>
    public long ConnectionsAccepted => Interlocked.Read(ref _accepted);

    /// <summary>Connections ended for breaking the protocol, a limit or the handshake's time.</summary>
    public long ConnectionsRefused => Interlocked.Read(ref _refused);

    /// <summary>Messages not delivered because the peer was unknown or over its high-water mark.</summary>
    public long MessagesDropped => Interlocked.Read(ref _dropped);

    public void Accepted() => Interlocked.Increment(ref _accepted);

    public void Refused() => Interlocked.Increment(ref _refused);

    public void Dropped() => Interlocked.Increment(ref _dropped);
}
