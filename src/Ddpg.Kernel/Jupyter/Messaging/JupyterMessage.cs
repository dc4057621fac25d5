using System.Text.Json;

namespace Ddpg.Kernel.Jupyter.Messaging;

/// <summary>A request as it came from a front end, its signature checked.</summary>
internal sealed record JupyterMessage
{
    /// <summary>The routing frames in front of the delimiter; a reply carries them back.</summary>
    public required byte[] Identity { get; init; }

    /// <summary>The header's JSON; replies and outputs carry it as their parent.</summary>
    public required byte[] Header { get; init; }

    /// <summary>The header's <c>msg_type</c>.</summary>
    public required string Type { get; init; }

    public required JsonElement Content { get; init; }

    /// <summary>When the message was read, as <see cref="Environment.TickCount64"/> has it, in ms.</summary>
    public long ReceivedAt { get; init; } = Environment.TickCount64;

    /// <summary>A string of the content, or the fallback when it is absent or something else.</summary>
    public string Text(string name, string fallback = "") =>
        Content.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : fallback;

    /// <summary>A number of the content, or the fallback.</summary>
    public int Number(string name, int fallback) =>
        Content.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) ? number : fallback;

    /// <summary>A truth value of the content, or the fallback.</summary>
    public bool Flag(string name, bool fallback) =>
        Content.TryGetProperty(name, out JsonElement value) ? value.ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => fallback } : fallback;
}
