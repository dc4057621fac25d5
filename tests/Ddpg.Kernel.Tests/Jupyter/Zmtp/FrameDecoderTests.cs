using Ddpg.Kernel.Jupyter.Zmtp;

namespace Ddpg.Kernel.Tests.Jupyter.Zmtp;

[Trait("Speed", "tiny")]
public class FrameDecoderTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(200_000)]
    public void FramesOfEachLengthSurviveAnySplit(int length)
    {
        byte[] body = new byte[length];
        new Random(length).NextBytes(body);
        byte[] wire = FrameEncoder.Message([body, ReadOnlyMemory<byte>.Empty, body]);
        foreach (int piece in new[] { 1, 2, 3, 7, 1000, wire.Length })
        {
            if (wire.Length / piece > 100_000) continue;
            List<ZmtpFrame> frames = Decode(wire, piece);
            Assert.Equal([true, true, false], frames.Select(frame => frame.More));
            Assert.Equal(body, frames[0].Body);
            Assert.Empty(frames[1].Body);
            Assert.Equal(body, frames[2].Body);
        }
    }

    [Fact]
    public void TheWireFormatIsThatOfTheSpecification()
    {
        // RFC 23: flags (more 1, long 2, command 4), size in 1 byte or 8 in network order, body.
        Assert.Equal([1, 2, 65, 66, 0, 0], FrameEncoder.Message([new byte[] { 65, 66 }, ReadOnlyMemory<byte>.Empty]));
        Assert.Equal([2, 0, 0, 0, 0, 0, 0, 1, 0], FrameEncoder.Message([new byte[256]])[..9]);
        Assert.Equal([4, 27, 5, .. "READY"u8, 11, .. "Socket-Type"u8, 0, 0, 0, 5, .. "XPUB_"u8], FrameEncoder.Ready("XPUB_"));
        byte[] greeting = FrameEncoder.Greeting();
        Assert.Equal(64, greeting.Length);
        Assert.Equal([0xFF, 0, 0, 0, 0, 0, 0, 0, 0, 0x7F, 3, 0, .. "NULL"u8, 0], greeting[..17]);
    }

    [Theory]
    [InlineData(new byte[] { 0x08, 0 }, "reserved bits")]
    [InlineData(new byte[] { 0x80, 0 }, "reserved bits")]
    [InlineData(new byte[] { 0x05, 0 }, "MORE")]
    [InlineData(new byte[] { 0x02, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF }, "the limit is")]
    [InlineData(new byte[] { 0x02, 0, 0, 0, 0, 0, 0x10, 0, 0 }, "the limit is")]
    public void BrokenFramesAreRefused(byte[] wire, string expected)
    {
        var exception = Assert.Throws<ZmtpProtocolException>(() => Decode(wire, 1, maximum: 1000));
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AClaimedLengthIsNotAllocated()
    {
        FrameDecoder decoder = new() { MaximumBodyBytes = int.MaxValue - 100 };
        long before = GC.GetAllocatedBytesForCurrentThread();
        ReadOnlySpan<byte> input = [2, 0, 0, 0, 0, 0x70, 0, 0, 0, 1, 2, 3];
        Assert.False(decoder.TryRead(ref input, out _));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000);
    }

    [Fact]
    public void RandomBytesEndInFramesOrARefusalNeverInAnotherFault()
    {
        Random random = new(20);
        int refused = 0;
        for (int round = 0; round < 5000; round++)
        {
            byte[] noise = new byte[random.Next(1, 300)];
            random.NextBytes(noise);
            // Half of them with legal flags, so that lengths are reached as well.
            if (round % 2 == 0) noise[0] &= 3;
            try
            {
                Decode(noise, random.Next(1, 50), maximum: 4096);
            }
            catch (ZmtpProtocolException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 1000, 5000);
    }

    private static List<ZmtpFrame> Decode(byte[] wire, int piece, int maximum = 1 << 20)
    {
        FrameDecoder decoder = new() { MaximumBodyBytes = maximum };
        List<ZmtpFrame> frames = [];
        for (int offset = 0; offset < wire.Length; offset += piece)
        {
            ReadOnlySpan<byte> input = wire.AsSpan(offset, Math.Min(piece, wire.Length - offset));
            while (decoder.TryRead(ref input, out ZmtpFrame frame)) frames.Add(frame);
            Assert.True(input.IsEmpty);
        }

        return frames;
    }
}
