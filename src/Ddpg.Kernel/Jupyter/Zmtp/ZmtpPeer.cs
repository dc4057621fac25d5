using System.Net.Sockets;

namespace Ddpg.Kernel.Jupyter.Zmtp;

/// <summary>One connection: its handshake, the message being read, and what waits to be written. Touched by the I/O thread only.</summary>
internal sealed class ZmtpPeer
{
    private const int HandshakeFrameBytes = 4096;
    private const int ReadBudget = 256 << 10;

    private readonly Socket _socket;
    private readonly ZmtpSocket _owner;
    private readonly FrameDecoder _decoder = new() { MaximumBodyBytes = HandshakeFrameBytes };
    private readonly byte[] _greeting = new byte[FrameEncoder.GreetingLength];
    private readonly Queue<byte[]> _outgoing = new();
    private readonly long _acceptedAt = Environment.TickCount64;
    private List<byte[]> _frames = [];
    private int _greetingCount;
    private int _messageBytes;
    private int _sentOfFirst;
    private long _queuedBytes;
    private bool _closing;

    public ZmtpPeer(Socket socket, ZmtpSocket owner)
    {
        _socket = socket;
        _owner = owner;
        _outgoing.Enqueue(FrameEncoder.Greeting());
    }

    /// <summary>Whether greeting and READY have been exchanged.</summary>
    public bool Established { get; private set; }

    /// <summary>What the peer called itself, or the name the socket gave it.</summary>
    public byte[] Identity { get; set; } = [];

    /// <summary>Subscription prefixes with how often each was asked for; used by <see cref="PublisherSocket"/>.</summary>
    public SubscriptionSet Subscriptions { get; } = new();

    public Socket Socket => _socket;

    public bool HasOutput => _outgoing.Count > 0;

    public bool HandshakeOverdue(TimeSpan timeout) => !Established && Environment.TickCount64 - _acceptedAt > timeout.TotalMilliseconds;

    /// <summary>Puts an encoded message behind the others. False when the peer is too far behind and the message was dropped.</summary>
    public bool TryEnqueue(byte[] encoded)
    {
        ZmtpLimits limits = _owner.Limits;
        // An empty queue takes any message: one picture larger than the mark must still arrive.
        if (_outgoing.Count > 0 && (_queuedBytes + encoded.Length > limits.HighWaterMarkBytes || _outgoing.Count >= limits.HighWaterMarkMessages)) return false;
        _outgoing.Enqueue(encoded);
        _queuedBytes += encoded.Length;
        return true;
    }

    /// <summary>Reads what has arrived and hands complete messages to the socket. False when the connection is over.</summary>
    /// <exception cref="ZmtpProtocolException">The peer broke the protocol.</exception>
    public bool Receive(byte[] buffer)
    {
        // Bounded, so that a peer that never stops sending does not keep the thread from the others.
        for (int budget = ReadBudget; budget > 0;)
        {
            int count = _socket.Receive(buffer, SocketFlags.None, out SocketError error);
            if (error is SocketError.WouldBlock or SocketError.Interrupted) return true;
            if (error != SocketError.Success || count == 0) return false;
            Consume(buffer.AsSpan(0, count));
            if (_closing) return true;
            budget -= count;
        }

        return true;
    }

    /// <summary>Writes as much as the peer takes now. False when the connection is over.</summary>
    public bool Send()
    {
        while (_outgoing.TryPeek(out byte[]? first))
        {
            int count = _socket.Send(first.AsSpan(_sentOfFirst), SocketFlags.None, out SocketError error);
            if (error is SocketError.WouldBlock or SocketError.Interrupted) return true;
            if (error != SocketError.Success) return false;
            _sentOfFirst += count;
            if (_sentOfFirst < first.Length) continue;
            _outgoing.Dequeue();
            _queuedBytes = Math.Max(0, _queuedBytes - first.Length);
            _sentOfFirst = 0;
        }

        return !_closing;
    }

    private void Consume(ReadOnlySpan<byte> input)
    {
        if (_greetingCount < _greeting.Length) ReadGreeting(ref input);
        while (!_closing && _decoder.TryRead(ref input, out ZmtpFrame frame))
        {
            if (!Established) FinishHandshake(frame);
            else if (frame.IsCommand) OnCommand(frame.Body);
            else OnFrame(frame);
        }
    }

    private void ReadGreeting(ref ReadOnlySpan<byte> input)
    {
        int taken = Math.Min(_greeting.Length - _greetingCount, input.Length);
        input[..taken].CopyTo(_greeting.AsSpan(_greetingCount));
        input = input[taken..];
        _greetingCount += taken;
        ZmtpHandshake.CheckGreeting(_greeting.AsSpan(0, _greetingCount));
        if (_greetingCount == _greeting.Length) _outgoing.Enqueue(FrameEncoder.Ready(_owner.TypeName));
    }

    private void FinishHandshake(ZmtpFrame frame)
    {
        if (!frame.IsCommand) throw new ZmtpProtocolException("a message before READY");
        (string socketType, byte[] identity) = ZmtpHandshake.ReadReady(frame.Body);
        if (!_owner.Accepts(socketType))
        {
            // The reason is written first, then Send closes: libzmq logs it for the person at the other end.
            _outgoing.Enqueue(FrameEncoder.Error("Invalid socket type"));
            _closing = true;
            _owner.Statistics.Refused();
            return;
        }

        _decoder.MaximumBodyBytes = _owner.Limits.MaximumMessageBytes;
        Identity = identity;
        Established = true;
        _owner.OnEstablished(this);
    }

    private void OnCommand(byte[] body)
    {
        (string name, ReadOnlyMemory<byte> data) = ZmtpHandshake.SplitCommand(body);
        if (name == "PING" && data.Length is >= 2 and <= 18) TryEnqueue(FrameEncoder.Command("PONG", data.Span[2..]));
        else if (name == "ERROR") throw new ZmtpProtocolException("the peer reported an error");
        else _owner.OnCommand(this, name, data.Span);
    }

    private void OnFrame(ZmtpFrame frame)
    {
        _messageBytes += frame.Body.Length;
        if (_messageBytes > _owner.Limits.MaximumMessageBytes) throw new ZmtpProtocolException($"a message over {_owner.Limits.MaximumMessageBytes} bytes");
        if (_frames.Count >= _owner.Limits.MaximumFrames) throw new ZmtpProtocolException($"a message of more than {_owner.Limits.MaximumFrames} frames");
        _frames.Add(frame.Body);
        if (frame.More) return;
        List<byte[]> message = _frames;
        (_frames, _messageBytes) = ([], 0);
        _owner.OnMessage(this, message);
    }
}
