using System.Text.Json.Nodes;
using Xunit.Abstractions;

namespace Ddpg.Notebooks.Tests.Running;

/// <summary>Every notebook runs to its end, solutions included.</summary>
[Collection(ExecutedNotebooks.Collection)]
public class RunTests(ExecutedNotebooks executed, ITestOutputHelper output)
{
    public static TheoryData<string> Notebooks => [.. ExecutedNotebooks.Paths];

    [SkippableTheory]
    [MemberData(nameof(Notebooks))]
    public void TheNotebookRunsToItsEnd(string path)
    {
        Skip.If(Needs.Missing(path) is not null, Needs.Missing(path));
        ExecutedNotebook run = executed[path];
        output.WriteLine($"{path}: {run.Seconds:F1} s");
        Assert.True(run.Ok, run.Detail);
    }

    /// <summary>nbclient notes at each cell when the kernel's messages about it came; a headless run has no messages.</summary>
    [SkippableTheory]
    [MemberData(nameof(Notebooks))]
    public void WhereNbclientIsItRanThroughTheJupyterProtocol(string path)
    {
        Skip.If(ExecutedNotebooks.ProtocolMissing is not null, $"ran headless: {ExecutedNotebooks.ProtocolMissing}");
        Skip.If(Needs.Missing(path) is not null, Needs.Missing(path));
        Assert.True(executed[path].Ok, executed[path].Detail);
        JsonArray cells = JsonNode.Parse(File.ReadAllText(executed[path].Path))!["cells"]!.AsArray();
        JsonNode[] code = [.. cells.Where(cell => (string?)cell!["cell_type"] == "code").Select(cell => cell!)];
        Assert.NotEmpty(code);
        Assert.All(code, cell => Assert.NotNull(cell["metadata"]?["execution"]?["shell.execute_reply"]));
    }
}
