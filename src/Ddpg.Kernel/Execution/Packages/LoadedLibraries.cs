using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Ddpg.Kernel.Execution.Packages;

/// <summary>The assemblies that a session's cells use already: from <c>#r</c>, the kit's included, the kernel's own, and the runtime's. A process holds each of them once.</summary>
internal sealed class LoadedLibraries(ReferenceResolver references)
{
    private static readonly string Runtime = RuntimeEnvironment.GetRuntimeDirectory();

    /// <summary>Whether what the cell asks for is there in this version, so that there is nothing to do.</summary>
    /// <exception cref="PackageException">It is there in another version.</exception>
    internal bool Has(PackageDirective package)
    {
        // A package's natives come as packages of their own, with its versions: TorchSharp-cpu.
        string[] names = [package.Name, package.Name.Split('-')[0]];
        (string name, string? path) = names.Select(name => (name, PathOf(name))).FirstOrDefault(known => known.Item2 is not null);
        // The runtime's own are newer than most packages of the same name: what the restore says decides.
        if (path is null || IsRuntimes(path)) return false;
        string version = VersionOf(path);
        if (package.Version is not { } asked || PackageVersion.Fits(asked, version)) return true;
        Guid build = ReferenceResolver.BuildOf(path);
        if (NuGetCache.Assemblies(name, asked).Any(file => ReferenceResolver.BuildOf(file) == build)) return true;
        throw Refused(package.Name, asked, name, version, "");
    }

    /// <summary>
    /// What of the restored packages is to be loaded: not what is there in the same build or, for what a package needs, in a newer one. A package whose assemblies are all
    /// there gives no native libraries either: they have theirs, and a second copy would not know what the first one holds.
    /// </summary>
    /// <exception cref="PackageException">A package needs a newer build of what is loaded, or was asked for by name in another.</exception>
    internal IReadOnlyList<RestoredPackage> Missing(IReadOnlyList<RestoredPackage> restored, IReadOnlyList<PackageDirective> asked) => [.. restored.Select(package =>
    {
        string[] missing = [.. package.Assemblies.Where(file => !IsThere(file, package, asked))];
        return package with { Assemblies = missing, Natives = missing.Length > 0 || package.Assemblies.Count == 0 ? package.Natives : [] };
    })];

    private bool IsThere(string file, RestoredPackage package, IReadOnlyList<PackageDirective> asked)
    {
        string name = Path.GetFileNameWithoutExtension(file);
        if (PathOf(name) is not { } path) return false;
        bool isAsked = asked.Any(directive => string.Equals(directive.Name, package.Name, StringComparison.OrdinalIgnoreCase));
        if (CanStandFor(path, file, mustBeSame: isAsked && !IsRuntimes(path))) return true;
        throw Refused(package.Name, package.Version, name, VersionOf(path), isAsked ? "" : $" ({string.Join(", ", asked.Select(directive => directive.Name))} needs it)");
    }

    private static bool CanStandFor(string loaded, string file, bool mustBeSame) => ReferenceResolver.BuildOf(loaded) == ReferenceResolver.BuildOf(file)
        || (!mustBeSame && AssemblyName.GetAssemblyName(loaded).Version >= AssemblyName.GetAssemblyName(file).Version);

    private static PackageException Refused(string package, string asked, string name, string loaded, string why) => new(
        $"{package}, version {asked}{why}: not installed. {name} is loaded already in version {loaded}, and a process holds one version of an assembly only. "
        + $"Take the line out to use version {loaded}; for another one restart the kernel and load it before anything that brings {name} along.");

    private string? PathOf(string name)
    {
        if (references.PathOf(name) is { } named) return named;
        return Framework.Has(name) ? new[] { AppContext.BaseDirectory, Runtime }.Select(folder => Path.Combine(folder, name + ".dll")).FirstOrDefault(File.Exists) : null;
    }

    private static bool IsRuntimes(string path) => string.Equals(Path.GetDirectoryName(path), Path.TrimEndingDirectorySeparator(Runtime), StringComparison.OrdinalIgnoreCase);

    /// <summary>As its package's version reads, without the commit that it was built from.</summary>
    private static string VersionOf(string path) => FileVersionInfo.GetVersionInfo(path).ProductVersion?.Split('+')[0] is { Length: > 0 } product
        ? product
        : AssemblyName.GetAssemblyName(path).Version?.ToString() ?? "unknown";
}
