namespace Ddpg.Notebooks.Tests;

/// <summary>Finds the repository's files from wherever the tests were built to.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string NotebookFolder => Path.Combine(Root, "notebooks");

    /// <summary>Every notebook of the kit, solutions included, relative to the root and with forward slashes.</summary>
    public static IReadOnlyList<string> Notebooks { get; } =
        [.. Directory.EnumerateFiles(NotebookFolder, "*.ipynb", SearchOption.AllDirectories)
            .Where(path => !path.Contains(".ipynb_checkpoints", StringComparison.Ordinal) && !path.Contains($"{Path.DirectorySeparatorChar}images{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    /// <summary>Those that teach: all but the solutions.</summary>
    public static IReadOnlyList<string> Lessons { get; } = [.. Notebooks.Where(path => !path.Contains("/solutions/", StringComparison.Ordinal))];

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Ddpg.Notebooks.sln")))
                return folder.FullName;
        throw new InvalidOperationException($"No Ddpg.Notebooks.sln above {AppContext.BaseDirectory}: run the tests from a checkout.");
    }
}
