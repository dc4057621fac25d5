using System.Buffers.Binary;
using System.Text;

namespace Ddpg.Kernel.Jupyter.Zmtp;

/// <summary>Writes greetings, commands and messages as bytes of ZMTP 3.0.</summary>
internal static class FrameEncoder
{
    public const int GreetingLength = 64;

    /// <summary>The 64 bytes each side begins with: signature, version 3.0, mechanism NULL, not as server.</summary>
    public static byte[] Greeting()
    {
        byte[] greeting = new byte[GreetingLength];
        greeting[0] = 0xFF;
        greeting[9] = 0x7F;
        greeting[10] = 3;
        "NULL"u8.CopyTo(greeting.AsSpan(12));
        return greeting;
    }

    /// <summary>READY with the socket's type: the NULL mechanism's whole handshake.</summary>
    public static byte[] Ready(string socketType)
    {
        byte[] value = Encoding.ASCII.GetBytes(socketType);
        ReadOnlySpan<byte> name = "Socket-Type"u8;
        byte[] data = new byte[1 + name.Length + 4 + value.Length];
        data[0] = (byte)name.Length;
        name.CopyTo(data.AsSpan(1));
        BinaryPrimitives.WriteInt32BigEndian(data.AsSpan(1 + name.Length), value.Length);
        value.CopyTo(data.AsSpan(5 + name.Length));
        return Command("READY", data);
    }

    /// <summary>ERROR with a reason, sent before the connection is closed.</summary>
    public static byte[] Error(string reason)
    {
        byte[] text = Encoding.ASCII.GetBytes(reason);
        int length = Math.Min(text.Length, byte.MaxValue);
        return Command("ERROR", [(byte)length, .. text.AsSpan(0, length)]);
    }

    /// <summary>One command frame.</summary>
    public static byte[] Command(string name, ReadOnlySpan<byte> data)
    {
        byte[] body = [(byte)name.Length, .. Encoding.ASCII.GetBytes(name), .. data];
        byte[] frame = new byte[HeaderLength(body.Length) + body.Length];
        WriteFrame(frame, body, flags: 4);
        return frame;
    }

    /// <summary>A whole message, ready to be sent as it is to any number of peers.</summary>
    public static byte[] Message(IReadOnlyList<ReadOnlyMemory<byte>> frames)
    {
        long length = 0;
        foreach (ReadOnlyMemory<byte> frame in frames) length += HeaderLength(frame.Length) + frame.Length;
        byte[] message = new byte[length];
        Span<byte> rest = message;
        for (int i = 0; i < frames.Count; i++) rest = rest[WriteFrame(rest, frames[i].Span, (byte)(i < frames.Count - 1 ? 1 : 0))..];
        return message;
    }

    private static int HeaderLength(int bodyLength) => bodyLength > byte.MaxValue ? 9 : 2;

    private static int WriteFrame(Span<byte> destination, ReadOnlySpan<byte> body, byte flags)
    {
        int header = HeaderLength(body.Length);
        destination[0] = (byte)(flags | (header == 9 ? 2 : 0));
        if (header == 9) BinaryPrimitives.WriteInt64BigEndian(destination[1..], body.Length);
        else destination[1] = (byte)body.Length;
        body.CopyTo(destination[header..]);
        return header + body.Length;
    }
}
