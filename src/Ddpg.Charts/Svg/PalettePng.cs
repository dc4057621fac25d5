using System.Buffers.Binary;

namespace Ddpg.Charts;

/// <summary>Writes a PNG of at most 256 colours, not compressed: the deflate of the platform differs from machine to machine, and the pictures must not.</summary>
internal static class PalettePng
{
    /// <param name="pixels">Palette indices row by row; index 0 is transparent.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="palette">The colour of the indices from 1.</param>
    /// <returns>The image in base 64.</returns>
    public static string Encode(ReadOnlySpan<byte> pixels, int width, int height, Func<int, CssColour> palette)
    {
        using var png = new MemoryStream();
        png.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 3);
        Chunk(png, "IHDR"u8, header);
        byte[] colours = new byte[256 * 3];
        for (int index = 1; index < 256; index++)
        {
            CssColour colour = palette(index);
            (colours[3 * index], colours[3 * index + 1], colours[3 * index + 2]) = (CssColour.Level(colour.Red), CssColour.Level(colour.Green), CssColour.Level(colour.Blue));
        }
        Chunk(png, "PLTE"u8, colours);
        Chunk(png, "tRNS"u8, [0]);
        Chunk(png, "IDAT"u8, Stored(pixels, width, height));
        Chunk(png, "IEND"u8, []);
        return Convert.ToBase64String(png.GetBuffer().AsSpan(0, (int)png.Length));
    }

    /// <summary>The rows, each after its filter byte, in a zlib stream of stored blocks.</summary>
    private static byte[] Stored(ReadOnlySpan<byte> pixels, int width, int height)
    {
        byte[] raw = new byte[(width + 1) * height];
        for (int row = 0; row < height; row++)
            pixels.Slice(row * width, width).CopyTo(raw.AsSpan(row * (width + 1) + 1));
        using var stream = new MemoryStream();
        stream.Write([0x78, 0x01]);
        Span<byte> head = stackalloc byte[5];
        for (int from = 0; from < raw.Length; from += 65535)
        {
            int length = Math.Min(65535, raw.Length - from);
            head[0] = (byte)(from + length == raw.Length ? 1 : 0);
            BinaryPrimitives.WriteUInt16LittleEndian(head[1..], (ushort)length);
            BinaryPrimitives.WriteUInt16LittleEndian(head[3..], (ushort)~length);
            stream.Write(head);
            stream.Write(raw, from, length);
        }
        BinaryPrimitives.WriteUInt32BigEndian(head, Adler32(raw));
        stream.Write(head[..4]);
        return stream.ToArray();
    }

    private static void Chunk(MemoryStream png, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        png.Write(type);
        png.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc32(Crc32(uint.MaxValue, type), data));
        png.Write(number);
    }

    private static uint Crc32(uint crc, ReadOnlySpan<byte> data)
    {
        foreach (byte value in data)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? crc >> 1 ^ 0xEDB88320 : crc >> 1;
        }
        return crc;
    }

    private static uint Adler32(ReadOnlySpan<byte> data)
    {
        (uint a, uint b) = (1, 0);
        foreach (byte value in data)
        {
            a = (a + value) % 65521;
            b = (b + a) % 65521;
        }
        return b << 16 | a;
    }
}
