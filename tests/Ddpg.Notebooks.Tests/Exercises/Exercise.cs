using System.Text.Json;

namespace Ddpg.Notebooks.Tests.Exercises;

/// <summary>An exercise of a notebook: its stub there, its solution in the solutions' notebook, and answers that are plausible and wrong.</summary>
/// <param name="Notebook">Relative to the root.</param>
/// <param name="Id">The stub's cell id, which is the solution's, too.</param>
/// <param name="Stub">The stub's source.</param>
/// <param name="Solution">The solution's cell; null where it is missing.</param>
internal sealed record Exercise(string Notebook, string Id, string Stub, NotebookCell? Solution)
{
    /// <summary>All exercises of the kit, in the notebooks' order.</summary>
    public static IReadOnlyList<Exercise> All { get; } = [.. Repository.Lessons.SelectMany(Of)];

    /// <summary>The wrong answers: each is the source of a whole cell, kept as <c>"ddpg": {"wrong": […]}</c> in the solution cell's metadata.</summary>
    public IReadOnlyList<string> Wrong =>
        Solution is not null && Solution.Json.GetProperty("metadata").TryGetProperty("ddpg", out JsonElement own) && own.TryGetProperty("wrong", out JsonElement answers)
            ? [.. answers.EnumerateArray().Select(answer => answer.GetString()!)] : [];

    public static string SolutionsOf(string notebook) => notebook.Replace("notebooks/", "notebooks/solutions/", StringComparison.Ordinal);

    private static IEnumerable<Exercise> Of(string path)
    {
        NotebookCell[] stubs = [.. Notebooks.Tests.Notebook.Load(path).Code.Where(cell => cell.Tags.Contains("exercise"))];
        string solutions = SolutionsOf(path);
        NotebookCell[] solved = File.Exists(System.IO.Path.Combine(Repository.Root, solutions))
            ? [.. Notebooks.Tests.Notebook.Load(solutions).Code.Where(cell => cell.Tags.Contains("solution"))] : [];
        return stubs.Select(stub => new Exercise(path, stub.Id, stub.Source, Array.Find(solved, cell => cell.Id == stub.Id)));
    }
}
