using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using TorchSharp;

namespace Ddpg.Natives;

/// <summary>
/// Lets TorchSharp find its native libraries in the one folder that the build fills, <c>artifacts/native/</c>. Registered when this assembly is first used;
/// loaded with the first tensor, or by <see cref="Load"/>. A program that touches TorchSharp before anything of Ddpg runs this module's initializer itself (<see cref="RuntimeHelpers.RunModuleConstructor"/>).
/// </summary>
public static class TorchNatives
{
    private static readonly Lazy<nint> Binding = new(LoadBinding);

    /// <summary>The folder's name without the platform, set by the build: <c>torchsharp-0.107.0-cpu</c>.</summary>
    private static string Name => typeof(TorchNatives).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(data => data.Key == nameof(TorchNatives)).Value!;

    /// <summary>The folder of the libraries; null where there is none, as in a published program, whose libraries lie beside it and are found by .NET itself.</summary>
    public static string? Folder { get; } = FindFolder(Path.GetDirectoryName(typeof(TorchNatives).Assembly.Location));

    /// <summary>Loads libtorch now, so that what is missing is said here and not by a type initializer of TorchSharp.</summary>
    /// <exception cref="DllNotFoundException">A library cannot be loaded; the message says which and what it lacks.</exception>
    public static void Load() => _ = Binding.Value;

#pragma warning disable CA2255 // A library may not need one; without it every cell and test that starts with torch.tensor(...) would fail.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Register()
    {
        if (Folder is null) return;
        // In a notebook TorchSharp is not in the default context.
        (AssemblyLoadContext.GetLoadContext(typeof(torch).Assembly) ?? AssemblyLoadContext.Default).ResolvingUnmanagedDll += Resolve;
    }

    private static nint Resolve(Assembly assembly, string library)
    {
        if (assembly != typeof(torch).Assembly) return 0;
        nint binding = Binding.Value;
        if (library.Contains("LibTorchSharp", StringComparison.Ordinal)) return binding;
        return File.Exists(PathOf(library)) ? NativeLibrary.Load(PathOf(library)) : 0;
    }

    private static nint LoadBinding()
    {
        if (Folder is null)
            return NativeLibrary.Load("LibTorchSharp", typeof(torch).Assembly, null);
        string library = PathOf("LibTorchSharp");
        nint binding;
        try
        {
            binding = NativeLibrary.Load(library);
        }
        catch (DllNotFoundException failed) when (OperatingSystem.IsLinux() && failed.Message.Contains(LibTorchSharpMender.MissingVersion, StringComparison.Ordinal))
        {
            binding = LoadMended(library);
        }
        SetThreads(binding);
        return binding;
    }

    private static nint LoadMended(string library)
    {
        string copy = Path.ChangeExtension(library, ".mended.so");
        if (!File.Exists(copy)) LibTorchSharpMender.Mend(library, copy);
        return NativeLibrary.Load(copy);
    }

    /// <summary>libtorch's threads cost small networks more than they give, and on a busy machine a hundred times more: one, unless the caller asks.</summary>
    private static unsafe void SetThreads(nint binding)
    {
        if (Environment.GetEnvironmentVariable("OMP_NUM_THREADS") is { Length: > 0 }) return;
        // Not torch.set_num_threads: this may run within the initializer of torch.
        ((delegate* unmanaged<int, void>)NativeLibrary.GetExport(binding, "THSTorch_set_num_threads"))(1);
    }

    private static string PathOf(string library)
    {
        string file = OperatingSystem.IsWindows() ? library + ".dll" : OperatingSystem.IsMacOS() ? $"lib{library}.dylib" : $"lib{library}.so";
        return Path.Combine(Folder!, file);
    }

    private static string? FindFolder(string? start)
    {
        string system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
        string name = $"{Name}-{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
        for (DirectoryInfo? folder = start is { Length: > 0 } ? new(start) : null; folder is not null; folder = folder.Parent)
            foreach (string parent in (string[])["native", "artifacts/native"])
            {
                string candidate = Path.Combine(folder.FullName, parent, name);
                if (Directory.Exists(candidate)) return candidate;
            }
        return null;
    }
}
