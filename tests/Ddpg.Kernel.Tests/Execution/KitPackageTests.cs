using System.Reflection;
using Ddpg.Kernel.Notebooks;
using Ddpg.Kernel.Tests.Commands;

namespace Ddpg.Kernel.Tests.Execution;

/// <summary>#r "nuget: …" of what the kit has loaded already, TorchSharp with its native libraries above all: in a process of its own, for a process holds them once.</summary>
public sealed class KitPackageTests : IDisposable
{
    private const string Copies = "string.Join(' ', AppDomain.CurrentDomain.GetAssemblies().Where(assembly => assembly.GetName().Name == \"TorchSharp\").Select(assembly => Path.GetDirectoryName(assembly.Location)))";

    private static readonly string Kit = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "kit", "setup.csx")).Replace('\\', '/');

    private static readonly string TorchSharp = File.ReadLines(Kit).Select(line => line.Split('"')).First(parts => parts.Length > 1 && parts[1].EndsWith("/TorchSharp.dll", StringComparison.Ordinal))[1];
    private static readonly string Version = AssemblyName.GetAssemblyName(TorchSharp).Version!.ToString(3);

    private readonly TemporaryFolder _folder = new("kit");
    private readonly PackageFeed _feed;

    public KitPackageTests() => _feed = new PackageFeed(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_kits_version_is_accepted_without_a_second_copy_and_another_one_is_refused()
    {
        (int exit, string output, Notebook? executed) = NotebookProcess.Run(
            _folder.Path,
            $"#!import \"{Kit}\"",
            $"#r \"nuget: TorchSharp, {Version}\"\n#r \"nuget: TorchSharp-cpu, {Version}\"\n{Copies}",
            "Console.Write(\"before\");\n#r \"nuget: TorchSharp, 0.102.5\"");
        Assert.True(executed is not null, output);
        Assert.True(executed.Cells.Take(2).All(cell => cell.Outputs.Count == 0 || (string?)cell.Outputs[^1]!["output_type"] != "error"), output);
        Assert.Equal(Path.GetDirectoryName(TorchSharp), Result(executed, 1));
        Assert.Equal(1, exit);
        Assert.Contains($"TorchSharp, version 0.102.5: not installed. TorchSharp is loaded already in version {Version}", output);
        Assert.Contains($"Take the line out to use version {Version}; for another one restart the kernel", output);
        Assert.DoesNotContain(executed.Cells[2].Outputs, shown => (string?)shown!["name"] == "stdout");
    }

    [Fact]
    public void A_package_that_needs_TorchSharp_gets_the_kits_with_the_kits_native_libraries()
    {
        string user = TestLibrary.Compile(Path.Combine(_folder.Path, "made", "Ddpg.Test.User.dll"), "public static class User { public static float One() => TorchSharp.torch.ones(1).item<float>(); }", TorchSharp);
        _feed.Add("Ddpg.Test.User", "1.0.0", [("lib/net8.0/Ddpg.Test.User.dll", user)], ("TorchSharp", Version));
        (int exit, string output, Notebook? executed) = NotebookProcess.Run(
            _folder.Path,
            $"#!import \"{Kit}\"",
            "#r \"nuget: Ddpg.Test.User, 1.0.0\"\nConsole.Write(User.One());",
            Copies,
            "string.Join(' ', System.Diagnostics.Process.GetCurrentProcess().Modules.Cast<System.Diagnostics.ProcessModule>().Select(module => module.FileName).Where(file => file.Contains(\"LibTorchSharp\")))");
        Assert.True(exit == 0 && executed is not null, output);
        Assert.Equal("1", NotebookText.Join(executed.Cells[1].Outputs[^1]!["text"]));
        Assert.Equal(Path.GetDirectoryName(TorchSharp), Result(executed, 2));
        Assert.DoesNotContain("runtimes", Result(executed, 3));
        Assert.Contains("LibTorchSharp", Result(executed, 3));
    }

    private static string Result(Notebook executed, int cell) => NotebookText.Join(executed.Cells[cell].Outputs.Single()!["data"]!["text/plain"]);
}
