using System.Text;
using Ddpg.Training;

namespace Ddpg.Tests.Training;

/// <summary>Reads the records back with nothing of the writer's: bitwise CRC-32C, and a reader of protobuf fields.</summary>
[Trait("Speed", "tiny")]
public sealed class TensorBoardEventsTests
{
    /// <summary>RFC 3720, B.4: the checksums of 32 zeros, of 32 ones, and the classic "123456789".</summary>
    [Fact]
    public void The_test_reader_computes_published_checksums()
    {
        Assert.Equal(0xE3069283, Crc32C(Encoding.ASCII.GetBytes("123456789")));
        Assert.Equal(0x8A9136AAu, Crc32C(new byte[32]));
        Assert.Equal(0x62A8AB43u, Crc32C([.. Enumerable.Repeat((byte)0xFF, 32)]));
    }

    [Fact]
    public void A_file_begins_with_its_version_and_holds_the_points()
    {
        byte[] file = [.. TensorBoardEvents.FileVersion(), .. TensorBoardEvents.Scalar("evaluation/mean", -141.25, 10_000), .. TensorBoardEvents.Scalar("x", 0.5, 3_000_000_000)];
        List<byte[]> records = [.. Records(file)];
        Assert.Equal(3, records.Count);
        Dictionary<int, object> version = Fields(records[0]);
        Assert.Equal("brain.Event:2", Encoding.UTF8.GetString((byte[])version[3]));
        Assert.Equal(0UL, version[2]);

        Dictionary<int, object> point = Fields(records[1]), value = Fields((byte[])Fields((byte[])point[5])[1]);
        Assert.Equal((10_000.0, 10_000UL), ((double)point[1], (ulong)point[2]));
        Assert.Equal(("evaluation/mean", -141.25f), (Encoding.UTF8.GetString((byte[])value[1]), (float)value[2]));
        Assert.Equal(3_000_000_000UL, Fields(records[2])[2]);
    }

    private static IEnumerable<byte[]> Records(byte[] file)
    {
        for (int at = 0; at < file.Length;)
        {
            int length = checked((int)BitConverter.ToUInt64(file, at));
            Assert.Equal(Mask(Crc32C(file[at..(at + 8)])), BitConverter.ToUInt32(file, at + 8));
            byte[] data = file[(at + 12)..(at + 12 + length)];
            Assert.Equal(Mask(Crc32C(data)), BitConverter.ToUInt32(file, at + 12 + length));
            yield return data;
            at += 16 + length;
        }
    }

    private static Dictionary<int, object> Fields(byte[] message)
    {
        var fields = new Dictionary<int, object>();
        int at = 0;
        ulong Varint()
        {
            ulong value = 0;
            for (int shift = 0; ; shift += 7)
            {
                byte part = message[at++];
                value |= (ulong)(part & 0x7F) << shift;
                if (part < 0x80) return value;
            }
        }
        byte[] Take(int count) => message[at..(at += count)];
        while (at < message.Length)
        {
            ulong key = Varint();
            fields.Add((int)(key >> 3), (key & 7) switch
            {
                0 => Varint(),
                1 => BitConverter.ToDouble(Take(8)),
                2 => Take((int)Varint()),
                5 => BitConverter.ToSingle(Take(4)),
                _ => throw new InvalidDataException($"wire type {key & 7}"),
            });
        }
        return fields;
    }

    private static uint Mask(uint crc) => ((crc >> 15) | (crc << 17)) + 0xA282EAD8;

    private static uint Crc32C(byte[] data)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in data)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0x82F63B78 : crc >> 1;
        }
        return ~crc;
    }
}
