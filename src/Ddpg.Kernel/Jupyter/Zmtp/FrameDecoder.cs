using System.Buffers.Binary;

namespace Ddpg.Kernel.Jupyter.Zmtp;

/// <summary>Cuts a stream of bytes, arriving in pieces of any size, into frames.</summary>
internal sealed class FrameDecoder
{
    private const byte MoreFlag = 1, LongFlag = 2, CommandFlag = 4, ReservedFlags = 0xF8;
    private const int FirstAllocation = 64 << 10;

    private readonly byte[] _header = new byte[9];
    private int _headerCount;
    private byte[] _body = [];
    private int _size = -1;
    private int _filled;

    /// <summary>Largest body accepted, in bytes; small until the handshake is over.</summary>
    public required int MaximumBodyBytes { get; set; }

    /// <summary>Takes bytes from the front of <paramref name="input"/>. False when it is used up and the frame is not complete.</summary>
    /// <exception cref="ZmtpProtocolException">Reserved flags, a command that goes on, or a body over the limit.</exception>
    public bool TryRead(ref ReadOnlySpan<byte> input, out ZmtpFrame frame)
    {
        frame = default;
        if (_size < 0 && !TryReadHeader(ref input)) return false;

        int taken = Math.Min(_size - _filled, input.Length);
        Reserve(_filled + taken);
        input[..taken].CopyTo(_body.AsSpan(_filled));
        input = input[taken..];
        _filled += taken;
        if (_filled < _size) return false;

        if (_body.Length != _size) Array.Resize(ref _body, _size);
        frame = new ZmtpFrame(_body, (_header[0] & MoreFlag) != 0, (_header[0] & CommandFlag) != 0);
        (_body, _size, _filled, _headerCount) = ([], -1, 0, 0);
        return true;
    }

    private bool TryReadHeader(ref ReadOnlySpan<byte> input)
    {
        while (!input.IsEmpty)
        {
            _header[_headerCount++] = input[0];
            input = input[1..];
            byte flags = _header[0];
            if (_headerCount == 1) CheckFlags(flags);
            if (_headerCount < ((flags & LongFlag) != 0 ? 9 : 2)) continue;

            ulong size = (flags & LongFlag) != 0 ? BinaryPrimitives.ReadUInt64BigEndian(_header.AsSpan(1)) : _header[1];
            if (size > (ulong)MaximumBodyBytes) throw new ZmtpProtocolException($"a frame of {size} bytes; the limit is {MaximumBodyBytes}");
            _size = (int)size;
            return true;
        }

        return false;
    }

    private static void CheckFlags(byte flags)
    {
        if ((flags & ReservedFlags) != 0) throw new ZmtpProtocolException($"reserved bits in the frame flags 0x{flags:x2}");
        if ((flags & CommandFlag) != 0 && (flags & MoreFlag) != 0) throw new ZmtpProtocolException("a command with the MORE flag");
    }

    // Grows with what has arrived: a peer that only claims a long frame costs 64 KiB, not the length it claims.
    private void Reserve(int needed)
    {
        if (_body.Length >= needed) return;
        long capacity = Math.Max(FirstAllocation, 2L * _body.Length);
        while (capacity < needed) capacity *= 2;
        Array.Resize(ref _body, (int)Math.Min(_size, capacity));
    }
}
