using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Ddpg.Kernel.Jupyter.Zmtp;

/// <summary>
/// The one thread that reads and writes all sockets. It waits for readiness and never uses the thread pool, so a cell that
/// keeps every pool thread busy delays neither heartbeat nor interrupt.
/// </summary>
internal sealed class ZmtpLoop : IDisposable
{
    private const int TickMicroseconds = 500_000;

    private readonly List<ZmtpSocket> _sockets = [];
    private readonly ConcurrentQueue<Action> _posted = new();
    private readonly Dictionary<Socket, (ZmtpSocket Owner, ZmtpPeer Peer)> _peers = [];
    private readonly List<Socket> _readable = [], _writable = [], _failed = [];
    private readonly byte[] _buffer = new byte[64 << 10];
    private readonly Socket _wake;
    private readonly Thread _thread;
    private long _acceptAgainAt;
    private int _wakePending;
    private long _stopAt = long.MaxValue;
    private volatile bool _stopping;

    public ZmtpLoop()
    {
        // A datagram socket connected to itself: the portable way to wake Select. Connected, it takes datagrams from nobody else.
        _wake = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        _wake.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _wake.Connect(_wake.LocalEndPoint!);
        _wake.Blocking = false;
        _thread = new Thread(Run) { IsBackground = true, Name = "zmtp" };
    }

    /// <summary>Registers a socket; before <see cref="Start"/> only.</summary>
    public void Add(ZmtpSocket socket) => _sockets.Add(socket);

    public void Start() => _thread.Start();

    /// <summary>Runs an action on the I/O thread, after those posted before it.</summary>
    public void Post(Action action)
    {
        _posted.Enqueue(action);
        if (Interlocked.Exchange(ref _wakePending, 1) == 0) _wake.Send([1], SocketFlags.None, out _);
    }

    /// <summary>Writes what waits for peers that still read, for at most <paramref name="linger"/>, and closes everything.</summary>
    public void Stop(TimeSpan linger)
    {
        if (_stopping) return;
        Post(() =>
        {
            _stopAt = Environment.TickCount64 + (long)linger.TotalMilliseconds;
            _stopping = true;
        });
        if (_thread.IsAlive && Thread.CurrentThread != _thread) _thread.Join(linger + TimeSpan.FromSeconds(2));
    }

    /// <summary>Ends a connection; on the I/O thread only.</summary>
    public void Close(ZmtpSocket owner, ZmtpPeer peer)
    {
        _peers.Remove(peer.Socket);
        owner.Remove(peer);
    }

    public void Dispose()
    {
        Stop(TimeSpan.Zero);
        _wake.Dispose();
    }

    private void Run()
    {
        while (!_stopping || (Environment.TickCount64 < _stopAt && _peers.Values.Any(entry => entry.Peer.HasOutput))) Turn();
        foreach ((ZmtpSocket owner, ZmtpPeer peer) in _peers.Values.ToArray()) Close(owner, peer);
        foreach (ZmtpSocket socket in _sockets) socket.Listener.Dispose();
    }

    private void Turn()
    {
        Wait();
        foreach (Socket socket in _readable.Union(_failed))
        {
            if (socket == _wake) DrainWake();
            else if (_peers.TryGetValue(socket, out var entry)) Guard(entry.Owner, entry.Peer, read: true);
        }

        while (_posted.TryDequeue(out Action? action)) action();
        foreach ((ZmtpSocket owner, ZmtpPeer peer) in _peers.Values.Where(entry => entry.Peer.HasOutput).ToArray()) Guard(owner, peer, read: false);
        foreach (ZmtpSocket owner in _sockets) Tend(owner);
    }

    private void Wait()
    {
        _readable.Clear();
        _writable.Clear();
        _failed.Clear();
        _readable.Add(_wake);
        if (Environment.TickCount64 >= _acceptAgainAt) _readable.AddRange(_sockets.Select(socket => socket.Listener));
        foreach ((Socket socket, (_, ZmtpPeer peer)) in _peers)
        {
            _readable.Add(socket);
            _failed.Add(socket);
            if (peer.HasOutput) _writable.Add(socket);
        }

        Socket.Select(_readable, _writable, _failed, _stopping ? 20_000 : TickMicroseconds);
    }

    private void Guard(ZmtpSocket owner, ZmtpPeer peer, bool read)
    {
        try
        {
            if (!(read ? peer.Receive(_buffer) : peer.Send())) Close(owner, peer);
        }
        catch (ZmtpProtocolException exception)
        {
            Debug.WriteLine($"{owner.TypeName}: {exception.Message}");
            owner.Statistics.Refused();
            Close(owner, peer);
        }
    }

    private void Tend(ZmtpSocket owner)
    {
        if (!_stopping && _readable.Contains(owner.Listener)) Accept(owner);
        foreach (ZmtpPeer peer in owner.Peers.Where(peer => peer.HandshakeOverdue(owner.Limits.HandshakeTimeout)).ToArray())
        {
            owner.Statistics.Refused();
            Close(owner, peer);
        }
    }

    private void Accept(ZmtpSocket owner)
    {
        try
        {
            Socket socket = owner.Listener.Accept();
            socket.Blocking = false;
            socket.NoDelay = true;
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            if (owner.TryAdd(socket) is { } peer) _peers[socket] = (owner, peer);
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.WouldBlock or SocketError.ConnectionAborted or SocketError.ConnectionReset or SocketError.Interrupted)
        {
            Debug.WriteLine($"{owner.TypeName}: a connection ended before it was accepted ({exception.SocketErrorCode}).");
        }
        catch (SocketException)
        {
            // Out of descriptors: the listener stays readable, so wait before trying again rather than spin.
            _acceptAgainAt = Environment.TickCount64 + 200;
        }
    }

    private void DrainWake()
    {
        // The flag is cleared before the queue is read: a post that comes in between wakes the loop once more.
        while (_wake.Receive(_buffer, SocketFlags.None, out SocketError error) > 0 && error == SocketError.Success)
        {
        }

        Interlocked.Exchange(ref _wakePending, 0);
    }
}
