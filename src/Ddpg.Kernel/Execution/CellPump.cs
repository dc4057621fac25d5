using System.Collections.Concurrent;

namespace Ddpg.Kernel.Execution;

/// <summary>
/// Runs one cell's asynchronous code on one thread: what follows a top-level <c>await</c> comes back here. Deliberately not a
/// SynchronizationContext, under which <c>SomethingAsync().Result</c> in a cell would wait for itself for ever.
/// </summary>
internal sealed class CellPump : IDisposable
{
    [ThreadStatic]
    private static CellPump? _current;

    private readonly BlockingCollection<Action> _continuations = [];

    internal static void Post(Task task, Action continuation)
    {
        CellPump? pump = _current;
        task.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(pump is null ? continuation : () => pump.Enqueue(continuation));
    }

    /// <summary>Starts the cell and stays until its task has ended; returns the task's value.</summary>
    internal object? Run(Func<Task<object>> start)
    {
        _current = this;
        try
        {
            Task<object> task = start();
            if (!task.IsCompleted) task.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(() => Enqueue(static () => { }));
            while (!task.IsCompleted)
                _continuations.Take()();
            return task.GetAwaiter().GetResult();
        }
        finally
        {
            _current = null;
        }
    }

    public void Dispose() => _continuations.CompleteAdding();

    private void Enqueue(Action continuation)
    {
        // A stopped cell's task may end later; what would follow it is dropped.
        try
        {
            _continuations.TryAdd(continuation);
        }
        catch (InvalidOperationException) when (_continuations.IsAddingCompleted)
        {
            return;
        }
    }
}
