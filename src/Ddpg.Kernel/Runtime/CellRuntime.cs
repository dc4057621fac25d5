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
    public static Exception Stopped(int session)
    {
        Volatile.Write(ref Seen.LastStops[session % StopFields], Environment.TickCount64);
        return new OperationCanceledException("The cell was interrupted.");
    }

    /// <summary>When code of a session's cells last saw that it is to stop (<see cref="Environment.TickCount64"/>); 0 if never.</summary>
    internal static long LastStop(int session) => Volatile.Read(ref Seen.LastStops[session % StopFields]);

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

    /// <summary>A class of its own: one with a static initialiser would be asked at each look whether that has run.</summary>
    private static class Seen
    {
        internal static readonly long[] LastStops = new long[StopFields];
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
        if (!StackRoom.IsThere()) throw StackRoom.TooDeep();
    }

    /// <summary><see cref="EnterFunction"/> for asynchronous functions, which may also not wait for each other without end: see <see cref="AsyncDepth"/>.</summary>
    /// <exception cref="InsufficientExecutionStackException">Too little stack is left for another call, or too many wait for each other.</exception>
    public static void EnterAsync()
    {
        EnterFunction();
        AsyncDepth.Enter();
    }

    /// <summary><see cref="EnterFunction"/> for functions that catch exceptions and throw them anew, or call what does (reflection).</summary>
    /// <exception cref="InsufficientExecutionStackException">Too little stack is left for another call.</exception>
    public static void EnterRethrowing()
    {
        if (!StackRoom.IsThereToRethrow()) throw StackRoom.TooDeep();
    }

    /// <summary><see cref="EnterFunction"/> as a condition, where there is no place for a statement.</summary>
    public static bool CanEnter() => StackRoom.IsThereToRethrow();

    /// <summary>What is thrown where <see cref="CanEnter"/> or the field says no.</summary>
    public static Exception StoppedOrTooDeep(bool isStopped, int session) => isStopped ? Stopped(session) : StackRoom.TooDeep();

    /// <summary>Stands in for <see cref="Environment.Exit"/> in cells.</summary>
    /// <exception cref="InvalidOperationException">Always.</exception>
    public static void Exit(int exitCode) => throw new InvalidOperationException(string.Create(System.Globalization.CultureInfo.InvariantCulture,
        $"Environment.Exit({exitCode}) would end the kernel and with it every variable of this notebook; the kernel goes on. To end a cell early, throw an exception; to end the kernel, use the front end."));

    /// <summary>Stands in for <see cref="Environment.FailFast(string)"/> in cells.</summary>
    /// <exception cref="InvalidOperationException">Always.</exception>
    public static void FailFast(string? message, Exception? exception = null) => throw new InvalidOperationException(
        $"Environment.FailFast(\"{message}\") would end the kernel and with it every variable of this notebook; the kernel goes on. To end a cell early, throw an exception.", exception);

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
