using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Ddpg.Kernel.Jupyter.Messaging;

/// <summary>What a connection file says: where to listen and with which key messages are signed.</summary>
internal sealed record ConnectionInfo
{
    /// <summary>The address to listen on; loopback unless the file says otherwise.</summary>
    public required IPAddress Address { get; init; }

    public required int ShellPort { get; init; }

    public required int IoPubPort { get; init; }

    public required int StdinPort { get; init; }

    public required int ControlPort { get; init; }

    public required int HeartbeatPort { get; init; }

    /// <summary>The signing key; empty means that messages are not signed, which is accepted on loopback only.</summary>
    public required string Key { get; init; }

    /// <summary>Reads a connection file.</summary>
    /// <exception cref="ConnectionFileException">The file is missing, is no connection file, or asks for what this kernel does not do.</exception>
    public static ConnectionInfo Read(string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            return Parse(document.RootElement, path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new ConnectionFileException($"The connection file '{path}' cannot be read: {exception.Message}");
        }
    }

    /// <summary>A sentence when other users of the machine can read the key in the file, otherwise null.</summary>
    public static string? PermissionWarning(string path)
    {
        if (OperatingSystem.IsWindows()) return null;
        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.OtherRead | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
        return (File.GetUnixFileMode(path) & others) == 0
            ? null
            : $"warning: other users may read the connection file '{path}', and with its key they can run code as you. Make it yours alone: chmod 600 '{path}'";
    }

    private static ConnectionInfo Parse(JsonElement root, string path)
    {
        if (root.ValueKind != JsonValueKind.Object) throw new ConnectionFileException($"The connection file '{path}' holds no JSON object.");
        string transport = Text(root, "transport", "tcp", path);
        if (transport != "tcp")
            throw new ConnectionFileException($"The connection file '{path}' asks for the transport '{transport}'. This kernel speaks 'tcp' only; start it without the front end's ipc setting (KernelManager.transport).");
        string scheme = Text(root, "signature_scheme", MessageSigner.Scheme, path);
        string key = Text(root, "key", "", path);
        if (key.Length > 0 && scheme != MessageSigner.Scheme)
            throw new ConnectionFileException($"The connection file '{path}' asks for the signature scheme '{scheme}'. This kernel signs with '{MessageSigner.Scheme}' only.");
        IPAddress address = ParseAddress(Text(root, "ip", "127.0.0.1", path), path);
        if (key.Length == 0 && !IPAddress.IsLoopback(address))
            throw new ConnectionFileException($"The connection file '{path}' has no key but the address {address}: anyone on the network could run code. Give it a key, or listen on 127.0.0.1.");
        return new ConnectionInfo
        {
            Address = address,
            ShellPort = Port(root, "shell_port", path),
            IoPubPort = Port(root, "iopub_port", path),
            StdinPort = Port(root, "stdin_port", path),
            ControlPort = Port(root, "control_port", path),
            HeartbeatPort = Port(root, "hb_port", path),
            Key = key,
        };
    }

    private static string Text(JsonElement root, string name, string fallback, string path)
    {
        if (!root.TryGetProperty(name, out JsonElement value)) return fallback;
        return value.ValueKind == JsonValueKind.String ? value.GetString()! : throw new ConnectionFileException($"In the connection file '{path}', '{name}' is not a string.");
    }

    private static int Port(JsonElement root, string name, string path)
    {
        if (!root.TryGetProperty(name, out JsonElement value)) throw new ConnectionFileException($"The connection file '{path}' has no '{name}'.");
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int port) && port is > 0 and <= 65535
            ? port
            : throw new ConnectionFileException($"In the connection file '{path}', '{name}' is {value.GetRawText()}; a port from 1 to 65535 is needed.");
    }

    private static IPAddress ParseAddress(string ip, string path)
    {
        if (ip == "*") return IPAddress.Any;
        if (ip == "localhost") return IPAddress.Loopback;
        if (IPAddress.TryParse(ip, out IPAddress? address)) return address;
        try
        {
            return Dns.GetHostAddresses(ip, AddressFamily.InterNetwork).FirstOrDefault() ?? throw new ConnectionFileException($"The connection file '{path}' names the host '{ip}', which has no IPv4 address.");
        }
        catch (SocketException exception)
        {
            throw new ConnectionFileException($"The connection file '{path}' names the host '{ip}': {exception.Message}");
        }
    }
}
