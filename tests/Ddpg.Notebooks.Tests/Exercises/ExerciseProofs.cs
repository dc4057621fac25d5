using System.Text.Json.Nodes;
using Ddpg.Kernel.Tests.Jupyter;

namespace Ddpg.Notebooks.Tests.Exercises;

/// <summary>
/// Shows what the checks say to answers that are not right. Of each solutions' notebook a copy is made in which every solution is preceded by the
/// exercise's untouched stub and by its wrong answers; all copies run in one headless process, a session each.
/// </summary>
public sealed class ExerciseProofs
{
    private const string Passed = "✓", Failed = "✗", NotSolved = "○";

    // Two folders below the root, as the solutions are, so that their #!import leads to the same file.
    private static readonly string Copies = Path.Combine(Repository.Root, "artifacts", "exercise-proofs"), Output = Path.Combine(Copies, "executed");

    private readonly Lazy<(IReadOnlyDictionary<string, JsonObject> Cells, string Log)> _run = new(Run);

    /// <summary>What the check said to the untouched stub.</summary>
    internal Verdict OnStub(Exercise exercise) => VerdictOf($"{exercise.Id}-stub", exercise);

    /// <summary>What it said to a wrong answer.</summary>
    internal Verdict OnWrong(Exercise exercise, int index) => VerdictOf($"{exercise.Id}-wrong-{index + 1}", exercise);

    /// <summary>What it said to the solution.</summary>
    internal Verdict OnSolution(Exercise exercise) => VerdictOf(exercise.Id, exercise);

    private Verdict VerdictOf(string id, Exercise exercise)
    {
        if (!_run.Value.Cells.TryGetValue(Key(exercise.Notebook, id), out JsonObject? cell) || cell["execution_count"] is null)
            return new Verdict(false, false, $"was not run:\n{_run.Value.Log}");
        List<string> texts = [.. cell["outputs"]!.AsArray().Select(output => TextOf(output!.AsObject()))];
        string text = string.Join('\n', texts);
        bool hasError = cell["outputs"]!.AsArray().Any(output => (string?)output!["output_type"] == "error");
        bool isOpen = text.Contains(Failed, StringComparison.Ordinal) || text.Contains(NotSolved, StringComparison.Ordinal);
        return new Verdict(!hasError && isOpen, !hasError && !isOpen && text.Contains(Passed, StringComparison.Ordinal), text);
    }

    private static string TextOf(JsonObject output) => (string?)output["output_type"] switch
    {
        "stream" => Join(output["text"]),
        "error" => $"{output["ename"]}: {output["evalue"]}",
        _ => Join(output["data"]?["text/plain"] ?? output["data"]?["text/html"]),
    };

    private static string Join(JsonNode? text) => text is JsonArray lines ? string.Concat(lines.Select(line => (string?)line)) : (string?)text ?? "";

    private static (IReadOnlyDictionary<string, JsonObject> Cells, string Log) Run()
    {
        Directory.CreateDirectory(Output);
        string[] notebooks = [.. Exercise.All.Where(exercise => exercise.Solution is not null).Select(exercise => exercise.Notebook).Distinct()];
        string[] copies = [.. notebooks.Select(Copy)];
        (_, string log) = InstalledKernel.Run(["run", "--no-html", "--output", Output, .. copies], null, TimeSpan.FromMinutes(30), Repository.Root);
        var cells = new Dictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (string notebook in notebooks)
        {
            string executed = Executed(notebook);
            if (!File.Exists(executed)) continue;
            foreach (JsonNode? cell in JsonNode.Parse(File.ReadAllText(executed))!["cells"]!.AsArray())
                if ((string?)cell!["cell_type"] == "code") cells[Key(notebook, (string)cell["id"]!)] = cell.AsObject();
        }
        return (cells, log);
    }

    /// <summary>Writes the copy; each answer that is not right may fail without ending the run.</summary>
    private static string Copy(string notebook)
    {
        JsonNode root = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, Exercise.SolutionsOf(notebook))))!;
        var cells = new JsonArray();
        foreach (JsonNode? cell in root["cells"]!.AsArray())
        {
            Exercise? exercise = Exercise.All.FirstOrDefault(exercise => exercise.Notebook == notebook && exercise.Id == (string?)cell!["id"] && exercise.Solution is not null);
            if (exercise is not null)
            {
                cells.Add(Answer(cell!, $"{exercise.Id}-stub", exercise.Stub));
                for (int i = 0; i < exercise.Wrong.Count; i++)
                    cells.Add(Answer(cell!, $"{exercise.Id}-wrong-{i + 1}", exercise.Wrong[i]));
            }
            JsonNode own = cell!.DeepClone();
            if ((string?)own["cell_type"] == "code") (own["outputs"], own["execution_count"]) = (new JsonArray(), null);
            cells.Add(own);
        }
        root["cells"] = cells;
        string path = Path.Combine(Copies, Path.GetFileName(notebook));
        if (File.Exists(Executed(notebook))) File.Delete(Executed(notebook));   // an old result must not stand for a run that failed
        File.WriteAllText(path, root.ToJsonString());
        return path;
    }

    // The run keeps a notebook's folder below its output folder.
    private static string Executed(string notebook) => Path.Combine(Output, Path.GetRelativePath(Repository.Root, Copies), Path.GetFileName(notebook));

    private static JsonNode Answer(JsonNode solution, string id, string source)
    {
        JsonNode cell = solution.DeepClone();
        (cell["id"], cell["source"], cell["outputs"], cell["execution_count"]) = (id, source, new JsonArray(), null);
        cell["metadata"]!["tags"] = new JsonArray("raises-exception");
        return cell;
    }

    private static string Key(string notebook, string id) => $"{Path.GetFileName(notebook)} {id}";
}

/// <summary>What a check said.</summary>
/// <param name="IsRefused">It ran, and says "wrong" or "not solved yet".</param>
/// <param name="IsAccepted">It ran, and says "passed" and nothing else.</param>
/// <param name="Text">Its words, or the error.</param>
internal sealed record Verdict(bool IsRefused, bool IsAccepted, string Text);
