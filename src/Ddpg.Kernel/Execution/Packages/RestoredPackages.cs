using System.Text.Json.Nodes;

namespace Ddpg.Kernel.Execution.Packages;

/// <param name="Name">The package.</param>
/// <param name="Version">Its version.</param>
/// <param name="Assemblies">Full paths of what it loads on this platform.</param>
/// <param name="Natives">Full paths of its native libraries for this platform.</param>
internal sealed record RestoredPackage(string Name, string Version, IReadOnlyList<string> Assemblies, IReadOnlyList<string> Natives);

/// <summary>Reads what a restore has written: <c>project.assets.json</c>.</summary>
internal static class RestoredPackages
{
    internal static IReadOnlyList<RestoredPackage> Read(string assetsFile)
    {
        JsonNode assets = JsonNode.Parse(File.ReadAllText(assetsFile))!;
        string[] folders = [.. assets["packageFolders"]!.AsObject().Select(folder => folder.Key)];
        // Two targets: the framework's, and that of this platform, "net10.0/linux-x64", where the runtimes/… folders are chosen already.
        JsonObject target = assets["targets"]!.AsObject().Single(target => target.Key.Contains('/', StringComparison.Ordinal)).Value!.AsObject();
        return [.. target.Where(library => (string?)library.Value!["type"] == "package").Select(library => Read(library.Key, library.Value!, FolderOf(library.Key, assets, folders)))];
    }

    private static RestoredPackage Read(string key, JsonNode library, string folder)
    {
        string[] parts = key.Split('/');
        return new(parts[0], parts[1], [.. Files("runtime").Where(IsAssembly)], [.. Files("native")]);

        IEnumerable<string> Files(string kind) => (library[kind]?.AsObject() ?? []).Select(file => file.Key).Where(file => Path.GetFileName(file) != "_._")
            .Select(file => Path.GetFullPath(Path.Combine(folder, file)));
    }

    private static string FolderOf(string key, JsonNode assets, string[] folders)
    {
        string relative = (string)assets["libraries"]![key]!["path"]!;
        return folders.Select(folder => Path.Combine(folder, relative)).FirstOrDefault(Directory.Exists)
            ?? throw new PackageException($"The package {key.Replace("/", ", version ", StringComparison.Ordinal)} is not where NuGet said: {relative} in {string.Join(", ", folders)}. Run the cell again.");
    }

    private static bool IsAssembly(string file) => file.EndsWith(".dll", StringComparison.OrdinalIgnoreCase);
}
