using System.Net;
using NetMQ.Sockets;

namespace Ddpg.Kernel.Jupyter.Sockets;

/// <summary>PUB: sends each message to the subscribers whose prefix begins its first frame. Never waits for any of them.</summary>
internal sealed class Publisher
{
    private readonly SocketLoop _loop;
    private readonly PublisherSocket _socket = new();

    public Publisher(SocketLoop loop, IPEndPoint endPoint, SocketLimits limits)
    {
        _loop = loop;
        EndPoint = loop.Bind(_socket, endPoint, limits, receive: null);
    }

    /// <summary>Where the socket listens; the port is the real one when 0 was asked for.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>Sends to all subscribers, from any thread.</summary>
    public void Publish(IReadOnlyList<ReadOnlyMemory<byte>> frames) => _loop.Post(() => _socket.TrySend(frames));
}
