using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Ddpg.Kernel.Jupyter.Messaging;

namespace Ddpg.Kernel.Jupyter.Requests;

/// <summary>What the kernel says about itself.</summary>
internal static class KernelInfo
{
    public static string Version { get; } = typeof(KernelInfo).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>The content of a kernel_info_reply. The language is named as .NET Interactive names it, so that saved notebooks stay the same.</summary>
    public static JsonObject Reply() => new()
    {
        ["status"] = "ok",
        ["protocol_version"] = MessageCodec.ProtocolVersion,
        ["implementation"] = "ddpg-kernel",
        ["implementation_version"] = Version,
        ["language_info"] = new JsonObject
        {
            ["name"] = "C#",
            ["version"] = "14.0",
            ["mimetype"] = "text/x-csharp",
            ["file_extension"] = ".cs",
            ["pygments_lexer"] = "csharp",
            ["codemirror_mode"] = "text/x-csharp",
        },
        ["banner"] = $"C# notebook kernel {Version} on {RuntimeInformation.FrameworkDescription}",
        ["debugger"] = false,
        ["help_links"] = new JsonArray(
            new JsonObject { ["text"] = "C#", ["url"] = "https://learn.microsoft.com/dotnet/csharp/" },
            new JsonObject { ["text"] = ".NET API", ["url"] = "https://learn.microsoft.com/dotnet/api/" }),
    };
}
