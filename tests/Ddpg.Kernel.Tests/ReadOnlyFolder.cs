using System.Diagnostics;

namespace Ddpg.Kernel.Tests;

/// <summary>Makes a folder read-only while it lives: by its mode, and where that binds nobody (root), by a read-only mount of the folder onto itself.</summary>
internal sealed class ReadOnlyFolder : IDisposable
{
    private readonly string _path;
    private readonly bool _isMounted;

    internal ReadOnlyFolder(string path)
    {
        _path = path;
        if (OperatingSystem.IsWindows())
        {
            Missing = "Windows has no read-only folders: the attribute binds the files in them only";
            return;
        }

        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        if (!CanWrite()) return;
        _isMounted = Run("mount", "--bind", path, path) && Run("mount", "-o", "remount,bind,ro", path);
        if (!_isMounted || CanWrite()) Missing = "this user may write everywhere (root) and may not mount a folder read-only";
    }

    /// <summary>Why the folder is not read-only; null when it is.</summary>
    internal string? Missing { get; }

    public void Dispose()
    {
        if (_isMounted) Run("umount", _path);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(_path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private bool CanWrite()
    {
        try
        {
            string probe = Path.Combine(_path, ".probe");
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
