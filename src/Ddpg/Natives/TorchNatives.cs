using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using TorchSharp;

namespace Ddpg.Natives;

/// <summary>
/// Lets TorchSharp find its native libraries in the one folder that the build fills, <c>artifacts/native/</c>. Registered when this assembly is first used; the libraries are loaded
/// with the first tensor, or by <see cref="Load"/>. A program that touches TorchSharp before anything of Ddpg runs this assembly's initializer itself (<see cref="RuntimeHelpers.RunModuleConstructor"/>).
/// </summary>
public static class TorchNatives
{
    private const string Rebuild = "Build with: dotnet build -c Release src/Ddpg";

    private static readonly string? Location = Path.GetDirectoryName(typeof(TorchNatives).Assembly.Location);

    private static readonly Lazy<nint> Binding = new(LoadBinding);

    /// <summary>What the folder is called: packages, device, platform; <c>torchsharp-0.107.0-cpu-linux-x64</c>. The build sets all but the platform.</summary>
    public static string FolderName { get; } = typeof(TorchNatives).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(data => data.Key == nameof(TorchNatives)).Value! + "-" + Platform;

    /// <summary>The folder of the libraries: <c>native/</c> or <c>artifacts/native/</c> beside this assembly or above it. Null where there is none.</summary>
    public static string? Folder { get; } = FindFolder(Location, FolderName);

    private static string Platform =>
        (OperatingSystem.IsWindows() ? "win-" : OperatingSystem.IsMacOS() ? "osx-" : "linux-") + RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();

    /// <summary>Loads libtorch now, so that what is missing is said here and not by a type initializer of TorchSharp.</summary>
    /// <exception cref="DllNotFoundException">A library cannot be loaded; the message says which, and what it lacks.</exception>
    public static void Load() => _ = Binding.Value;

    /// <summary>The folder called <paramref name="name"/> in <c>native/</c> or <c>artifacts/native/</c> of <paramref name="start"/> or of the nearest folder above; null where there is none.</summary>
    internal static string? FindFolder(string? start, string name)
    {
        for (DirectoryInfo? above = start is { Length: > 0 } ? new(start) : null; above is not null; above = above.Parent)
            foreach (string holder in (string[])["native", "artifacts/native"])
            {
                string folder = Path.Combine(above.FullName, holder, name);
                if (Directory.Exists(folder)) return folder;
            }
        return null;
    }

    /// <summary>What the system's loader said, without .NET's advice around it.</summary>
    internal static string Reason(Exception failed)
    {
        string[] lines = failed.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return (lines.Length == 0 ? failed.GetType().Name : lines[^1]).TrimEnd('.');
    }

#pragma warning disable CA2255 // The first thing that a cell or a test does may be torch.tensor(...): nothing else would run before it.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Register()
    {
        // In a notebook, TorchSharp is not in the default context.
        AssemblyLoadContext context = AssemblyLoadContext.GetLoadContext(typeof(torch).Assembly) ?? AssemblyLoadContext.Default;
        context.ResolvingUnmanagedDll += Resolve;
    }

    // Asked for "torch_cpu" and "LibTorchSharp" by TorchSharp's initializer, and for "LibTorchSharp" by each of its functions.
    private static nint Resolve(Assembly assembly, string library)
    {
        if (assembly != typeof(torch).Assembly) return 0;
        nint binding = Binding.Value;
        if (library.Contains("LibTorchSharp", StringComparison.Ordinal)) return binding;
        return Folder is not null && File.Exists(PathOf(library)) ? NativeLibrary.Load(PathOf(library)) : 0;
    }

    private static nint LoadBinding()
    {
        if (Folder is null)
            throw new DllNotFoundException($"libtorch is not there: no folder native/{FolderName} in {Location} or above. {Rebuild}");
        string library = PathOf("LibTorchSharp");
        try
        {
            nint binding = LoadOrMend(library);
            SetThreads(binding);
            return binding;
        }
        catch (Exception failed) when (failed is DllNotFoundException or BadImageFormatException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            string hint = !File.Exists(library) ? $" {Rebuild}" : OperatingSystem.IsWindows() ? " Windows needs the Microsoft Visual C++ Redistributable (2015 to 2022)." : "";
            throw new DllNotFoundException($"libtorch cannot be loaded: {Reason(failed)}.{hint}", failed);
        }
    }

    private static nint LoadOrMend(string library)
    {
        try
        {
            return NativeLibrary.Load(library);
        }
        catch (DllNotFoundException failed) when (OperatingSystem.IsLinux() && failed.Message.Contains(LibTorchSharpMender.MissingVersion, StringComparison.Ordinal))
        {
            return LoadMended(library);
        }
    }

    private static nint LoadMended(string library)
    {
        string copy = Path.ChangeExtension(library, ".mended.so");
        try
        {
            if (!File.Exists(copy)) LibTorchSharpMender.Mend(library, copy);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            // The folder belongs to somebody else. Away from it, the copy does not find the libraries that it needs unless they are there already.
            string own = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "ddpg", FolderName);
            Directory.CreateDirectory(own);
            copy = Path.Combine(own, Path.GetFileName(copy));
            if (!File.Exists(copy)) LibTorchSharpMender.Mend(library, copy);
            foreach (string needed in (string[])["c10", "torch_cpu", "torch"]) NativeLibrary.Load(PathOf(needed));
        }
        return NativeLibrary.Load(copy);
    }

    /// <summary>libtorch's threads cost small networks more than they give, and on a busy machine a hundred times more: one, unless the caller asks.</summary>
    private static unsafe void SetThreads(nint binding)
    {
        if (Environment.GetEnvironmentVariable("OMP_NUM_THREADS") is { Length: > 0 }) return;
        // Not torch.set_num_threads: this may run within the initializer of torch.
        ((delegate* unmanaged<int, void>)NativeLibrary.GetExport(binding, "THSTorch_set_num_threads"))(1);
    }

    private static string PathOf(string library) =>
        Path.Combine(Folder!, OperatingSystem.IsWindows() ? library + ".dll" : OperatingSystem.IsMacOS() ? $"lib{library}.dylib" : $"lib{library}.so");
}
