using System.Text.Json;
using System.Text.RegularExpressions;

namespace Ddpg.Notebooks.Tests;

/// <summary>What every notebook must look like, whoever wrote it: the rules that a reader feels when they are broken.</summary>
[Trait("Speed", "tiny")]
public sealed partial class StyleTests
{
    /// <summary>What a page shows without a scroll bar in a window of 1200 pixels, less one.</summary>
    private const int LongestLine = 110;

    public static TheoryData<string> All => [.. Repository.Notebooks];

    public static TheoryData<string> Lessons => [.. Repository.Lessons];

    [Theory, MemberData(nameof(All))]
    public void First_code_cell_imports_the_kit(string path)
    {
        Notebook notebook = Notebook.Load(path);
        Assert.Equal(notebook.IsSolution ? "#!import ../../artifacts/kit/setup.csx" : "#!import ../artifacts/kit/setup.csx", notebook.Code.First().Source);
        Assert.Contains(notebook.Markdown, cell => cell.Index < notebook.Code.First().Index && cell.Source.Contains("dotnet build -c Release src/Ddpg", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(All))]
    public void Cells_are_short(string path)
    {
        var tooLong = Notebook.Load(path).Code.Where(cell => cell.Lines.Count > 25 || cell.Lines.Any(line => line.Length > LongestLine));
        Assert.Empty(tooLong.Select(cell => $"{path} cell {cell.Id}: {cell.Lines.Count} lines, longest {cell.Lines.Max(line => line.Length)}"));
    }

    [Theory, MemberData(nameof(All))]
    public void Most_cells_have_at_most_twelve_lines(string path)
    {
        NotebookCell[] code = [.. Notebook.Load(path).Code];
        Assert.True(code.Count(cell => cell.Lines.Count > 12) <= code.Length / 5, $"{path}: {code.Count(cell => cell.Lines.Count > 12)} of {code.Length} code cells have more than 12 lines");
    }

    [Theory, MemberData(nameof(All))]
    public void Opens_in_either_front_end_with_no_question(string path)
    {
        JsonElement json = Notebook.Load(path).Json, metadata = json.GetProperty("metadata");
        Assert.Equal(4, json.GetProperty("nbformat").GetInt32());
        Assert.True(json.GetProperty("nbformat_minor").GetInt32() >= 5);
        Assert.Equal(".net-csharp", metadata.GetProperty("kernelspec").GetProperty("name").GetString());
        Assert.Equal("C#", metadata.GetProperty("kernelspec").GetProperty("language").GetString());
        Assert.Equal("csharp", metadata.GetProperty("polyglot_notebook").GetProperty("kernelInfo").GetProperty("defaultKernelName").GetString());
        foreach (NotebookCell cell in Notebook.Load(path).Code)
            Assert.Equal("csharp", cell.Json.GetProperty("metadata").GetProperty("polyglot_notebook").GetProperty("kernelName").GetString());
    }

    [Theory, MemberData(nameof(All))]
    public void Cell_ids_are_unique(string path)
    {
        string[] ids = [.. Notebook.Load(path).Cells.Select(cell => cell.Id)];
        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    [Theory, MemberData(nameof(All))]
    public void Needs_no_package_and_names_no_machine(string path)
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, path));
        Assert.DoesNotContain("#r \\\"nuget:", text, StringComparison.Ordinal);
        Assert.DoesNotMatch(MachinePath(), text);
        Assert.True(text.Length < 500_000, $"{path}: {text.Length} bytes");
    }

    [Theory, MemberData(nameof(All))]
    public void Saved_outputs_hold_no_error_and_no_counts(string path)
    {
        foreach (NotebookCell cell in Notebook.Load(path).Code)
        {
            Assert.Equal(JsonValueKind.Null, cell.Json.GetProperty("execution_count").ValueKind);
            if (!cell.Tags.Contains("raises-exception"))
                Assert.DoesNotContain(cell.Json.GetProperty("outputs").EnumerateArray(), output => output.GetProperty("output_type").GetString() == "error");
        }
    }

    [Theory, MemberData(nameof(All))]
    public void Links_lead_to_files(string path)
    {
        string folder = Path.GetDirectoryName(Path.Combine(Repository.Root, path))!;
        foreach (NotebookCell cell in Notebook.Load(path).Markdown)
            foreach (Match link in RelativeLink().Matches(cell.Source))
                Assert.True(File.Exists(Path.Combine(folder, link.Groups["target"].Value)), $"{path} cell {cell.Id}: {link.Value} leads nowhere");
    }

    [Theory, MemberData(nameof(Lessons))]
    public void Ends_with_the_way_back_and_the_way_on(string path)
    {
        int index = Repository.Lessons.ToList().IndexOf(path);
        string[] neighbours = [.. new[] { index - 1, index + 1 }.Where(at => at >= 0 && at < Repository.Lessons.Count).Select(at => Path.GetFileName(Repository.Lessons[at]))];
        string end = Notebook.Load(path).Markdown.Last().Source.Split('\n')[^1];
        Assert.All(neighbours, neighbour => Assert.Contains($"]({neighbour})", end, StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(All))]
    public void Images_have_alternative_text(string path) =>
        Assert.DoesNotContain(Notebook.Load(path).Markdown, cell => cell.Source.Contains("![](", StringComparison.Ordinal));

    [Theory, MemberData(nameof(Lessons))]
    public void States_what_the_reader_will_learn_and_how_long_it_takes(string path)
    {
        string opening = string.Join('\n', Notebook.Load(path).Cells.TakeWhile(cell => !cell.IsCode).Select(cell => cell.Source));
        Assert.Matches(@"(?m)^# \d\d[a-z]? · ", opening);
        Assert.Contains("**You will", opening, StringComparison.Ordinal);
        Assert.Matches(@"\*\*Time:\*\* .*\d+ (min|s)", opening);
    }

    [Theory, MemberData(nameof(Lessons))]
    public void Has_one_visible_cell_of_parameters(string path)
    {
        NotebookCell cell = Assert.Single(Notebook.Load(path).Code, cell => cell.Tags.Contains("parameters"));
        foreach (string line in cell.Lines.Where(line => line.Contains('=', StringComparison.Ordinal)))
            Assert.Contains("//", line, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Lessons))]
    public void Asks_for_a_prediction_and_ends_with_a_summary(string path)
    {
        Notebook notebook = Notebook.Load(path);
        int predictions = notebook.Markdown.Count(cell => cell.Source.Contains("**Predict.**", StringComparison.Ordinal));
        Assert.True(predictions >= 3 || path.Contains("/00-", StringComparison.Ordinal) && predictions >= 1, $"{path}: {predictions} predictions");
        Assert.Contains(notebook.Markdown, cell => cell.Source.Contains("## Summary", StringComparison.Ordinal));
        Assert.Contains(notebook.Markdown, cell => cell.Source.Contains("## Sources", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Lessons))]
    public void Uses_one_word_per_thing(string path)
    {
        foreach (NotebookCell cell in Notebook.Load(path).Markdown)
            foreach (Regex word in new[] { Exclamation(), WrongWord() })
                Assert.False(word.IsMatch(CodeSpan().Replace(cell.Source, "")), $"{path} cell {cell.Id}: '{word.Match(CodeSpan().Replace(cell.Source, "")).Value}'");
    }

    [GeneratedRegex(@"(^|[^A-Za-z0-9_.])/(home|root|work|tmp|Users)/[A-Za-z0-9]")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"\]\((?<target>(?!https?:|#|mailto:)[^)#\s]+)")]
    private static partial Regex RelativeLink();

    [GeneratedRegex(@"[A-Za-z]!(\s|$)")]
    private static partial Regex Exclamation();

    [GeneratedRegex(@"\b(score of the episode|episode score|mini-batch|softupdate|polyak averaging)\b", RegexOptions.IgnoreCase)]
    private static partial Regex WrongWord();

    [GeneratedRegex(@"`[^`]*`|\$\$[^$]*\$\$|\$[^$]*\$", RegexOptions.Singleline)]
    private static partial Regex CodeSpan();
}
