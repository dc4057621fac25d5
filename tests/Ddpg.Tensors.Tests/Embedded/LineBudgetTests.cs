using System.Globalization;
using System.Text.RegularExpressions;

namespace Ddpg.Tensors.Tests.Embedded;

/// <summary>The engine stays small: its README states how many lines it may have.</summary>
[Trait("Speed", "tiny")]
public class LineBudgetTests
{
    private static readonly string Engine = Path.Combine(Repository.Root, "src", "Ddpg.Tensors");

    [Fact]
    public void The_engine_keeps_its_line_budget()
    {
        Match stated = Regex.Match(File.ReadAllText(Path.Combine(Engine, "README.md")), @"[Ll]ine budget[^0-9]{0,40}([0-9][0-9,]*)");
        Assert.True(stated.Success, "src/Ddpg.Tensors/README.md states no line budget (\"Line budget: 9,000\")");
        int budget = int.Parse(stated.Groups[1].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
        int lines = Sources().Sum(file => File.ReadLines(file).Count());
        Assert.True(lines <= budget, $"Ddpg.Tensors has {lines} lines, its budget is {budget}");
        Assert.True(lines > budget / 2, $"Ddpg.Tensors has {lines} lines: a budget of {budget} holds nothing back");
    }

    [Fact]
    public void No_file_has_more_than_400_lines() =>
        Assert.Equal("", string.Join(", ", Sources().Where(file => File.ReadLines(file).Count() > 400).Select(Path.GetFileName)));

    [Fact]
    public void Vector_intrinsics_live_in_one_folder() =>
        Assert.Equal("", string.Join(", ", Sources().Where(file => !file.Contains($"{Path.DirectorySeparatorChar}Simd{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
            && Regex.IsMatch(File.ReadAllText(file), @"\bVector(128|256|512)\.(Load|Create|Store)|Fma\.|Avx")).Select(Path.GetFileName)));

    private static IEnumerable<string> Sources() => Directory.EnumerateFiles(Engine, "*.cs", SearchOption.AllDirectories);
}
