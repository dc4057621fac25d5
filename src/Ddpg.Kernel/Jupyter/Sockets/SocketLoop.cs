using System.Net;
using System.Net.Sockets;
using NetMQ;
using NetMQ.Sockets;

namespace Ddpg.Kernel.Jupyter.Sockets;

/// <summary>
/// The one thread that touches the kernel's sockets, as NetMQ wants it. Others hand it what is to be sent; it never waits for a peer, and no exception,
/// of a receiver or of NetMQ, ends it before <see cref="Dispose"/>.
/// </summary>
internal sealed class SocketLoop : IDisposable
{
    // Of one source in a row, so that a peer that never stops talking leaves the others their turn.
    internal const int Turn = 256;

    // How often connections are looked for that NetMQ ignores, in ms.
    private const int NamesakesInterval = 200;

    private readonly NetMQQueue<Action> _posted = new();
    private readonly List<(NetMQSocket Socket, Action? Receive)> _sockets = [];
    private readonly Thread _thread;
    private readonly TextWriter _log;
    private volatile bool _stopping;

    /// <param name="log">For faults of the kernel's own.</param>
    public SocketLoop(TextWriter log)
    {
        _log = log;
        NetMqInternals.GuardIoThreads(log);
        _thread = new Thread(Run) { IsBackground = true, Name = "sockets" };
    }

    /// <summary>Binds a socket that is served from <see cref="Start"/> on.</summary>
    /// <param name="socket">The socket; the loop disposes of it.</param>
    /// <param name="endPoint">Where to listen; port 0 for any.</param>
    /// <param name="limits">What its peers may ask.</param>
    /// <param name="receive">Takes one message; called on the loop's thread when there is one. Null for a socket that only sends.</param>
    /// <returns>Where it listens.</returns>
    /// <exception cref="SocketException">The address is in use or not of this machine.</exception>
    public IPEndPoint Bind(NetMQSocket socket, IPEndPoint endPoint, SocketLimits limits, Action? receive)
    {
        socket.Options.IPv4Only = endPoint.AddressFamily == AddressFamily.InterNetwork;
        socket.Options.MaxMsgSize = limits.MaximumFrameBytes;
        socket.Options.SendHighWatermark = limits.HighWaterMark;
        socket.Options.Linger = limits.Linger;
        socket.Options.Backlog = 512;
        try
        {
            socket.Bind($"tcp://{endPoint}");
        }
        catch (Exception exception) when (exception is NetMQException or SocketException)
        {
            socket.Dispose();
            throw new SocketException((int)((exception as NetMQException)?.ErrorCode is ErrorCode.AddressAlreadyInUse ? SocketError.AddressAlreadyInUse : SocketError.AddressNotAvailable));
        }

        _sockets.Add((socket, receive));
        return IPEndPoint.Parse(socket.Options.LastEndpoint!["tcp://".Length..]);
    }

    public void Start() => _thread.Start();

    /// <summary>Has the loop's thread do something, after everything that was posted before; from any thread.</summary>
    public void Post(Action action)
    {
        if (!_stopping) _posted.Enqueue(action);
    }

    /// <summary>Sends what was posted so far, and ends.</summary>
    public void Dispose()
    {
        if (_stopping) return;
        Post(() => _stopping = true);
        if (_thread.IsAlive) _thread.Join();
        foreach ((NetMQSocket socket, _) in _sockets) socket.Dispose();
        _posted.Dispose();
    }

    private void Run()
    {
        NetMQSelector selector = new();
        (NetMQSelector.Item Item, Action Serve)[] sources =
        [
            (new(((ISocketPollable)_posted).Socket, PollEvents.PollIn), ServePosted),
            .. _sockets.Select(entry => (new NetMQSelector.Item(entry.Socket, PollEvents.PollIn), entry.Receive ?? (() => entry.Socket.SkipMultipartMessage()))),
        ];
        NetMQSelector.Item[] items = [.. sources.Select(source => source.Item)];
        while (!_stopping)
        {
            Guarded(() => selector.Select(items, items.Length, NamesakesInterval));
            foreach ((NetMQSocket socket, _) in _sockets)
                if (socket is RouterSocket router) Guarded(() => NetMqInternals.ServeNamesakes(router));
            foreach ((NetMQSelector.Item item, Action serve) in sources)
                if (item.ResultEvent.HasIn()) Guarded(serve);
        }
    }

    private void ServePosted()
    {
        for (int i = 0; i < Turn && !_stopping && _posted.TryDequeue(out Action? action, TimeSpan.Zero); i++) Guarded(action);
    }

    private void Guarded(Action action)
    {
        try
        {
            action();
        }
        catch (Exception exception)
        {
            _log.WriteLine($"ddpg-kernel: a fault while serving the sockets: {exception}");
        }
    }
}
