namespace Ddpg.Notebooks.Tests.Upstream;

/// <summary>Every notebook of the kit on .NET Interactive's C# kernel. Relative paths there start at the process's folder, which each test changes, hence one collection.</summary>
[Collection(nameof(InteractiveKernelTests))]
[Trait("Runtime", "upstream")]
[Trait("Speed", "long")]
public sealed class InteractiveKernelTests
{
    public static TheoryData<string> Notebooks => [.. Repository.Notebooks];

    [SkippableTheory]
    [MemberData(nameof(Notebooks))]
    public async Task TheNotebookRunsToItsEndOnDotNetInteractive(string path)
    {
        Skip.If(Needs.Missing(path) is not null, Needs.Missing(path));
        string before = Directory.GetCurrentDirectory();
        Directory.SetCurrentDirectory(Path.GetDirectoryName(Path.Combine(Repository.Root, path))!);
        try
        {
            using InteractiveKernelHost host = new();
            foreach (NotebookCell cell in Notebook.Load(path).Code.Where(cell => !cell.Tags.Contains("skip-execution")))
            {
                string? error = await host.RunAsync(cell.Source);
                Assert.True(error is null || cell.Tags.Contains("raises-exception"), $"{path}, cell {cell.Index + 1}: {error}");
            }
        }
        finally
        {
            Directory.SetCurrentDirectory(before);
        }
    }
}

/// <summary>Alone: the process's folder is everybody's.</summary>
[CollectionDefinition(nameof(InteractiveKernelTests), DisableParallelization = true)]
public sealed class InteractiveKernelCollection;
