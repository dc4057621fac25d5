using Xunit.Abstractions;

namespace Ddpg.Notebooks.Tests.Running;

/// <summary>Every notebook runs to its end, solutions included.</summary>
[Collection(ExecutedNotebooks.Collection)]
public class RunTests(ExecutedNotebooks executed, ITestOutputHelper output)
{
    public static TheoryData<string> Notebooks => [.. Repository.Notebooks];

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void TheNotebookRunsToItsEnd(string path)
    {
        ExecutedNotebook run = executed[path];
        output.WriteLine($"{path}: {run.Seconds:F1} s");
        Assert.True(run.Ok, run.Detail);
    }

    [SkippableFact]
    public void TheyRanThroughTheJupyterProtocol() => Skip.If(ExecutedNotebooks.ProtocolMissing is not null, $"ran headless: {ExecutedNotebooks.ProtocolMissing}");
}
