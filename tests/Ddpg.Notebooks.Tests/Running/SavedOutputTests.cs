namespace Ddpg.Notebooks.Tests.Running;

/// <summary>
/// The outputs saved in the notebooks are what a run gives today: out of the one execution that serves all tests, without a run of their own.
/// A difference is mended by <c>ddpg-kernel run --save</c>, and looked at before it is committed.
/// </summary>
[Collection(ExecutedNotebooks.Collection)]
public sealed class SavedOutputTests(ExecutedNotebooks executed)
{
    public static TheoryData<string> Notebooks => [.. ExecutedNotebooks.Paths];

    [SkippableTheory, MemberData(nameof(Notebooks))]
    public void TheSavedOutputsAreCurrent(string path)
    {
        Skip.If(Needs.Missing(path) is not null, Needs.Missing(path));
        ExecutedNotebook run = executed[path];
        Assert.True(run.Ok, run.Detail);
        IReadOnlyList<string> differing = SavedOutputs.Differences(Path.Combine(Repository.Root, path), run.Path);
        Assert.True(differing.Count == 0, $"{path}: save it anew with ddpg-kernel run --save {path}\n{string.Join('\n', differing)}");
    }
}
