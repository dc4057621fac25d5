using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Ddpg.Training;

/// <summary>
/// TensorBoard's event records: length, its checksum, the data, its checksum (TFRecord, masked CRC-32C), with the few fields of the Event message that scalars need.
/// The wall time of every record is its step, so that two equal runs write equal bytes; real times are in timing.csv.
/// </summary>
internal static class TensorBoardEvents
{
    /// <summary>The record that every event file begins with.</summary>
    public static byte[] FileVersion() => Record(step: 0, StringField(3, "brain.Event:2"));

    /// <summary>One point of one curve.</summary>
    public static byte[] Scalar(string tag, double value, long step)
    {
        byte[] point = [.. StringField(1, tag), (2 << 3) | 5, .. BitConverter.GetBytes((float)value)];   // Summary.Value: tag, simple_value
        return Record(step, BytesField(5, BytesField(1, point)));                                        // Event.summary, Summary.value
    }

    /// <summary>The checksum as TFRecord masks it, because a checksum of data that holds checksums is weak.</summary>
    internal static uint MaskedCrc(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in data)
            crc = BitOperations.Crc32C(crc, value);
        crc = ~crc;
        return BitOperations.RotateRight(crc, 15) + 0xA282EAD8;
    }

    private static byte[] Record(long step, byte[] what)
    {
        byte[] data = [(1 << 3) | 1, .. BitConverter.GetBytes((double)step), 2 << 3, .. Varint((ulong)step), .. what];
        byte[] record = new byte[8 + 4 + data.Length + 4];
        BinaryPrimitives.WriteUInt64LittleEndian(record, (ulong)data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(8), MaskedCrc(record.AsSpan(0, 8)));
        data.CopyTo(record, 12);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(12 + data.Length), MaskedCrc(data));
        return record;
    }

    private static byte[] StringField(int number, string text) => BytesField(number, Encoding.UTF8.GetBytes(text));

    private static byte[] BytesField(int number, byte[] content) => [(byte)((number << 3) | 2), .. Varint((ulong)content.Length), .. content];

    private static byte[] Varint(ulong value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
            bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
        return [.. bytes];
    }
}
