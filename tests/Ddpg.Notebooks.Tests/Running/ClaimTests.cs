namespace Ddpg.Notebooks.Tests.Running;

/// <summary>What the notebooks' text says of results that differ between seeds and processors holds in the run that serves all tests; <c>.ci/long claims</c> looks at further seeds.</summary>
[Collection(ExecutedNotebooks.Collection)]
public sealed class ClaimTests(ExecutedNotebooks executed)
{
    public static TheoryData<string> Notebooks => [.. ExecutedNotebooks.Paths];

    [SkippableTheory, MemberData(nameof(Notebooks))]
    public void EveryClaimHolds(string path)
    {
        Skip.If(Needs.Missing(path) is not null, Needs.Missing(path));
        ExecutedNotebook run = executed[path];
        Assert.True(run.Ok, run.Detail);
        Skip.If(ExecutedNotebooks.ProtocolMissing is not null, "the headless run evaluated them: TheNotebookRunsToItsEnd");
        IReadOnlyList<string> failures = ClaimChecks.Failures(Path.Combine(Repository.Root, path), run.Path);
        Assert.True(failures.Count == 0, $"{path}: {failures.Count} of its claims fail\n{string.Join('\n', failures)}");
    }
}
