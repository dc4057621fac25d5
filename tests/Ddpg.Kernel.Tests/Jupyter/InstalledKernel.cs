using System.Diagnostics;

namespace Ddpg.Kernel.Tests.Jupyter;

/// <summary>The built kernel, installed by its own verb into a folder of its own whose name has a space and letters beyond ASCII.</summary>
public sealed class InstalledKernel : IDisposable
{
    public const string Name = ".net-csharp";

    public InstalledKernel()
    {
        Prefix = Path.Combine(Path.GetTempPath(), $"ddpg kernel tëst {Guid.NewGuid():N}");
        (int exit, string output) = Run("install", "--prefix", Prefix);
        if (exit != 0) throw new InvalidOperationException($"install failed: {output}");
    }

    public string Prefix { get; }

    public string Share => Path.Combine(Prefix, "share", "jupyter");

    /// <summary>What a front end needs in its environment to find this kernel, and only what it needs.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["JUPYTER_PATH"] = Share,
        ["JUPYTER_RUNTIME_DIR"] = Path.Combine(Prefix, "runtime"),
        ["IPYTHONDIR"] = Path.Combine(Prefix, "ipython"),
    };

    /// <summary>The built kernel: what <c>dotnet run --project src/Ddpg.Kernel</c> starts.</summary>
    public static string Executable
    {
        get
        {
            DirectoryInfo own = new(AppContext.BaseDirectory);
            string file = Path.Combine(own.Parent!.Parent!.FullName, "Ddpg.Kernel", own.Name, OperatingSystem.IsWindows() ? "ddpg-kernel.exe" : "ddpg-kernel");
            return File.Exists(file) ? file : throw new FileNotFoundException($"The kernel is not built: '{file}'. Run dotnet build -c Release src/Ddpg.Kernel.");
        }
    }

    /// <summary>Runs the kernel's program to its end; returns its exit code and all it wrote.</summary>
    public static (int Exit, string Output) Run(params string[] arguments) => Run(arguments, null);

    public static (int Exit, string Output) Run(string[] arguments, IReadOnlyDictionary<string, string>? environment, TimeSpan? limit = null, string? folder = null)
    {
        // Never the test process's own folder, which a test beside this one may change and delete.
        ProcessStartInfo start = new(Executable, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder ?? AppContext.BaseDirectory };
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(limit ?? TimeSpan.FromMinutes(3))) process.Kill(entireProcessTree: true);
        process.WaitForExit();
        return (process.ExitCode, output.GetAwaiter().GetResult() + error.GetAwaiter().GetResult());
    }

    public void Dispose()
    {
        if (Directory.Exists(Prefix)) Directory.Delete(Prefix, recursive: true);
    }
}
