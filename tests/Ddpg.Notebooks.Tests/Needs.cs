using Ddpg.Environments.MuJoCo.Binding;

namespace Ddpg.Notebooks.Tests;

/// <summary>What a notebook needs beyond the kit. On a machine without it the tests that run the notebook are skipped, with the reason.</summary>
internal static class Needs
{
    private static readonly Lazy<bool> HasRobots = new(() => LibrarySearch.Files(Environment.GetEnvironmentVariable(LibrarySearch.Variable)).Any());

    /// <summary>What is missing on this machine to run the notebook, and what to do; null where nothing is.</summary>
    /// <param name="path">Relative to the root.</param>
    public static string? Missing(string path) => Missing(path, HasRobots.Value);

    /// <summary>The same for a machine with the robots' library, or without it.</summary>
    internal static string? Missing(string path, bool hasRobots) =>
        !hasRobots && UsesRobots(path) ? $"{path} needs the MuJoCo library. {LibrarySearch.Advice()}" : null;

    /// <summary>A notebook that needs the robots says so in a cell that asks for their library.</summary>
    private static bool UsesRobots(string path) =>
        Notebook.Load(path).Code.Any(cell => cell.Source.Contains("MuJoCoLibrary.Instance", StringComparison.Ordinal));
}
