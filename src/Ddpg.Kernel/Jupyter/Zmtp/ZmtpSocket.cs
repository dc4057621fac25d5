using System.Net;
using System.Net.Sockets;

namespace Ddpg.Kernel.Jupyter.Zmtp;

/// <summary>A bound ZeroMQ socket: a listener and its peers. All members but the sending ones of subclasses belong to the I/O thread.</summary>
internal abstract class ZmtpSocket
{
    private readonly List<ZmtpPeer> _peers = [];

    /// <summary>Binds and listens; the loop begins to accept when it is started.</summary>
    /// <exception cref="SocketException">The address is in use or not of this machine.</exception>
    protected ZmtpSocket(ZmtpLoop loop, IPEndPoint endPoint, ZmtpLimits limits)
    {
        Loop = loop;
        Limits = limits;
        Listener = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
        try
        {
            Listener.Bind(endPoint);
            Listener.Listen(512);
        }
        catch (SocketException)
        {
            Listener.Dispose();
            throw;
        }

        loop.Add(this);
    }

    public ZmtpLimits Limits { get; }

    public Socket Listener { get; }

    public IReadOnlyList<ZmtpPeer> Peers => _peers;

    public ZmtpStatistics Statistics { get; } = new();

    /// <summary>Where the socket listens; the port is the real one when 0 was asked for.</summary>
    public IPEndPoint EndPoint => (IPEndPoint)Listener.LocalEndPoint!;

    /// <summary>This socket's type as READY states it.</summary>
    public abstract string TypeName { get; }

    protected ZmtpLoop Loop { get; }

    /// <summary>Whether a peer of that type may talk to this one.</summary>
    public abstract bool Accepts(string peerType);

    public virtual void OnEstablished(ZmtpPeer peer)
    {
    }

    /// <summary>A command other than READY, PING and ERROR. Unknown ones are ignored, as later versions may add some.</summary>
    public virtual void OnCommand(ZmtpPeer peer, string name, ReadOnlySpan<byte> data)
    {
    }

    public abstract void OnMessage(ZmtpPeer peer, List<byte[]> frames);

    public ZmtpPeer? TryAdd(Socket socket)
    {
        if (_peers.Count >= Limits.MaximumPeers)
        {
            Statistics.Refused();
            socket.Dispose();
            return null;
        }

        Statistics.Accepted();
        ZmtpPeer peer = new(socket, this);
        _peers.Add(peer);
        return peer;
    }

    public void Remove(ZmtpPeer peer)
    {
        if (!_peers.Remove(peer)) return;
        peer.Socket.Dispose();
    }

    protected void Deliver(ZmtpPeer peer, byte[] encoded)
    {
        if (!peer.TryEnqueue(encoded)) Statistics.Dropped();
    }
}
