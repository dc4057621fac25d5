using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Ddpg.Kernel.Tests.Jupyter.Sockets;

/// <summary>A client written from the ZMTP specification alone, over a plain socket: it can also do what a well-behaved one never does.</summary>
internal sealed class RawPeer : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 30_000, SendTimeout = 30_000 };

    public RawPeer(IPEndPoint endPoint) => _socket.Connect(endPoint);

    public Socket Socket => _socket;

    /// <summary>Greets, states the type and waits for the other side's READY.</summary>
    public static RawPeer Connect(IPEndPoint endPoint, string socketType, string identity = "")
    {
        RawPeer peer = new(endPoint);
        peer.SendRaw(Greeting());
        peer.SendRaw(Ready(socketType, identity));
        peer.ReceiveRaw(64);
        (byte flags, byte[] body) = peer.ReceiveFrame();
        Assert.Equal(4, flags);
        Assert.StartsWith("\u0005READY", Encoding.ASCII.GetString(body), StringComparison.Ordinal);
        return peer;
    }

    public static byte[] Greeting(byte major = 3, string mechanism = "NULL")
    {
        byte[] greeting = new byte[64];
        greeting[0] = 0xFF;
        greeting[9] = 0x7F;
        greeting[10] = major;
        Encoding.ASCII.GetBytes(mechanism).CopyTo(greeting, 12);
        return greeting;
    }

    public static byte[] Ready(string socketType, string identity = "")
    {
        List<byte> body = [5, .. "READY"u8];
        foreach ((string name, string value) in new[] { ("Socket-Type", socketType), ("Identity", identity) })
            body.AddRange([(byte)name.Length, .. Encoding.ASCII.GetBytes(name), 0, 0, 0, (byte)value.Length, .. Encoding.ASCII.GetBytes(value)]);
        return [4, (byte)body.Count, .. body];
    }

    public void SendRaw(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty) bytes = bytes[_socket.Send(bytes)..];
    }

    public void Send(params byte[][] frames)
    {
        for (int i = 0; i < frames.Length; i++) SendRaw(Frame((byte)(i < frames.Length - 1 ? 1 : 0), frames[i]));
    }

    /// <summary>One frame: flags 1 for "more to come", 4 for a command; bodies beyond 255 bytes have a long length.</summary>
    public static byte[] Frame(byte flags, byte[] body)
    {
        if (body.Length <= byte.MaxValue) return [flags, (byte)body.Length, .. body];
        byte[] length = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(length, body.Length);
        return [(byte)(flags | 2), .. length, .. body];
    }

    public List<byte[]> ReceiveMessage()
    {
        List<byte[]> frames = [];
        while (true)
        {
            (byte flags, byte[] body) = ReceiveFrame();
            frames.Add(body);
            if ((flags & 1) == 0) return frames;
        }
    }

    public (byte Flags, byte[] Body) ReceiveFrame()
    {
        byte flags = ReceiveRaw(1)[0];
        int length = ReceiveRaw(1)[0];
        if ((flags & 2) == 0) return (flags, ReceiveRaw(length));
        long size = length;
        foreach (byte next in ReceiveRaw(7)) size = (size << 8) | next;
        return ((byte)(flags & ~2), ReceiveRaw((int)size));
    }

    public byte[] ReceiveRaw(int count)
    {
        byte[] bytes = new byte[count];
        for (int filled = 0; filled < count;)
        {
            int received = _socket.Receive(bytes, filled, count - filled, SocketFlags.None);
            if (received == 0) throw new EndOfStreamException("The other side closed the connection.");
            filled += received;
        }

        return bytes;
    }

    /// <summary>Whether the other side has ended the connection, waiting for it if need be.</summary>
    public bool IsClosedByPeer()
    {
        try
        {
            byte[] scratch = new byte[4096];
            while (_socket.Receive(scratch) > 0)
            {
            }

            return true;
        }
        catch (SocketException exception)
        {
            return exception.SocketErrorCode != SocketError.TimedOut && exception.SocketErrorCode != SocketError.WouldBlock;
        }
    }

    public void Dispose() => _socket.Dispose();
}
