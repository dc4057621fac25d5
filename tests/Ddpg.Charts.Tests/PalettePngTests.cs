using System.IO.Compression;

namespace Ddpg.Charts.Tests;

[Trait("Speed", "tiny")]
public sealed class PalettePngTests
{
    [Theory]
    [InlineData(3, 2)]
    [InlineData(300, 240)]
    public void The_image_holds_its_pixels(int width, int height)
    {
        byte[] pixels = [.. Enumerable.Range(0, width * height).Select(index => (byte)(index * 7))];
        byte[] png = Convert.FromBase64String(PalettePng.Encode(pixels, width, height, _ => new CssColour(1, 2, 3, 1)));
        Assert.Equal("89504E470D0A1A0A", Convert.ToHexString(png.AsSpan(0, 8)));
        int at = png.AsSpan().IndexOf("IDAT"u8);
        int length = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at - 4));
        // .NET's own reader checks the stream, its lengths and its Adler sum.
        using var zlib = new ZLibStream(new MemoryStream(png, at + 4, length), CompressionMode.Decompress);
        using var raw = new MemoryStream();
        zlib.CopyTo(raw);
        byte[] rows = raw.ToArray();
        Assert.Equal((width + 1) * height, rows.Length);
        for (int row = 0; row < height; row++)
        {
            Assert.Equal(0, rows[row * (width + 1)]);
            Assert.Equal(pixels.AsSpan(row * width, width).ToArray(), rows.AsSpan(row * (width + 1) + 1, width).ToArray());
        }
    }

    [Fact]
    public void Checksums_are_those_of_the_standard()
    {
        // IEND has no data; its CRC is in every PNG that there is.
        byte[] png = Convert.FromBase64String(PalettePng.Encode([1], 1, 1, _ => default));
        Assert.Equal("49454E44AE426082", Convert.ToHexString(png.AsSpan(png.Length - 8)));
    }
}
