using System.Security.Cryptography;

namespace Ddpg;

/// <summary>The folder of assemblies that a notebook loads: made by the build, named by its content, checked here against the sources it was made from.</summary>
public static class Kit
{
    private const string SourceList = "sources.txt";
    private const string Rebuild = "Build it with: dotnet build -c Release src/Ddpg";

    /// <summary>Refuses to go on with a kit that is older than the sources, or with one that this process cannot load because it already holds another.</summary>
    /// <param name="kitFolder">The folder that <c>setup.csx</c> loads the assemblies from.</param>
    /// <param name="sourceRoot">The repository's root. Where it holds no <c>src/Ddpg</c> (the kit was copied elsewhere), the sources are not compared.</param>
    /// <exception cref="InvalidOperationException">The sources have changed since the kit was built, or the kernel must be restarted to load the new kit.</exception>
    public static void EnsureCurrent(string kitFolder, string sourceRoot)
    {
        ArgumentNullException.ThrowIfNull(kitFolder);
        ArgumentNullException.ThrowIfNull(sourceRoot);
        IReadOnlyList<string> changed = ChangedSources(kitFolder, sourceRoot);
        if (changed.Count > 0)
        {
            string names = string.Join(", ", changed.Take(3)) + (changed.Count > 3 ? $" and {changed.Count - 3} more" : "");
            throw new InvalidOperationException($"The kit is older than its sources ({names}). {Rebuild}, then restart the kernel and run the notebook again.");
        }

        string loaded = Path.GetDirectoryName(typeof(Kit).Assembly.Location) ?? "";
        if (loaded.Length > 0 && !SameFolder(loaded, kitFolder))
            throw new InvalidOperationException("This kernel already runs an older build of the kit, and one process cannot load both. Restart the kernel and run the notebook again.");
    }

    /// <summary>The source files, relative to the root and with forward slashes, that were changed, added or removed since the kit in <paramref name="kitFolder"/> was built.</summary>
    public static IReadOnlyList<string> ChangedSources(string kitFolder, string sourceRoot)
    {
        string list = Path.Combine(kitFolder, SourceList);
        if (!File.Exists(list) || !Directory.Exists(Path.Combine(sourceRoot, "src", "Ddpg"))) return [];
        Dictionary<string, string> built = File.ReadLines(list).Where(line => line.Length > 0).Select(line => line.Split(' ', 2)).ToDictionary(part => part[1], part => part[0]);
        IEnumerable<string> changed = built.Where(file => !HasHash(Path.Combine(sourceRoot, file.Key), file.Value)).Select(file => file.Key);
        return [.. changed.Concat(AddedSources(built, sourceRoot)).Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> AddedSources(Dictionary<string, string> built, string sourceRoot) =>
        built.Keys.Where(file => file.EndsWith(".cs", StringComparison.Ordinal))
            .Select(file => string.Join('/', file.Split('/').Take(2))).Distinct()
            .Select(project => Path.Combine(sourceRoot, project)).Where(Directory.Exists)
            .SelectMany(project => Directory.EnumerateFiles(project, "*.cs", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(sourceRoot, file).Replace('\\', '/'))
            .Where(file => !built.ContainsKey(file));

    private static bool HasHash(string file, string hash)
    {
        if (!File.Exists(file)) return false;
        using FileStream stream = File.OpenRead(file);
        return string.Equals(Convert.ToHexString(SHA256.HashData(stream)), hash, StringComparison.OrdinalIgnoreCase);
    }

    private static bool SameFolder(string a, string b) =>
        string.Equals(Path.TrimEndingDirectorySeparator(Path.GetFullPath(a)), Path.TrimEndingDirectorySeparator(Path.GetFullPath(b)),
            OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
}
