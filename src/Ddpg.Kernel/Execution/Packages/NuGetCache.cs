namespace Ddpg.Kernel.Execution.Packages;

/// <summary>NuGet's folder of unpacked packages.</summary>
internal static class NuGetCache
{
    private static string Root => Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } set
        ? set
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    /// <summary>The versions of a package that are there.</summary>
    internal static IReadOnlyList<string> VersionsOf(string package)
    {
        string folder = Path.Combine(Root, package.ToLowerInvariant());
        return Directory.Exists(folder) ? [.. Directory.EnumerateDirectories(folder).Select(version => Path.GetFileName(version)).Order(StringComparer.Ordinal)] : [];
    }

    /// <summary>All builds of a package's own assembly in one version: one for each framework it supports.</summary>
    internal static IEnumerable<string> Assemblies(string package, string version)
    {
        string folder = Path.Combine(Root, package.ToLowerInvariant(), version.ToLowerInvariant());
        return Directory.Exists(folder) ? Directory.EnumerateFiles(folder, package + ".dll", SearchOption.AllDirectories) : [];
    }
}
