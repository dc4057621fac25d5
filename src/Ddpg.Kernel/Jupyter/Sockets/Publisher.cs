using System.Net;
using NetMQ.Sockets;

namespace Ddpg.Kernel.Jupyter.Sockets;

/// <summary>PUB: sends each message to the subscribers whose prefix begins its first frame. Never waits for any of them.</summary>
internal sealed class Publisher
{
    private readonly SocketLoop _loop;
    private readonly PublisherSocket _socket = new();
    private readonly SocketLimits _limits;

    // How many bytes had been published before each of the last messages.
    private readonly long[] _before;
    private long _messages, _bytes;

    public Publisher(SocketLoop loop, IPEndPoint endPoint, SocketLimits limits)
    {
        _loop = loop;
        _limits = limits;
        _before = new long[limits.HighWaterMark + 1];
        // Each message read is told at once: by what is not yet read the marks below are set.
        _socket.Options.SendLowWatermark = 1;
        EndPoint = loop.Bind(_socket, endPoint, limits, receive: null);
    }

    /// <summary>Where the socket listens; the port is the real one when 0 was asked for.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>Sends to all subscribers, from any thread.</summary>
    public void Publish(IReadOnlyList<ReadOnlyMemory<byte>> frames) => _loop.Post(() => PublishNow(frames));

    private void PublishNow(IReadOnlyList<ReadOnlyMemory<byte>> frames)
    {
        long size = frames.Sum(frame => (long)frame.Length);
        NetMqInternals.SetMarks(_socket, waiting => waiting > 0 && _bytes - _before[(_messages - Math.Min(waiting, _messages)) % _before.Length] + size > _limits.HighWaterMarkBytes
            ? (int)waiting
            : _limits.HighWaterMark);
        _before[_messages++ % _before.Length] = _bytes;
        _bytes += size;
        _socket.TrySend(frames);
    }
}
