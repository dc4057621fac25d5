using System.Net;
using NetMQ;
using NetMQ.Sockets;

namespace Ddpg.Kernel.Jupyter.Sockets;

/// <summary>ROUTER: receives from any number of peers and answers the one that asked.</summary>
internal sealed class ReplySocket
{
    private readonly SocketLoop _loop;
    private readonly RouterSocket _socket = new();
    private readonly Action<byte[], List<byte[]>> _received;
    private List<byte[]>? _frames = [];

    /// <param name="loop">The thread that serves the socket.</param>
    /// <param name="endPoint">Where to listen.</param>
    /// <param name="limits">What a peer may ask.</param>
    /// <param name="received">Called on the loop's thread with the sender's identity and the frames; must not block.</param>
    public ReplySocket(SocketLoop loop, IPEndPoint endPoint, SocketLimits limits, Action<byte[], List<byte[]>> received)
    {
        _loop = loop;
        _received = received;
        // Says when nobody of that name is connected; never waits, because every sending below is a try.
        _socket.Options.RouterMandatory = true;
        EndPoint = loop.Bind(_socket, endPoint, limits, Receive);
    }

    /// <summary>A socket that answers each message with itself: Jupyter's heartbeat, which beats while any cell runs.</summary>
    public static ReplySocket Echo(SocketLoop loop, IPEndPoint endPoint, SocketLimits limits)
    {
        ReplySocket? echo = null;
        return echo = new ReplySocket(loop, endPoint, limits, (sender, frames) => echo!.SendNow(sender, frames.ConvertAll(frame => (ReadOnlyMemory<byte>)frame), null));
    }

    /// <summary>Where the socket listens; the port is the real one when 0 was asked for.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>
    /// Sends to the peer of that identity, from any thread. One that is too far behind misses the message; when none of that name is connected, the loop's thread calls
    /// <paramref name="undeliverable"/>.
    /// </summary>
    public void Send(byte[] identity, IReadOnlyList<ReadOnlyMemory<byte>> frames, Action? undeliverable = null) => _loop.Post(() => SendNow(identity, frames, undeliverable));

    private void SendNow(byte[] identity, IReadOnlyList<ReadOnlyMemory<byte>> frames, Action? undeliverable)
    {
        try
        {
            _socket.TrySend([identity, .. frames]);
        }
        catch (HostUnreachableException)
        {
            undeliverable?.Invoke();
        }
    }

    private void Receive()
    {
        for (int i = 0; i < SocketLoop.Turn && _socket.TryReceiveMultipartBytes(ref _frames!); i++)
        {
            byte[] sender = _frames[0];
            _received(sender, _frames[1..]);
        }
    }
}
