using Xunit.Abstractions;

namespace Ddpg.Notebooks.Tests.Exercises;

/// <summary>Every exercise has a solution, and its check tells the solution from the stub and from a wrong answer that a reader might well give.</summary>
public sealed class ExerciseTests(ExerciseProofs proofs, ITestOutputHelper output) : IClassFixture<ExerciseProofs>
{
    public static TheoryData<string, string> Exercises
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (Exercise exercise in Exercise.All)
                data.Add(exercise.Notebook, exercise.Id);
            return data;
        }
    }

    [Theory, MemberData(nameof(Exercises))]
    [Trait("Speed", "tiny")]
    public void HasASolutionAndAWrongAnswer(string notebook, string id)
    {
        Exercise exercise = Find(notebook, id);
        Assert.True(exercise.Solution is not null, $"{Exercise.SolutionsOf(notebook)} has no cell of id '{id}' with the tag 'solution'.");
        Assert.True(exercise.Wrong.Count > 0, $"{Exercise.SolutionsOf(notebook)}, cell '{id}': its metadata need \"ddpg\": {{\"wrong\": [\"…\"]}}, the source of a plausible wrong answer.");
    }

    [SkippableTheory, MemberData(nameof(Exercises))]
    public void TheCheckRefusesTheUntouchedStub(string notebook, string id)
    {
        Skip.If(Needs.Missing(notebook) is not null, Needs.Missing(notebook));
        Verdict verdict = proofs.OnStub(Find(notebook, id));
        Assert.True(verdict.IsRefused, $"The stub is not refused: {verdict.Text}");
    }

    [SkippableTheory, MemberData(nameof(Exercises))]
    public void TheCheckRefusesEachWrongAnswer(string notebook, string id)
    {
        Skip.If(Needs.Missing(notebook) is not null, Needs.Missing(notebook));
        Exercise exercise = Find(notebook, id);
        Assert.NotEmpty(exercise.Wrong);
        for (int i = 0; i < exercise.Wrong.Count; i++)
        {
            Verdict verdict = proofs.OnWrong(exercise, i);
            output.WriteLine(verdict.Text);
            Assert.True(verdict.IsRefused, $"Wrong answer {i + 1} is not refused: {verdict.Text}");
        }
    }

    [SkippableTheory, MemberData(nameof(Exercises))]
    public void TheCheckAcceptsTheSolution(string notebook, string id)
    {
        Skip.If(Needs.Missing(notebook) is not null, Needs.Missing(notebook));
        Verdict verdict = proofs.OnSolution(Find(notebook, id));
        Assert.True(verdict.IsAccepted, $"The solution is not accepted: {verdict.Text}");
    }

    private static Exercise Find(string notebook, string id) => Exercise.All.First(exercise => exercise.Notebook == notebook && exercise.Id == id);
}
