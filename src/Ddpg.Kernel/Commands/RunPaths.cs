namespace Ddpg.Kernel.Commands;

/// <summary>Where a run's files go.</summary>
internal static class RunPaths
{
    /// <summary>The folder that holds the solution or the version control's data, going up from the notebook; else the notebook's own.</summary>
    internal static string RepositoryRoot(string notebook)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(notebook))!;
        for (DirectoryInfo? candidate = new(folder); candidate is not null; candidate = candidate.Parent)
        {
            if (Path.Exists(Path.Combine(candidate.FullName, ".git")) || candidate.EnumerateFiles("*.sln").Any()) return candidate.FullName;
        }

        return folder;
    }

    /// <summary>The executed notebook's path, with the folders below <c>notebooks/</c> kept, so that a notebook and its solution do not meet.</summary>
    internal static string Executed(string notebook, string? output)
    {
        string root = RepositoryRoot(notebook);
        string relative = Path.GetRelativePath(root, Path.GetFullPath(notebook)).Replace('\\', '/');
        if (relative.StartsWith("notebooks/", StringComparison.Ordinal)) relative = relative["notebooks/".Length..];
        return Path.GetFullPath(Path.Combine(output ?? Path.Combine(root, "artifacts", "executed"), relative));
    }

    /// <summary>Relative to the current folder where it lies below it.</summary>
    internal static string ForReader(string path)
    {
        string relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }
}
