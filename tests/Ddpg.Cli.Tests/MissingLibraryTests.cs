using System.Diagnostics;
using Ddpg.Natives;

namespace Ddpg.Cli.Tests;

/// <summary>Without a libtorch that loads, a command ends in one sentence that says what is missing. On a copy of the program, away from the libraries of the build.</summary>
public sealed class MissingLibraryTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("no-libtorch").FullName;

    public MissingLibraryTests()
    {
        foreach (string file in Directory.GetFiles(AppContext.BaseDirectory).Where(file => Path.GetExtension(file) is ".dll" or ".json"))
            File.Copy(file, Path.Combine(_folder, Path.GetFileName(file)));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void No_folder_of_libraries_is_said_with_the_command_that_makes_one()
    {
        string error = Train();
        Assert.StartsWith($"libtorch is not there: no folder native/{TorchNatives.FolderName} in {_folder}", error, StringComparison.Ordinal);
        Assert.Contains("dotnet build -c Release src/Ddpg", error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_folder_is_said_with_the_command_that_fills_it()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "native", TorchNatives.FolderName));
        string error = Train();
        Assert.StartsWith("libtorch cannot be loaded: ", error, StringComparison.Ordinal);
        Assert.Contains("dotnet build -c Release src/Ddpg", error, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_library_without_the_ones_it_needs_names_the_first_of_them()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "the loader's words are Linux's");
        string native = Directory.CreateDirectory(Path.Combine(_folder, "native", TorchNatives.FolderName)).FullName;
        File.Copy(Path.Combine(TorchNatives.Folder!, "libLibTorchSharp.so"), Path.Combine(native, "libLibTorchSharp.so"));
        Assert.StartsWith("libtorch cannot be loaded: libtorch.so: cannot open shared object file", Train(), StringComparison.Ordinal);
    }

    /// <summary>Trains; returns the one line of the error.</summary>
    private string Train()
    {
        string[] arguments = [Path.Combine(_folder, "ddpg-cli.dll"), "train", "--env", "Pendulum-v1", "--total-steps", "10", "--output", Path.Combine(_folder, "run")];
        using Process process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        (int code, _, string error) = ProgramProcess.Wait(process);
        Assert.Equal(CommandLine.Failed, code);
        return Assert.Single(error.Trim().Split('\n'));
    }
}
