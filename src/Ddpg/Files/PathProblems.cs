namespace Ddpg.Files;

/// <summary>Says in plain words that something of the wrong kind is in the way of a path; the operating system's own message is that a part of the path could not be found.</summary>
internal static class PathProblems
{
    /// <summary>Why <paramref name="path"/> is no folder and cannot become one; null where it can.</summary>
    public static string? OfFolder(string path)
    {
        if (File.Exists(path))
            return $"'{path}' is a file, and a folder is needed here; name another, or move the file away.";
        return FileAbove(path) is string file ? $"There can be no folder '{path}': '{file}' is a file." : null;
    }

    /// <summary>Why <paramref name="path"/> is no file and cannot become one; null where it can.</summary>
    public static string? OfFile(string path)
    {
        if (Directory.Exists(path))
            return $"'{path}' is a folder, and the name of a file is needed here.";
        return FileAbove(path) is string file ? $"There can be no file '{path}': '{file}' is a file, not a folder." : null;
    }

    /// <exception cref="IOException">A file is in the way.</exception>
    public static void RequireFolder(string path)
    {
        if (OfFolder(path) is string problem)
            throw new IOException(problem);
    }

    private static string? FileAbove(string path)
    {
        for (string? above = Path.GetDirectoryName(Path.GetFullPath(path)); above is not null && !Directory.Exists(above); above = Path.GetDirectoryName(above))
            if (File.Exists(above))
                return above;
        return null;
    }
}
