namespace Ddpg.Experiments;

/// <summary>Keeps a second process out of a folder. The operating system lets go of it when the process ends, however it ends.</summary>
internal sealed class FolderLock : IDisposable
{
    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    /// <summary>Takes the lock; waits a few seconds for a process that is just about to stop.</summary>
    /// <exception cref="IOException">Another process holds it.</exception>
    public static FolderLock Take(string folder, string what, string name = "lock", double seconds = 10)
    {
        Directory.CreateDirectory(folder);
        long deadline = Environment.TickCount64 + (long)(1000 * seconds);
        while (true)
        {
            try
            {
                return new FolderLock(new FileStream(Path.Combine(folder, name), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException exception) when (IsHeld(exception) && Environment.TickCount64 < deadline)
            {
                Thread.Sleep(100);
            }
            catch (IOException exception) when (IsHeld(exception))
            {
                throw new IOException($"Another process is at {what} in '{folder}' ({exception.Message})", exception);
            }
        }
    }

    public void Dispose() => _file.Dispose();

    // A read-only or full disk is an IOException too. Sharing violation on Windows; EWOULDBLOCK on Linux, on macOS.
    private static bool IsHeld(IOException exception) => (exception.HResult & 0xFFFF) is 32 or 11 or 35;
}
