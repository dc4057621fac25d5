using System.Globalization;

namespace Ddpg.Kernel.Execution;

/// <summary>
/// What a cell may change of the whole process, as it was before the cell: the current folder, the cultures of new threads, the exit code, the Console's streams.
/// Set back after it, because the cells that follow (in another order, after an exception in between) are to mean the same. The cultures of the cell's own thread begin anew with each cell anyway.
/// </summary>
internal sealed class ProcessState
{
    private readonly bool _isOwned;
    private readonly string? _folder;
    private readonly CultureInfo? _culture = CultureInfo.DefaultThreadCurrentCulture;
    private readonly CultureInfo? _uiCulture = CultureInfo.DefaultThreadCurrentUICulture;
    private readonly int _exitCode = Environment.ExitCode;

    /// <param name="isOwned">Whether this session may set all of it back: other sessions of the process may have cells running.</param>
    internal ProcessState(bool isOwned)
    {
        _isOwned = isOwned;
        if (isOwned) _folder = Folder();
    }

    internal void Restore()
    {
        ConsoleRouter.Restore();
        if (!_isOwned) return;
        CultureInfo.DefaultThreadCurrentCulture = _culture;
        CultureInfo.DefaultThreadCurrentUICulture = _uiCulture;
        Environment.ExitCode = _exitCode;
        if (_folder is null || Folder() == _folder) return;
        try
        {
            Directory.SetCurrentDirectory(_folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The cell has deleted or locked the folder it ran in: there is no way back.
            return;
        }
    }

    /// <summary>The current folder; null when it was deleted or renamed meanwhile.</summary>
    internal static string? Folder()
    {
        try
        {
            return Directory.GetCurrentDirectory();
        }
        catch (IOException)
        {
            return null;
        }
    }
}
