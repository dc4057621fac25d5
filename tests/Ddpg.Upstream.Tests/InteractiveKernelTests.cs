using System.Diagnostics;
using System.Text.Json.Nodes;
using Xunit.Abstractions;

namespace Ddpg.Notebooks.Tests.Upstream;

/// <summary>
/// Every notebook of the kit on .NET Interactive's C# kernel, to its end and to the outputs that ours saved.
/// Relative paths there start at the process's folder, which each test changes, hence one collection.
/// </summary>
[Collection(nameof(InteractiveKernelTests))]
[Trait("Runtime", "upstream")]
[Trait("Speed", "long")]
public sealed class InteractiveKernelTests(ITestOutputHelper output)
{
    public static TheoryData<string> Notebooks => [.. Repository.Notebooks.Where(path => path.Contains(Environment.GetEnvironmentVariable("DDPG_NOTEBOOKS") ?? "", StringComparison.Ordinal))];

    [SkippableTheory]
    [MemberData(nameof(Notebooks))]
    public async Task TheNotebookRunsToItsEndOnDotNetInteractiveWithTheOutputsOfOurKernel(string path)
    {
        Skip.If(Needs.Missing(path) is not null, Needs.Missing(path));
        Stopwatch watch = Stopwatch.StartNew();
        string executed = await RunAsync(path);
        output.WriteLine($"{path}: {watch.Elapsed.TotalSeconds:F1} s, {executed}");
        IReadOnlyList<string> differing = KernelComparison.Differences(Path.Combine(Repository.Root, path), executed);
        Assert.True(differing.Count == 0, $"{path}:\n{string.Join('\n', differing)}");
    }

    [Fact]
    public async Task ADisplayThatALaterCellUpdatesIsTheEarlierCellsOutput()
    {
        using InteractiveKernelHost host = new();
        (string? error, JsonArray shown) = await host.RunAsync("using Microsoft.DotNet.Interactive;\nvar view = KernelInvocationContext.Current.Display(1, \"text/plain\");");
        Assert.Null(error);
        Assert.Equal("1", (string?)shown[0]!["data"]!["text/plain"]);
        (error, JsonArray none) = await host.RunAsync("view.Update(2);");
        Assert.Null(error);
        Assert.Empty(none);
        Assert.Equal("2", (string?)Assert.Single(shown)!["data"]!["text/plain"]);
    }

    /// <summary>Runs the notebook; returns the path of the copy with upstream's outputs.</summary>
    private static async Task<string> RunAsync(string path)
    {
        string notebook = Path.Combine(Repository.Root, path), executed = ExecutedCopy(path), before = Directory.GetCurrentDirectory();
        JsonNode copy = JsonNode.Parse(await File.ReadAllTextAsync(notebook))!;
        Directory.SetCurrentDirectory(Path.GetDirectoryName(notebook)!);
        try
        {
            using InteractiveKernelHost host = new();
            foreach (NotebookCell cell in Notebook.Load(path).Code.Where(cell => !cell.Tags.Contains("skip-execution")))
            {
                (string? error, JsonArray outputs) = await host.RunAsync(cell.Source);
                Assert.True(error is null || cell.Tags.Contains("raises-exception"), $"{path}, cell {cell.Index + 1}: {error}");
                copy["cells"]![cell.Index]!["outputs"] = outputs;
            }
        }
        finally
        {
            Directory.SetCurrentDirectory(before);
        }

        await File.WriteAllTextAsync(executed, copy.ToJsonString());
        return executed;
    }

    private static string ExecutedCopy(string path)
    {
        string folder = Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts", "executed-upstream")).FullName;
        return Path.Combine(folder, path.Replace("/", "--", StringComparison.Ordinal));
    }
}

/// <summary>Alone: the process's folder is everybody's.</summary>
[CollectionDefinition(nameof(InteractiveKernelTests), DisableParallelization = true)]
public sealed class InteractiveKernelCollection;
