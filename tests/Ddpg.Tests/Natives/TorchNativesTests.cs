using Ddpg.Natives;
using static TorchSharp.torch;

namespace Ddpg.Tests.Natives;

/// <summary>Where TorchSharp's libraries come from.</summary>
public sealed class TorchNativesTests
{
    [Fact]
    public void The_library_of_this_process_lies_under_artifacts_and_in_no_output()
    {
        using Tensor one = ones(1);
        Assert.EndsWith(Path.Combine("artifacts", "native", TorchNatives.FolderName), TorchNatives.Folder, StringComparison.Ordinal);
        string output = Path.GetDirectoryName(typeof(TorchNatives).Assembly.Location)!;
        Assert.Empty(Directory.GetFiles(output, "*torch_cpu*", SearchOption.AllDirectories));
        if (OperatingSystem.IsLinux())
            Assert.Contains(File.ReadLines("/proc/self/maps"), line => line.EndsWith(Path.Combine(TorchNatives.Folder!, "libtorch_cpu.so"), StringComparison.Ordinal));
    }

    [Fact]
    public void The_nearest_folder_above_is_taken()
    {
        string root = Directory.CreateTempSubdirectory("natives").FullName;
        try
        {
            string output = Directory.CreateDirectory(Path.Combine(root, "artifacts", "bin", "Some.Tests", "release")).FullName;
            Assert.Null(TorchNatives.FindFolder(output, "torch-x"));
            string shared = Directory.CreateDirectory(Path.Combine(root, "artifacts", "native", "torch-x")).FullName;
            Assert.Equal(shared, TorchNatives.FindFolder(output, "torch-x"));
            Assert.Equal(shared, TorchNatives.FindFolder(root, "torch-x"));
            string own = Directory.CreateDirectory(Path.Combine(output, "native", "torch-x")).FullName;
            Assert.Equal(own, TorchNatives.FindFolder(output, "torch-x"));
            Assert.Null(TorchNatives.FindFolder("", "torch-x"));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    [Fact]
    public void Of_the_loaders_advice_only_what_is_missing_is_kept()
    {
        var failed = new DllNotFoundException("Unable to load shared library 'x.so' or one of its dependencies. Consider strace:\nlibgomp.so.1: cannot open shared object file: No such file or directory\n");
        Assert.Equal("libgomp.so.1: cannot open shared object file: No such file or directory", TorchNatives.Reason(failed));
    }
}
