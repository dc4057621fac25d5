using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime;
using Ddpg.Kernel.Runtime;

namespace Ddpg.Kernel.Execution;

/// <summary>
/// The thread that runs cells: one for the whole session unless a cell is stopped by force, so that thread-bound state (a tensor library's gradient mode) lasts from cell to cell,
/// with a stack deep enough for honest recursion. Stops a cell in stages: its token; an exception in its next loop turn, write, wait or sleep; the thread's code itself.
/// </summary>
internal sealed class CellThread : IDisposable
{
    /// <summary>How long a cell has to meet one of the places that end it before it is said to be in a library's hands.</summary>
    private const int PoliteMilliseconds = 1000;

    /// <summary>How long a cell that has met one has to end: an exception passes a hundred thousand calls a second or so.</summary>
    private const int LeavingMilliseconds = 5000;

    private static readonly TimeSpan GiveUp = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Insist = TimeSpan.FromMilliseconds(20);

    [ThreadStatic]
    private static bool _isCellThread;

    private readonly BlockingCollection<Action> _jobs = [];
    private readonly Thread _thread;
    private readonly int _session;
    private CancellationTokenSource _stop = new();
    private volatile bool _runsCell;
    private volatile bool _isStuck;
    private volatile Action? _giveUp;

    internal CellThread(int session)
    {
        _session = session;
        _thread = new Thread(Work, StackRoom.CellStack) { IsBackground = true, Name = "notebook cells" };
        _thread.Start();
    }

    /// <summary>Whether the calling thread runs cells.</summary>
    internal static bool IsCurrent => _isCellThread;

    /// <summary>
    /// Whether a cell was stopped by force; the session then goes on with a new thread. The runtime stops code on a thread once only
    /// (a second ControlledExecution on it is never ended), and a cell in native code may hold its thread for ever.
    /// </summary>
    internal bool IsSpent { get; private set; }

    /// <summary>
    /// Runs the kernel's work on this thread. After the token, the parts in <see cref="RunCell"/> get <paramref name="grace"/> to end by themselves; then
    /// <paramref name="mustStop"/> makes the cell's loops and writes throw. <paramref name="stuck"/> is called once when it has met none of its own for a while.
    /// </summary>
    /// <exception cref="TimeoutException">The cell could not be stopped by force; it keeps the thread.</exception>
    internal async Task<T> RunAsync<T>(Func<T> work, Action mustStop, TimeSpan grace, Action stuck, CancellationToken cancellation)
    {
        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _stop = new CancellationTokenSource();
        _giveUp = () => completion.TrySetException(new TimeoutException("The cell could not be stopped: its thread is held in native code. It goes on in the background; restart the kernel to end it."));
        // ExecutionContext flows by hand: the queue would otherwise run the job under the one in which this thread was started.
        ExecutionContext? context = ExecutionContext.Capture();
        _jobs.Add(() => ExecutionContext.Run(context!, _ => Complete(work, completion), null), CancellationToken.None);
        // On a thread of its own: a cell may keep every thread of the pool.
        using CancellationTokenRegistration registration = cancellation.Register(() => StartThread(() => Stop(Outcome(completion.Task), mustStop, grace, stuck)));
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

    /// <summary>
    /// Stops the code on this thread wherever it is. The runtime does that well where the code can be stopped at any instruction (a loop that calls nothing) or waits; a thread that
    /// is just returning from a call takes the whole process with it (on Linux, in the runtime's OnHijackTripThread, which cannot pass an exception on). So: only when asked twice.
    /// </summary>
    internal void Force()
    {
        // Not before the gentle ways have failed: a reader who presses the button twice means one interrupt.
        if (!_runsCell || !_isStuck || _giveUp is not { } giveUp) return;
        IsSpent = true;
        CancellationTokenSource stop = _stop;
        StartThread(stop.Cancel);
        StartThread(() =>
        {
            Thread.Sleep(GiveUp);
            giveUp();
        });
    }

    public void Dispose() => _jobs.CompleteAdding();

    private void Work()
    {
        _isCellThread = true;
        StackRoom.BeginCells();
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

    private void Stop(Task completed, Action mustStop, TimeSpan grace, Action stuck)
    {
        if (completed.Wait(grace)) return;
        mustStop();
        CellRuntime.SetStop(_session, true);
        try
        {
            long started = Environment.TickCount64;
            for (bool isSaid = false; !completed.IsCompleted;)
            {
                if (_runsCell && (_thread.ThreadState & ThreadState.WaitSleepJoin) != 0) _thread.Interrupt();
                if (completed.Wait(Insist)) continue;
                // A cell whose own code has seen the stop is on its way out: force could only end the kernel.
                (long now, long lastSeen) = (Environment.TickCount64, CellRuntime.LastStop(_session));
                _isStuck = lastSeen >= started ? now - lastSeen > LeavingMilliseconds : now - started > PoliteMilliseconds;
                if (!_isStuck || isSaid) continue;
                isSaid = true;
                stuck();
            }
        }
        finally
        {
            _isStuck = false;
            CellRuntime.SetStop(_session, false);
        }
    }

    private static Task Outcome(Task task) => task.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    private static void StartThread(ThreadStart action) => new Thread(action) { IsBackground = true, Name = "interrupt" }.Start();

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
