using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ddpg.Kernel.Jupyter.Messaging;

/// <summary>Turns frames into messages and back: <c>identities, &lt;IDS|MSG&gt;, signature, header, parent header, metadata, content, buffers…</c></summary>
internal sealed class MessageCodec(MessageSigner signer)
{
    public const string ProtocolVersion = "5.3";

    private static readonly byte[] Delimiter = "<IDS|MSG>"u8.ToArray();
    private static readonly byte[] EmptyObject = "{}"u8.ToArray();

    // Cells' text stays readable on the wire: a JSON message is never pasted into HTML as it is.
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private long _received;
    private long _rejected;

    /// <summary>The kernel's own session, in the header of everything it sends.</summary>
    public string Session { get; } = Guid.NewGuid().ToString("N");

    /// <summary>Messages accepted so far: the number of the latest one.</summary>
    public long Received => Interlocked.Read(ref _received);

    /// <summary>Messages dropped because their signature or their form was wrong.</summary>
    public long Rejected => Interlocked.Read(ref _rejected);

    /// <summary>Reads and checks a message from its frames, without the router's identity. False when it was dropped, which is counted.</summary>
    public bool TryDecode(byte[] sender, List<byte[]> frames, out JupyterMessage? message)
    {
        message = Decode(sender, frames);
        if (message is null) Interlocked.Increment(ref _rejected);
        return message is not null;
    }

    /// <summary>
    /// The frames of a message to one peer or to all. The prefix stands before the delimiter: a topic on iopub, nothing elsewhere; the parent is the request that this
    /// belongs to.
    /// </summary>
    public List<ReadOnlyMemory<byte>> Encode(string? prefix, string type, byte[]? parentHeader, JsonNode content)
    {
        ReadOnlyMemory<byte>[] parts = [Header(type), parentHeader ?? EmptyObject, EmptyObject, JsonSerializer.SerializeToUtf8Bytes(content, Json)];
        List<ReadOnlyMemory<byte>> frames = new(7);
        if (prefix is not null) frames.Add(Encoding.UTF8.GetBytes(prefix));
        frames.Add(Delimiter);
        frames.Add(signer.Sign(parts));
        frames.AddRange(parts);
        return frames;
    }

    private JupyterMessage? Decode(byte[] sender, List<byte[]> frames)
    {
        int delimiter = frames.FindIndex(frame => frame.AsSpan().SequenceEqual(Delimiter));
        if (delimiter < 0 || frames.Count < delimiter + 6) return null;
        ReadOnlyMemory<byte>[] parts = [frames[delimiter + 2], frames[delimiter + 3], frames[delimiter + 4], frames[delimiter + 5]];
        if (!signer.Verify(frames[delimiter + 1], parts)) return null;
        try
        {
            JsonElement header = JsonElement.Parse(parts[0].Span);
            JsonElement content = JsonElement.Parse(parts[3].Span);
            if (header.ValueKind != JsonValueKind.Object || content.ValueKind != JsonValueKind.Object) return null;
            if (!header.TryGetProperty("msg_type", out JsonElement type) || type.ValueKind != JsonValueKind.String) return null;
            return new JupyterMessage { Sender = sender, Header = frames[delimiter + 2], Type = type.GetString()!, Content = content, Number = Interlocked.Increment(ref _received) };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private byte[] Header(string type) => JsonSerializer.SerializeToUtf8Bytes(
        new JsonObject
        {
            ["msg_id"] = Guid.NewGuid().ToString("N"),
            ["session"] = Session,
            ["username"] = "ddpg-kernel",
            ["date"] = DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
            ["msg_type"] = type,
            ["version"] = ProtocolVersion,
        },
        Json);
}
