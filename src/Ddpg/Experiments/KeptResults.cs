using Ddpg.Agents;

namespace Ddpg.Experiments;

/// <summary>The results of finished sweeps that are kept in <c>notebooks/results/</c>, found from wherever a notebook runs.</summary>
public static class KeptResults
{
    private const string AgentEnding = ".ddpg";

    /// <summary>The names that <see cref="Load"/> knows, in alphabetical order: folders that hold results, not only a sweep file.</summary>
    public static IReadOnlyList<string> Names => Root() is not string root ? []
        : [.. Directory.GetDirectories(root).Where(HasResults).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    /// <summary>Reads one sweep's results.</summary>
    /// <param name="name">The folder's name, such as <c>pendulum</c>.</param>
    /// <returns>One record a run, in the sweep's order.</returns>
    /// <exception cref="FileNotFoundException">There are no such results; the message lists those that there are.</exception>
    /// <exception cref="FormatException">A file is of another version or damaged; the message names file and line.</exception>
    public static IReadOnlyList<RunRecord> Load(string name) => ResultTables.Load(Folder(name));

    /// <summary>Reads the sweep file behind the results: every run with its settings.</summary>
    /// <param name="name">The folder's name, such as <c>pendulum</c>.</param>
    /// <exception cref="FileNotFoundException">There are no such results; the message lists those that there are.</exception>
    public static Sweep Sweep(string name) => Experiments.Sweep.Load(Path.Combine(Folder(name), "sweep.json"));

    /// <summary>Loads a trained agent that is kept in <c>notebooks/results/agents/</c>, beside the command that made it.</summary>
    /// <param name="name">The file's name without its ending, such as <c>hopper</c>.</param>
    /// <exception cref="FileNotFoundException">There is no such agent; the message lists those that there are.</exception>
    /// <exception cref="InvalidDataException">The file is of another version, or damaged.</exception>
    public static DdpgAgent Agent(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        string folder = Path.Combine(Root() ?? throw NoRoot(), "agents"), file = Path.Combine(folder, name + AgentEnding);
        if (Path.GetFileName(name) == name && File.Exists(file)) return DdpgAgent.Load(file);
        IEnumerable<string> names = Directory.Exists(folder) ? Directory.GetFiles(folder, "*" + AgentEnding).Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal) : [];
        throw new FileNotFoundException($"There is no agent '{name}' in notebooks/results/agents; there are {string.Join(", ", names)}.", file);
    }

    private static string Folder(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        string root = Root() ?? throw NoRoot();
        string folder = Path.Combine(root, name);
        return Path.GetFileName(name) == name && HasResults(folder) ? folder
            : throw new FileNotFoundException($"There are no results '{name}' in notebooks/results; there are {string.Join(", ", Names)}.", folder);
    }

    private static FileNotFoundException NoRoot() =>
        new($"There is no folder notebooks/results above {Directory.GetCurrentDirectory()}: run this inside of a clone of the repository.");

    // A kernel works in the notebook's folder, or in the folder that the front end was started in.
    private static string? Root()
    {
        for (DirectoryInfo? folder = new(Directory.GetCurrentDirectory()); folder is not null; folder = folder.Parent)
            foreach (string candidate in new[] { Path.Combine(folder.FullName, "notebooks", "results"), Path.Combine(folder.FullName, "results") })
                if (Directory.Exists(candidate) && Directory.GetDirectories(candidate).Any(HasResults))
                    return candidate;
        return null;
    }

    private static bool HasResults(string folder) => File.Exists(Path.Combine(folder, ResultTables.ResultsName)) && File.Exists(Path.Combine(folder, "sweep.json"));
}
