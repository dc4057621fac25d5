using Ddpg.Files;

namespace Ddpg.Cli;

/// <summary>Checks paths that a command was given before anything is started.</summary>
internal static class Paths
{
    /// <summary>The path of a folder that is there or can be made.</summary>
    /// <exception cref="ArgumentException">A file is in the way.</exception>
    public static string Folder(string path) => Checked(path, PathProblems.OfFolder);

    /// <summary>The path of a file that is there or can be made.</summary>
    /// <exception cref="ArgumentException">A folder has its name, or a file is where one of its folders should be.</exception>
    public static string FileName(string path) => Checked(path, PathProblems.OfFile);

    private static string Checked(string path, Func<string, string?> problem) =>
        string.IsNullOrWhiteSpace(path) ? throw new ArgumentException("A path in this command is empty (a variable of the shell that is not set?); write the name of a folder or file.")
            : problem(path) is string found ? throw new ArgumentException(found) : path;
}
