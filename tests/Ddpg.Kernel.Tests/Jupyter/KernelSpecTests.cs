using System.Text.Json.Nodes;
using Ddpg.Kernel.Jupyter.KernelSpec;

namespace Ddpg.Kernel.Tests.Jupyter;

public sealed class KernelSpecTests : IDisposable
{
    private readonly string _prefix = Path.Combine(Path.GetTempPath(), $"ddpg spec ü {Guid.NewGuid():N}");

    private string Kernels => Path.Combine(_prefix, "share", "jupyter", "kernels");

    public void Dispose()
    {
        if (Directory.Exists(_prefix)) Directory.Delete(_prefix, recursive: true);
    }

    [Fact]
    public void InstallWritesASpecThatStartsTheBuiltKernel()
    {
        (int exit, string output) = InstalledKernel.Run("install", "--prefix", _prefix);
        Assert.True(exit == 0, output);
        Assert.Contains("'.net-csharp'", output, StringComparison.Ordinal);
        JsonNode spec = Spec(".net-csharp");
        string[] argv = [.. spec["argv"]!.AsArray().Select(argument => argument!.GetValue<string>())];
        Assert.Equal(4, argv.Length);
        Assert.True(File.Exists(argv[0]), argv[0]);
        Assert.EndsWith("ddpg-kernel.dll", argv[1], StringComparison.Ordinal);
        Assert.True(File.Exists(argv[1]), argv[1]);
        Assert.Equal(["start", "{connection_file}"], argv[2..]);
        Assert.Equal((".NET (C#)", "C#", "message"), (spec["display_name"]!.GetValue<string>(), spec["language"]!.GetValue<string>(), spec["interrupt_mode"]!.GetValue<string>()));
        foreach ((string file, int size) in new[] { ("logo-32x32.png", 32), ("logo-64x64.png", 64) })
        {
            byte[] png = File.ReadAllBytes(Path.Combine(Kernels, ".net-csharp", file));
            Assert.Equal([0x89, .. "PNG"u8], png[..4]);
            Assert.Equal(size, png[19]);
        }
    }

    [Fact]
    public void InstallingTwiceReplacesAndUninstallRemovesOnlyOurs()
    {
        Assert.Equal(0, InstalledKernel.Run("install", "--prefix", _prefix).Exit);
        Assert.Equal(0, InstalledKernel.Run("install", "--prefix", _prefix).Exit);
        Assert.Equal(0, InstalledKernel.Run("install", "--prefix", _prefix, "--name", "second").Exit);
        WriteForeign("python3");
        (int exit, string output) = InstalledKernel.Run("uninstall", "--prefix", _prefix);
        Assert.True(exit == 0, output);
        Assert.Equal(["python3"], Directory.GetDirectories(Kernels).Select(Path.GetFileName));
        Assert.Contains("Nothing to remove", InstalledKernel.Run("uninstall", "--prefix", _prefix).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherProgramsKernelIsLeftAloneAndSaidSo()
    {
        WriteForeign(".net-csharp");
        (int exit, string output) = InstalledKernel.Run("install", "--prefix", _prefix);
        Assert.True(exit == 0, output);
        Assert.Contains("'ddpg-csharp'", output, StringComparison.Ordinal);
        Assert.Contains("left alone", output, StringComparison.Ordinal);
        Assert.Equal("foreign", Spec(".net-csharp")["display_name"]!.GetValue<string>());
        Assert.Equal(".NET (C#)", Spec("ddpg-csharp")["display_name"]!.GetValue<string>());

        (exit, output) = InstalledKernel.Run("install", "--prefix", _prefix, "--name", ".net-csharp");
        Assert.Equal(1, exit);
        Assert.Contains("Choose another name with --name", output, StringComparison.Ordinal);
        (exit, output) = InstalledKernel.Run("uninstall", "--prefix", _prefix, "--name", ".net-csharp");
        Assert.Equal(1, exit);
        Assert.Contains("was left alone", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../escape")]
    [InlineData("with space")]
    [InlineData("..")]
    public void ANameThatIsNoFolderNameIsRefused(string name)
    {
        (int exit, string output) = InstalledKernel.Run("install", "--prefix", _prefix, "--name", name);
        Assert.Equal(1, exit);
        Assert.Contains("letters, digits", output, StringComparison.Ordinal);
    }

    [Fact]
    public void TheUsersFolderFollowsJupytersVariables()
    {
        var environment = new Dictionary<string, string> { ["JUPYTER_DATA_DIR"] = Path.Combine(_prefix, "data") };
        (int exit, string output) = InstalledKernel.Run(["install", "--user"], environment);
        Assert.True(exit == 0, output);
        Assert.True(File.Exists(Path.Combine(_prefix, "data", "kernels", ".net-csharp", "kernel.json")));
        Assert.Equal(1, InstalledKernel.Run(["install", "--user", "--prefix", _prefix], environment).Exit);
    }

    [Fact]
    public void APlaceThatCannotBeWrittenIsNamed()
    {
        Directory.CreateDirectory(_prefix);
        File.WriteAllText(Path.Combine(_prefix, "share"), "a file where a folder should be");
        var exception = Assert.Throws<KernelSpecException>(() => new KernelSpecInstaller(Kernels, ["x"]).Install(null));
        Assert.Contains("Choose another place with --prefix", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AConnectionFileThatCannotBeServedEndsWithItsReason()
    {
        (int exit, string output) = InstalledKernel.Run("start", "no-such-file.json");
        Assert.Equal(1, exit);
        Assert.Contains("no-such-file.json", output, StringComparison.Ordinal);
    }

    private JsonNode Spec(string name) => JsonNode.Parse(File.ReadAllText(Path.Combine(Kernels, name, "kernel.json")))!;

    private void WriteForeign(string name)
    {
        Directory.CreateDirectory(Path.Combine(Kernels, name));
        File.WriteAllText(Path.Combine(Kernels, name, "kernel.json"), """{"argv": ["other"], "display_name": "foreign", "language": "C#"}""");
    }
}
