namespace Ddpg.Kernel.Jupyter.KernelSpec;

/// <summary>Where front ends look for kernelspecs (jupyter-core's data folders).</summary>
internal static class JupyterPaths
{
    /// <summary>The kernels folder of this user.</summary>
    public static string User()
    {
        if (Environment.GetEnvironmentVariable("JUPYTER_DATA_DIR") is { Length: > 0 } data) return Path.Combine(data, "kernels");
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (OperatingSystem.IsWindows()) return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "jupyter", "kernels");
        if (OperatingSystem.IsMacOS()) return Path.Combine(home, "Library", "Jupyter", "kernels");
        string share = Environment.GetEnvironmentVariable("XDG_DATA_HOME") is { Length: > 0 } xdg ? xdg : Path.Combine(home, ".local", "share");
        return Path.Combine(share, "jupyter", "kernels");
    }

    /// <summary>The kernels folder below a prefix, as Python environments have it.</summary>
    public static string Below(string prefix) => Path.Combine(Path.GetFullPath(prefix), "share", "jupyter", "kernels");
}
