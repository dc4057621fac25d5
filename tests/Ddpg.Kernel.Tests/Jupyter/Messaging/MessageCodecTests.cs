using System.Text;
using System.Text.Json.Nodes;
using Ddpg.Kernel.Jupyter.Messaging;

namespace Ddpg.Kernel.Tests.Jupyter.Messaging;

[Trait("Speed", "tiny")]
public class MessageCodecTests
{
    [Fact]
    public void TheSignatureIsThatOfThePublishedVector()
    {
        // RFC 4231, test case 2, its data cut into the four parts of a message.
        MessageSigner signer = new("Jefe");
        ReadOnlyMemory<byte>[] parts = [.. new[] { "what do ya ", "want ", "for ", "nothing?" }.Select(part => (ReadOnlyMemory<byte>)Encoding.ASCII.GetBytes(part))];
        Assert.Equal("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843", Encoding.ASCII.GetString(signer.Sign(parts)));
        Assert.True(signer.Verify(signer.Sign(parts), parts));
    }

    [Fact]
    public void AMessageReadsBackAndEveryChangedByteIsRefused()
    {
        MessageCodec codec = new(new MessageSigner("key"));
        List<byte[]> frames = [.. codec.Encode("topic", "execute_request", null, new JsonObject { ["code"] = "1 + 1 // µ" }).Select(frame => frame.ToArray())];
        Assert.True(codec.TryDecode(null!, frames, out JupyterMessage? message));
        Assert.Equal(("execute_request", "1 + 1 // µ"), (message!.Type, message.Text("code")));

        int refused = 0;
        for (int frame = 2; frame < 7; frame++)
            for (int i = 0; i < frames[frame].Length; i++)
            {
                frames[frame][i] ^= 1;
                if (!codec.TryDecode(null!, frames, out _)) refused++;
                frames[frame][i] ^= 1;
            }

        Assert.Equal(frames.Skip(2).Sum(frame => frame.Length), refused);
        Assert.Equal(refused, codec.Rejected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("zz")]
    public void AMissingOrShortSignatureIsRefused(string signature)
    {
        MessageCodec codec = new(new MessageSigner("key"));
        List<byte[]> frames = [.. codec.Encode(null, "kernel_info_request", null, new JsonObject()).Select(frame => frame.ToArray())];
        frames[1] = Encoding.ASCII.GetBytes(signature);
        Assert.False(codec.TryDecode(null!, frames, out _));
    }

    [Theory]
    [InlineData("not json", "{}")]
    [InlineData("{}", "{}")]
    [InlineData("{\"msg_type\": 7}", "{}")]
    [InlineData("[]", "{}")]
    [InlineData("{\"msg_type\": \"x\"}", "[]")]
    [InlineData("{\"msg_type\": \"x\"}", "{\"a\":")]
    public void SignedNonsenseIsRefused(string header, string content)
    {
        MessageSigner signer = new("key");
        MessageCodec codec = new(signer);
        byte[][] parts = [.. new[] { header, "{}", "{}", content }.Select(Encoding.UTF8.GetBytes)];
        List<byte[]> frames = [Encoding.ASCII.GetBytes("<IDS|MSG>"), signer.Sign([.. parts.Select(part => (ReadOnlyMemory<byte>)part)]), .. parts];
        Assert.False(codec.TryDecode(null!, frames, out _));
        Assert.Equal(1, codec.Rejected);
    }

    [Theory]
    [InlineData("", 0, 0)]
    [InlineData("abc", 2, 2)]
    [InlineData("a🎈b", 2, 3)]
    [InlineData("🎈🎈", 1, 2)]
    [InlineData("abc", 99, 3)]
    public void PositionsAreCodePoints(string text, int position, int index)
    {
        Assert.Equal(index, CodePoints.ToIndex(text, position));
        if (position < 99) Assert.Equal(position, CodePoints.FromIndex(text, index));
    }
}
