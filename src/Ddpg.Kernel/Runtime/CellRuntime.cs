using System.ComponentModel;
using System.Runtime.CompilerServices;
using Ddpg.Kernel.Execution;

namespace Ddpg.Kernel.Runtime;

/// <summary>What <c>CellRewriter</c> makes a cell call. Public because compiled cells are other assemblies; not for use by hand.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class CellRuntime
{
    private const int StopFields = 4;

    [ThreadStatic]
    private static int _line;

    /// <summary>Whether a session's cells are to stop: every loop of a cell looks at its session's field in every turn. Fields of their own, not an array, because the look must cost no more than a compare.</summary>
    public static volatile bool Stop0, Stop1, Stop2, Stop3;

    /// <summary>What a loop throws that has seen its field. Made here and thrown there: a call that returned would make the loop keep its sums in memory instead of registers.</summary>
    public static Exception Stopped() => new OperationCanceledException("The cell was interrupted.");

    /// <summary>The field of a session, by its number. A process has one session unless it is a test's.</summary>
    internal static void SetStop(int session, bool value)
    {
        switch (session % StopFields)
        {
            case 0: Stop0 = value; break;
            case 1: Stop1 = value; break;
            case 2: Stop2 = value; break;
            default: Stop3 = value; break;
        }
    }

    /// <summary>The name of the field of a session, for its cells.</summary>
    internal static string StopField(int session) => $"Stop{session % StopFields}";

    /// <summary>Notes the line of the top-level statement that comes next. The runtime itself loses the line of some exceptions in optimised code (an index out of range).</summary>
    public static void At(int line) => _line = line;

    /// <summary>The last line noted on this thread; 0 if none.</summary>
    internal static int Line => _line;

    /// <summary>Stops a recursion without end while it still can be stopped: a stack overflow would end the process and every variable with it.</summary>
    /// <exception cref="InsufficientExecutionStackException">Too little stack is left for another call.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void EnterFunction()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack()) ThrowTooDeep();
    }

    /// <summary><see cref="EnterFunction"/> for a lambda with an expression for a body: checks, and hands its argument back.</summary>
    public static T EnterFunction<T>(T callee)
    {
        EnterFunction();
        return callee;
    }

    /// <summary>Awaits so that the rest of the cell runs on the cell's own thread again, where an interrupt reaches it.</summary>
    public static CellAwaitable OnCellThread(Task task) => new(task);

    /// <inheritdoc cref="OnCellThread(Task)"/>
    public static CellAwaitable<T> OnCellThread<T>(Task<T> task) => new(task);

    /// <inheritdoc cref="OnCellThread(Task)"/>
    public static CellAwaitable OnCellThread(ValueTask task) => new(task.AsTask());

    /// <inheritdoc cref="OnCellThread(Task)"/>
    public static CellAwaitable<T> OnCellThread<T>(ValueTask<T> task) => new(task.AsTask());

    /// <summary>Anything else that can be awaited, as it is.</summary>
    public static TAwaitable OnCellThread<TAwaitable>(TAwaitable awaitable) => awaitable;

    private static void ThrowTooDeep() => throw new InsufficientExecutionStackException(
        "The functions of this cell have called each other so deeply that the stack is nearly used up: a recursion without an end? Give it a case that returns without another call, or use a loop.");
}

/// <summary>A task to be awaited on the cell's thread.</summary>
/// <param name="task">The task.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct CellAwaitable(Task task) : ICriticalNotifyCompletion
{
    /// <summary>The awaiter pattern.</summary>
    public bool IsCompleted => task.IsCompleted;

    /// <summary>The awaiter pattern.</summary>
    public CellAwaitable GetAwaiter() => this;

    /// <summary>The awaiter pattern.</summary>
    public void GetResult() => task.GetAwaiter().GetResult();

    /// <inheritdoc/>
    public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

    /// <inheritdoc/>
    public void UnsafeOnCompleted(Action continuation) => CellPump.Post(task, continuation);
}

/// <summary>A task with a result to be awaited on the cell's thread.</summary>
/// <param name="task">The task.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct CellAwaitable<T>(Task<T> task) : ICriticalNotifyCompletion
{
    /// <summary>The awaiter pattern.</summary>
    public bool IsCompleted => task.IsCompleted;

    /// <summary>The awaiter pattern.</summary>
    public CellAwaitable<T> GetAwaiter() => this;

    /// <summary>The awaiter pattern.</summary>
    public T GetResult() => task.GetAwaiter().GetResult();

    /// <inheritdoc/>
    public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

    /// <inheritdoc/>
    public void UnsafeOnCompleted(Action continuation) => CellPump.Post(task, continuation);
}
