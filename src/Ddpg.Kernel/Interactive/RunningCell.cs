using Ddpg.Kernel.Execution;

namespace Ddpg.Kernel.Interactive;

/// <summary>The cell that is running and where its output goes, seen from code that it calls and from tasks that it starts, which may outlive it.</summary>
/// <param name="output">The cell's output.</param>
/// <param name="path">How tracebacks know the cell.</param>
/// <param name="interrupt">Cancelled when the reader interrupts the cell.</param>
internal sealed class RunningCell(ICellOutput output, string path, CancellationToken interrupt)
{
    private static readonly AsyncLocal<RunningCell?> Ambient = new();
    private volatile bool _mustStop;

    /// <summary>The running cell; null outside one.</summary>
    internal static RunningCell? Current
    {
        get => Ambient.Value;
        set => Ambient.Value = value;
    }

    /// <summary>How tracebacks know the cell.</summary>
    internal string Path { get; } = path;

    /// <summary>Where the code that is being compiled stands: the cell, or a file that it imports.</summary>
    internal string SourcePath { get; set; } = path;

    internal CancellationToken CancellationToken { get; } = interrupt;

    /// <summary>Whether the reader's code runs now: what it submits itself runs beside it, not after it on its thread.</summary>
    internal bool RunsCode { get; set; }

    /// <summary>How the last piece of C# ended; null when it did not get as far as to the C# kernel.</summary>
    internal CellResult? Result { get; set; }

    /// <summary>The output. A cell that is to stop does not get there: thrown out before the output's lock is taken, not stopped by force while it holds it.</summary>
    internal ICellOutput Output
    {
        get
        {
            if (CellThread.IsCurrent && _mustStop) throw new OperationCanceledException("The cell was interrupted.", CancellationToken);
            return output;
        }
    }

    /// <summary>The cell had its time to end by itself after its token; from now on its loops and writes end it.</summary>
    internal void MustStop() => _mustStop = true;

    /// <summary>The cell is over. What it left behind (a live display) belongs to the cells after it.</summary>
    internal void End() => _mustStop = false;
}
