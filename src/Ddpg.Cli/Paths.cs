using Ddpg.Files;

namespace Ddpg.Cli;

/// <summary>Checks paths that a command was given before anything is started.</summary>
internal static class Paths
{
    /// <summary>The path of a folder that is there or can be made.</summary>
    /// <exception cref="ArgumentException">A file is in the way.</exception>
    public static string Folder(string path) => path.Length > 0 && PathProblems.OfFolder(path) is string problem ? throw new ArgumentException(problem) : path;

    /// <summary>The path of a file that is there or can be made.</summary>
    /// <exception cref="ArgumentException">A folder has its name, or a file is where one of its folders should be.</exception>
    public static string FileName(string path) => path.Length > 0 && PathProblems.OfFile(path) is string problem ? throw new ArgumentException(problem) : path;
}
