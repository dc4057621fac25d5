using System.Net;
using Ddpg.Kernel.Jupyter.Messaging;

namespace Ddpg.Kernel.Tests.Jupyter.Messaging;

[Trait("Speed", "tiny")]
public sealed class ConnectionInfoTests : IDisposable
{
    private const string Usual = """
        {"ip": "127.0.0.1", "transport": "tcp", "key": "k", "signature_scheme": "hmac-sha256", "kernel_name": "x",
         "shell_port": 5001, "iopub_port": 5002, "stdin_port": 5003, "control_port": 5004, "hb_port": 5005}
        """;

    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void TheUsualFileIsRead()
    {
        ConnectionInfo info = Read(Usual);
        Assert.Equal(IPAddress.Loopback, info.Address);
        Assert.Equal((5001, 5002, 5003, 5004, 5005), (info.ShellPort, info.IoPubPort, info.StdinPort, info.ControlPort, info.HeartbeatPort));
        Assert.Equal("k", info.Key);
    }

    [Theory]
    [InlineData("*", "0.0.0.0")]
    [InlineData("0.0.0.0", "0.0.0.0")]
    [InlineData("localhost", "127.0.0.1")]
    [InlineData("::1", "::1")]
    public void TheAddressIsTheFiles(string ip, string expected) => Assert.Equal(expected, Read(Usual.Replace("127.0.0.1", ip)).Address.ToString());

    [Fact]
    public void WithoutAnAddressItIsLoopback() => Assert.Equal(IPAddress.Loopback, Read(Usual.Replace("\"ip\": \"127.0.0.1\",", "")).Address);

    [Theory]
    [InlineData("\"tcp\"", "\"ipc\"", "speaks 'tcp' only")]
    [InlineData("hmac-sha256", "hmac-md5", "'hmac-sha256' only")]
    [InlineData("5001", "0", "'shell_port' is 0; a port from 1 to 65535")]
    [InlineData("5005", "\"x\"", "'hb_port' is \"x\"")]
    [InlineData("\"stdin_port\": 5003,", "", "has no 'stdin_port'")]
    [InlineData("\"ip\": \"127.0.0.1\"", "\"ip\": 7", "'ip' is not a string")]
    [InlineData("{\"ip\"", "[{\"ip\"", "cannot be read")]
    public void WhatCannotBeServedIsRefusedWithTheReason(string part, string replacement, string expected)
    {
        var exception = Assert.Throws<ConnectionFileException>(() => Read(Usual.Replace(part, replacement)));
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.Contains(_file, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutAKeyOnlyLoopbackIsServed()
    {
        string open = Usual.Replace("\"key\": \"k\"", "\"key\": \"\"");
        Assert.Empty(Read(open).Key);
        Assert.Contains("anyone on the network", Assert.Throws<ConnectionFileException>(() => Read(open.Replace("127.0.0.1", "0.0.0.0"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AMissingFileIsNamed() => Assert.Contains("nowhere.json", Assert.Throws<ConnectionFileException>(() => ConnectionInfo.Read("nowhere.json")).Message, StringComparison.Ordinal);

    [SkippableFact]
    public void AFileThatOthersCanReadIsWarnedAbout()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no such mode bits");
        if (OperatingSystem.IsWindows()) return;
        File.SetUnixFileMode(_file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.Null(ConnectionInfo.PermissionWarning(_file));
        File.SetUnixFileMode(_file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        Assert.Contains("chmod 600", ConnectionInfo.PermissionWarning(_file), StringComparison.Ordinal);
    }

    private ConnectionInfo Read(string json)
    {
        File.WriteAllText(_file, json);
        return ConnectionInfo.Read(_file);
    }
}
