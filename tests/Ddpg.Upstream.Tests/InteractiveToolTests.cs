using System.Diagnostics;
using System.Text.Json.Nodes;
using Ddpg.Kernel.Tests.Jupyter;
using Xunit.Abstractions;

namespace Ddpg.Notebooks.Tests.Upstream;

/// <summary>The first notebook on the tool that README names, as a reader has it: restored, registered by its own command, and run through the Jupyter protocol.</summary>
[Collection(nameof(InteractiveKernelTests))]
[Trait("Runtime", "upstream")]
[Trait("Speed", "long")]
public sealed class InteractiveToolTests(ITestOutputHelper output) : IDisposable
{
    private const string Path00 = "notebooks/00-start-here.ipynb", Kernel = ".net-csharp";

    // What dotnet tool restore says where there is no network, and where the package source does not have the tool.
    private static readonly string[] OutOfReach = ["NU1301", "NU1101", "NU1102", "Unable to load the service index", "is not found in NuGet feeds", "was not found in NuGet feeds"];

    private readonly string _folder = Directory.CreateTempSubdirectory("ddpg-upstream-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableFact]
    public void TheFirstNotebookRunsOnTheToolWithTheOutputsOfOurKernel()
    {
        string? missing = PythonScript.Missing("nbclient", "nbformat");
        Skip.If(missing is not null, missing);
        (int exit, string said) = Dotnet("tool", "restore");
        Skip.If(exit != 0 && OutOfReach.Any(said.Contains), $"dotnet tool restore cannot reach the tool: {said.Trim()}");
        Assert.True(exit == 0, said);

        ExecutedCopy run = RunThroughNbclient(Register());
        output.WriteLine($"{run.Seconds:F1} s");
        Assert.True(run.Ok, run.Detail);
        IReadOnlyList<string> differing = KernelComparison.Differences(Path.Combine(Repository.Root, Path00), run.Path);
        Assert.True(differing.Count == 0, string.Join('\n', differing));
    }

    /// <summary>Writes the tool's kernelspecs; returns what the environment must say for a client to find them.</summary>
    private Dictionary<string, string> Register()
    {
        string kernels = Directory.CreateDirectory(Path.Combine(_folder, "kernels")).FullName;
        (int exit, string said) = Dotnet("interactive", "jupyter", "install", "--path", kernels);
        Assert.True(exit == 0, said);
        // The tool opens a port to the network unless it is told not to.
        string file = Path.Combine(kernels, Kernel, "kernel.json");
        JsonNode spec = JsonNode.Parse(File.ReadAllText(file))!;
        spec["argv"]!.AsArray().Add("--http-local-only");
        File.WriteAllText(file, spec.ToJsonString());
        return new() { ["JUPYTER_PATH"] = _folder, ["JUPYTER_RUNTIME_DIR"] = Path.Combine(_folder, "runtime"), ["IPYTHONDIR"] = Path.Combine(_folder, "ipython"), ["DOTNET_INTERACTIVE_CLI_TELEMETRY_OPTOUT"] = "1" };
    }

    private ExecutedCopy RunThroughNbclient(Dictionary<string, string> environment)
    {
        PythonScript.Result result = PythonScript.Run("run_notebooks.py", [_folder, Kernel, Path00], environment, TimeSpan.FromMinutes(10), Repository.Root)[Path00];
        return new(result.Ok, result.Detail, result.Numbers.GetProperty("executed").GetString()!, result.Number("seconds"));
    }

    private static (int Exit, string Output) Dotnet(params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Repository.Root };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync(), text = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromMinutes(5))) process.Kill(entireProcessTree: true);
        process.WaitForExit();
        return (process.ExitCode, text.GetAwaiter().GetResult() + error.GetAwaiter().GetResult());
    }

    private sealed record ExecutedCopy(bool Ok, string Detail, string Path, double Seconds);
}
