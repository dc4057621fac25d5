namespace Ddpg.Tests.Acceleration;

/// <summary>The fused update stays small enough to be read.</summary>
[Trait("Speed", "tiny")]
public sealed class LineBudgetTests
{
    private const int Budget = 3_000;

    [Fact]
    public void The_fused_update_keeps_its_line_budget()
    {
        (string File, int Lines)[] files = [.. Directory.EnumerateFiles(Path.Combine(Root, "src", "Ddpg", "Acceleration"), "*.cs", SearchOption.AllDirectories).Select(file => (file, File.ReadLines(file).Count()))];
        Assert.InRange(files.Sum(file => file.Lines), Budget / 2, Budget);
        Assert.Equal("", string.Join(", ", files.Where(file => file.Lines > 400).Select(file => Path.GetFileName(file.File))));
    }

    private static string Root
    {
        get
        {
            DirectoryInfo? folder = new(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Ddpg.Notebooks.sln"))) folder = folder.Parent;
            return folder?.FullName ?? throw new InvalidOperationException("Run the tests from a checkout.");
        }
    }
}
