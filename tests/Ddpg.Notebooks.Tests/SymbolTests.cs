using System.Text.RegularExpressions;

namespace Ddpg.Notebooks.Tests;

/// <summary>A reader can look up every letter: what a formula uses is in the notebook's symbol table.</summary>
[Trait("Speed", "tiny")]
public sealed partial class SymbolTests
{
    // The circle's number, Euler's, and an index that only counts.
    private static readonly HashSet<string> KnownToAll = ["pi", "e", "i"];

    public static TheoryData<string> Lessons => [.. Repository.Lessons];

    [Theory, MemberData(nameof(Lessons))]
    public void Every_letter_of_a_formula_is_in_the_symbol_table(string path)
    {
        Notebook notebook = Notebook.Load(path);
        // An erratum quotes the post in the post's own letters.
        IEnumerable<NotebookCell> texts = notebook.Markdown.Where(cell => !cell.Source.Contains("**Erratum**", StringComparison.Ordinal));
        HashSet<string> table = [.. TableRow().Matches(string.Join('\n', notebook.Markdown.Select(cell => cell.Source)))
            .SelectMany(row => LettersOf(row.Value))];
        var missing = texts.SelectMany(cell => LettersOf(CodeSpan().Replace(cell.Source, "")).Select(letter => (cell.Id, letter)))
            .Where(use => !table.Contains(use.letter) && !KnownToAll.Contains(use.letter)).Distinct();
        Assert.Empty(missing.Select(use => $"{path} cell {use.Id}: {use.letter}"));
    }

    private static IEnumerable<string> LettersOf(string markdown) =>
        Formula().Matches(markdown).Select(formula => Words().Replace(formula.Value, " ")).SelectMany(formula => Letter().Matches(formula)).Select(letter => letter.Groups["letter"].Value);

    [GeneratedRegex(@"(?m)^\|.*$")]
    private static partial Regex TableRow();

    [GeneratedRegex("`[^`]*`")]
    private static partial Regex CodeSpan();

    [GeneratedRegex(@"\$\$.+?\$\$|\$[^$]+\$", RegexOptions.Singleline)]
    private static partial Regex Formula();

    /// <summary>Words, names of sets and functions, environments: not letters that stand for something.</summary>
    [GeneratedRegex(@"\\(text|operatorname|mathrm|mathbb|mathcal|begin|end)\s*(\{[^{}]*\}|[A-Za-z])")]
    private static partial Regex Words();

    /// <summary>A Greek letter's command, or a Latin letter that is not part of a command.</summary>
    [GeneratedRegex(@"\\(?<letter>alpha|beta|gamma|delta|epsilon|varepsilon|eta|theta|kappa|lambda|mu|nu|xi|pi|rho|sigma|tau|phi|varphi|chi|psi|omega|Delta|Sigma|Omega|Phi|Theta)(?![A-Za-z])|(?<![\\A-Za-z])(?<letter>[A-Za-z])(?![A-Za-z])")]
    private static partial Regex Letter();
}
