using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime;

namespace Ddpg.Kernel.Execution;

/// <summary>
/// The thread that runs cells: one for the whole session unless a cell is stopped by force, so that thread-bound state (a tensor library's gradient mode) lasts from cell to cell,
/// with a stack deep enough for honest recursion. Stops a cell in stages: its token; the end of a wait or sleep; the thread's code itself.
/// </summary>
internal sealed class CellThread : IDisposable
{
    private const int StackBytes = 16 << 20;
    private static readonly TimeSpan Insist = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan GiveUp = TimeSpan.FromSeconds(5);

    private readonly BlockingCollection<Action> _jobs = [];
    private readonly Thread _thread;
    private CancellationTokenSource _stop = new();
    private volatile bool _runsCell;

    internal CellThread()
    {
        _thread = new Thread(Work, StackBytes) { IsBackground = true, Name = "notebook cells" };
        _thread.Start();
    }

    /// <summary>
    /// Whether a cell was stopped by force; the session then goes on with a new thread. The runtime stops code on a thread once only
    /// (a second ControlledExecution on it is never ended), and a cell in native code may hold its thread for ever.
    /// </summary>
    internal bool IsSpent { get; private set; }

    /// <summary>Runs the kernel's work on this thread. After the token, the parts in <see cref="RunCell"/> get <paramref name="grace"/> to end by themselves, then are stopped.</summary>
    /// <exception cref="TimeoutException">The cell could not be stopped; it keeps the thread.</exception>
    internal async Task<T> RunAsync<T>(Func<T> work, TimeSpan grace, CancellationToken cancellation)
    {
        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var stop = new CancellationTokenSource();
        _stop = stop;
        // ExecutionContext flows by hand: the queue would otherwise run the job under the one in which this thread was started.
        ExecutionContext? context = ExecutionContext.Capture();
        _jobs.Add(() => ExecutionContext.Run(context!, _ => Complete(work, completion), null), CancellationToken.None);
        using CancellationTokenRegistration registration = cancellation.Register(() => _ = StopAsync(completion, stop, grace));
        return await completion.Task.ConfigureAwait(false);
    }

    /// <summary>Runs the reader's code, which may be stopped at any point. Only on this thread, inside <see cref="RunAsync"/>.</summary>
    /// <exception cref="OperationCanceledException">The code was stopped.</exception>
    internal T RunCell<T>(Func<T> code)
    {
        T result = default!;
        System.Runtime.ExceptionServices.ExceptionDispatchInfo? failure = null;
        _runsCell = true;
        try
        {
#pragma warning disable SYSLIB0046 // stopping code at any point is what an interactive shell's interrupt is; this API exists for exactly that
            ControlledExecution.Run(Body, _stop.Token);
#pragma warning restore SYSLIB0046
        }
        finally
        {
            _runsCell = false;
        }

        failure?.Throw();
        return result;

        void Body()
        {
            try
            {
                result = code();
            }
            catch (Exception exception) when (exception is not ThreadAbortException)
            {
                failure = System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(exception);
            }
        }
    }

    public void Dispose() => _jobs.CompleteAdding();

    private void Work()
    {
        foreach (Action job in _jobs.GetConsumingEnumerable())
        {
            job();
            ForgetInterrupt();
        }

        _jobs.Dispose();
    }

    private static void Complete<T>(Func<T> work, TaskCompletionSource<T> completion)
    {
        // Here, because a culture travels with the execution context; every task that the cell starts inherits this one.
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
        try
        {
            completion.TrySetResult(work());
        }
        catch (Exception exception)
        {
            completion.TrySetException(exception);
        }
    }

    private async Task StopAsync<T>(TaskCompletionSource<T> completion, CancellationTokenSource stop, TimeSpan grace)
    {
        Task completed = completion.Task;
        if (await Task.WhenAny(completed, Task.Delay(grace)).ConfigureAwait(false) == completed) return;
        long deadline = Environment.TickCount64 + (long)GiveUp.TotalMilliseconds;
        IsSpent = true;
        Task stopping = Task.Run(stop.Cancel);
        while (!completed.IsCompleted && Environment.TickCount64 < deadline)
        {
            // The stop does not reach a thread that sleeps or waits; it takes effect when the wait ends.
            if (_runsCell && (_thread.ThreadState & ThreadState.WaitSleepJoin) != 0) _thread.Interrupt();
            await Task.WhenAny(completed, Task.Delay(Insist)).ConfigureAwait(false);
        }

        if (completed.IsCompleted)
        {
            await stopping.ConfigureAwait(false);
            return;
        }

        completion.TrySetException(new TimeoutException("The cell could not be stopped: its thread is held in native code. It goes on in the background; restart the kernel to end it."));
    }

    private static void ForgetInterrupt()
    {
        try
        {
            Thread.Sleep(0);
        }
        catch (ThreadInterruptedException)
        {
            // An interrupt that came just as the cell ended; the next cell must not see it.
            return;
        }
    }
}
