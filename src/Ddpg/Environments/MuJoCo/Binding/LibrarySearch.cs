using System.Runtime.InteropServices;

namespace Ddpg.Environments.MuJoCo.Binding;

/// <summary>Where a MuJoCo library may be on this machine, and what to say when it is nowhere.</summary>
internal static class LibrarySearch
{
    /// <summary>The environment variable that names the library's file, or a folder that holds it.</summary>
    public const string Variable = "DDPG_MUJOCO";

    /// <summary>The folders that are looked into, in this order; only the one of <see cref="Variable"/> where that is set.</summary>
    public static IReadOnlyList<string> Folders(string? chosen)
    {
        if (!string.IsNullOrWhiteSpace(chosen)) return [.. WithArchiveFolders(chosen)];
        string kit = Path.GetDirectoryName(typeof(LibrarySearch).Assembly.Location) is { Length: > 0 } folder ? folder : AppContext.BaseDirectory;
        List<string> folders = [.. WithArchiveFolders(kit)];
        if (Path.GetDirectoryName(kit) is string above) folders.Add(above);
        folders.AddRange(LoaderFolders());
        folders.AddRange(SystemFolders());
        return [.. folders.Where(path => path.Length > 0).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The library files there are, best first: in the order of the folders, and the newest name first within one.</summary>
    public static IEnumerable<string> Files(string? chosen)
    {
        if (chosen is not null && File.Exists(chosen)) return [chosen];
        return Folders(chosen).Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFiles(folder, Pattern).Order(StringComparer.Ordinal).Reverse());
    }

    /// <summary>What to do on this system to get the library.</summary>
    public static string Advice()
    {
        string package = OperatingSystem.IsLinux()
            ? "On Debian: sudo apt-get install libmujoco2.2.2 (apt-cache search libmujoco shows the name where it is a newer version). "
                + "Elsewhere: unpack a release of github.com/google-deepmind/mujoco (2.2 to 3.x)"
            : OperatingSystem.IsMacOS()
                ? "Copy libmujoco.*.dylib out of mujoco.framework of a release of github.com/google-deepmind/mujoco (2.2 to 3.x)"
                : "Unpack a release for Windows of github.com/google-deepmind/mujoco (2.2 to 3.x)";
        return $"{package}, and set {Variable} to its file or folder, or put the file beside the kit.";
    }

    private static string Pattern => OperatingSystem.IsWindows() ? "mujoco*.dll" : OperatingSystem.IsMacOS() ? "libmujoco*.dylib" : "libmujoco.so*";

    // A release's archive keeps the library in lib (Linux) or bin (Windows).
    private static IEnumerable<string> WithArchiveFolders(string folder) => [folder, Path.Combine(folder, "lib"), Path.Combine(folder, "bin")];

    private static IEnumerable<string> LoaderFolders()
    {
        string variable = OperatingSystem.IsWindows() ? "PATH" : OperatingSystem.IsMacOS() ? "DYLD_LIBRARY_PATH" : "LD_LIBRARY_PATH";
        return (Environment.GetEnvironmentVariable(variable) ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    private static IEnumerable<string> SystemFolders()
    {
        if (OperatingSystem.IsWindows()) return [];
        if (OperatingSystem.IsMacOS())
            return ["/usr/local/lib", "/opt/homebrew/lib", "/Applications/MuJoCo.app/Contents/Frameworks/mujoco.framework/Versions/Current"];
        string triplet = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "aarch64-linux-gnu" : "x86_64-linux-gnu";
        return ["/usr/local/lib", $"/usr/lib/{triplet}", "/usr/lib64", "/usr/lib"];
    }
}
