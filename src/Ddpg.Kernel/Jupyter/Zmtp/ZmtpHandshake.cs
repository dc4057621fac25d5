using System.Buffers.Binary;
using System.Text;

namespace Ddpg.Kernel.Jupyter.Zmtp;

/// <summary>Reads what a peer says before its first message: the greeting and the READY command of the NULL mechanism.</summary>
internal static class ZmtpHandshake
{
    /// <summary>Checks as much of the greeting as has arrived, so that a peer of another kind is refused at its first wrong byte.</summary>
    /// <exception cref="ZmtpProtocolException">Not ZMTP 3, or another mechanism than NULL.</exception>
    public static void CheckGreeting(ReadOnlySpan<byte> greeting)
    {
        if (greeting.Length > 0 && greeting[0] != 0xFF) throw new ZmtpProtocolException("not a ZMTP greeting");
        if (greeting.Length > 9 && (greeting[9] & 0x7F) != 0x7F) throw new ZmtpProtocolException("not a ZMTP greeting");
        if (greeting.Length > 10 && greeting[10] < 3) throw new ZmtpProtocolException($"ZMTP {greeting[10]}; version 3 or later is needed");
        if (greeting.Length < FrameEncoder.GreetingLength) return;
        ReadOnlySpan<byte> mechanism = greeting.Slice(12, 20).TrimEnd((byte)0);
        if (!mechanism.SequenceEqual("NULL"u8)) throw new ZmtpProtocolException($"mechanism {Printable(mechanism)}; only NULL is served");
    }

    /// <summary>The socket type and identity that a READY command states.</summary>
    /// <exception cref="ZmtpProtocolException">Another command, or properties that do not parse.</exception>
    public static (string SocketType, byte[] Identity) ReadReady(byte[] body)
    {
        (string name, ReadOnlyMemory<byte> data) = SplitCommand(body);
        if (name != "READY") throw new ZmtpProtocolException($"{name} where READY was expected");
        string socketType = "";
        byte[] identity = [];
        for (ReadOnlySpan<byte> rest = data.Span; !rest.IsEmpty;)
        {
            string property = Encoding.ASCII.GetString(Take(ref rest, Take(ref rest, 1)[0]));
            int length = BinaryPrimitives.ReadInt32BigEndian(Take(ref rest, 4));
            ReadOnlySpan<byte> value = Take(ref rest, length);
            if (property.Equals("Socket-Type", StringComparison.OrdinalIgnoreCase)) socketType = Encoding.ASCII.GetString(value);
            else if (property.Equals("Identity", StringComparison.OrdinalIgnoreCase)) identity = value.ToArray();
        }

        if (identity.Length > byte.MaxValue) throw new ZmtpProtocolException($"an identity of {identity.Length} bytes; the limit is 255");
        return (socketType, identity);
    }

    /// <summary>A command's name and what follows it.</summary>
    /// <exception cref="ZmtpProtocolException">The body is shorter than the name it announces.</exception>
    public static (string Name, ReadOnlyMemory<byte> Data) SplitCommand(byte[] body)
    {
        if (body.Length == 0 || body[0] == 0 || body.Length < 1 + body[0]) throw new ZmtpProtocolException("a command without a name");
        return (Printable(body.AsSpan(1, body[0])), body.AsMemory(1 + body[0]));
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> rest, int length)
    {
        if (length < 0 || length > rest.Length) throw new ZmtpProtocolException("a READY property that ends early");
        ReadOnlySpan<byte> taken = rest[..length];
        rest = rest[length..];
        return taken;
    }

    // A peer's bytes go into messages that a person reads; control characters would let it forge lines.
    private static string Printable(ReadOnlySpan<byte> bytes)
    {
        StringBuilder text = new(bytes.Length);
        foreach (byte value in bytes) text.Append(value is >= 0x20 and < 0x7F ? (char)value : '?');
        return text.ToString();
    }
}
