namespace Ddpg.Kernel.Execution;

/// <summary>
/// Notices that the process ends under a running cell: some code that the cell called has asked for it (the cell's own calls of <c>Environment.Exit</c> are made exceptions).
/// It cannot be held up, but somebody can be told why.
/// </summary>
internal sealed class ExitWatch : IDisposable
{
    internal const string Message = "This cell has ended the process: code that it called has called Environment.Exit.";

    private readonly CellSession _session;
    private readonly Action _ended;

    /// <param name="session">Whose cells.</param>
    /// <param name="ended">Called while the process ends; the exit code may still be set.</param>
    internal ExitWatch(CellSession session, Action ended)
    {
        (_session, _ended) = (session, ended);
        AppDomain.CurrentDomain.ProcessExit += OnExit;
    }

    public void Dispose() => AppDomain.CurrentDomain.ProcessExit -= OnExit;

    private void OnExit(object? sender, EventArgs arguments)
    {
        if (_session.IsRunning) _ended();
    }
}
