using System.Runtime.InteropServices;

namespace Ddpg.Kernel.Execution;

/// <summary>The program <c>dotnet</c>.</summary>
internal static class DotnetHost
{
    /// <summary>The one that runs this process, or whose runtime it uses, or the one of <c>DOTNET_ROOT</c>; null where none of them is in its place.</summary>
    internal static string? Find()
    {
        if (Environment.ProcessPath is { } self && Path.GetFileNameWithoutExtension(self) == "dotnet") return self;
        string runtimes = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        string name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        return new[] { runtimes, Environment.GetEnvironmentVariable("DOTNET_ROOT") ?? runtimes }.Select(root => Path.Combine(root, name)).FirstOrDefault(File.Exists);
    }
}
