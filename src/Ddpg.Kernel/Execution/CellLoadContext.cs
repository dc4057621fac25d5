using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace Ddpg.Kernel.Execution;

/// <summary>Where a session's cells and libraries live: what <c>#r</c> named, what lies beside it, native libraries included; the rest comes from the runtime.</summary>
internal sealed class CellLoadContext(ReferenceResolver references) : AssemblyLoadContext("notebook")
{
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name is not { } name || Framework.Has(name) || name == typeof(CellLoadContext).Assembly.GetName().Name) return null;
        string? path = references.PathOf(name) ?? references.Folders.Select(folder => Path.Combine(folder, name + ".dll")).FirstOrDefault(File.Exists);
        return path is null ? null : LoadFromAssemblyPath(path);
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName)
    {
        string? path = references.Folders.SelectMany(folder => Candidates(folder, unmanagedDllName)).FirstOrDefault(File.Exists)
            ?? references.NativeFiles.FirstOrDefault(file => Candidates(Path.GetDirectoryName(file)!, unmanagedDllName).Contains(file));
        return path is null ? 0 : LoadUnmanagedDllFromPath(path);
    }

    private static IEnumerable<string> Candidates(string folder, string name)
    {
        string[] suffixes = OperatingSystem.IsWindows() ? ["", ".dll"] : OperatingSystem.IsMacOS() ? ["", ".dylib"] : ["", ".so"];
        return from place in (string[])[folder, Path.Combine(folder, "runtimes", RuntimeInformation.RuntimeIdentifier, "native")]
               from prefix in (string[])["", "lib"]
               from suffix in suffixes
               select Path.Combine(place, prefix + name + suffix);
    }
}
