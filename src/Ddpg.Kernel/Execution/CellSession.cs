using System.Diagnostics;
using System.Globalization;
using Ddpg.Kernel.Formatting;
using Ddpg.Kernel.Interactive;
using Ddpg.Kernel.Runtime;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.DotNet.Interactive.Formatting;

namespace Ddpg.Kernel.Execution;

/// <summary>
/// The C# session behind a notebook: runs cells one at a time, keeps their variables, and answers what an editor asks.
/// Every front end (Jupyter, headless <c>run</c>) drives this class and supplies an <see cref="ICellOutput"/>.
/// </summary>
/// <remarks>
/// <code>
/// using var session = new CellSession(new CellSessionOptions());
/// session.WarmUp();                                                   // optional, returns at once
/// CellResult result = await session.ExecuteAsync("1 + 1", output, interruptToken);
/// </code>
/// Interrupt = cancel the token given to <see cref="ExecuteAsync"/>. A failed or interrupted cell leaves the session usable.
/// The session routes Console.Out, Console.Error and Console.In of the process to the cell that writes or reads.
/// </remarks>
internal sealed class CellSession : IDisposable
{
    private const string InLibrary =
        "The cell is inside a library call that does not ask whether it is to stop; it ends when that call returns. Interrupt once more to stop it by force, which may end the kernel and lose every variable.\n";

    private static readonly SortedSet<int> Numbers = [];

    private readonly ScriptCompiler _compiler;
    private readonly Traceback _traceback = new();
    private readonly Lazy<InteractiveHost> _host;
    private readonly Lazy<CellEditor> _editor;
    private readonly PartRunner _parts;
    private readonly int _number = FreeNumber();
    private CellThread _thread;
    private object?[] _submissions = new object?[16];
    private int _cellCount;
    private string _lastFolder = AppContext.BaseDirectory;

    internal CellSession(CellSessionOptions options)
    {
        Options = options;
        _compiler = new ScriptCompiler(() => WorkingDirectory, _number);
        _thread = new CellThread(_number);
        _host = new Lazy<InteractiveHost>(() => new InteractiveHost(this));
        _editor = new Lazy<CellEditor>(() => new CellEditor(_compiler));
        _parts = new PartRunner(this, _traceback, _host);
        ConsoleRouter.Install();
    }

    internal CellSessionOptions Options { get; }

    /// <summary>The magics that a line may begin with, for completion: <c>#!time</c>, …</summary>
    internal static IReadOnlyList<string> Magics => MagicParser.Magics;

    /// <summary>The folder that relative paths of <c>#r</c>, <c>#load</c> and <c>#!import</c> start from.</summary>
    internal string WorkingDirectory => Options.WorkingDirectory ?? CurrentDirectory();

    /// <summary>What cells referenced.</summary>
    internal ReferenceResolver References => _compiler.References;

    /// <summary>The variables of all cells so far.</summary>
    internal IReadOnlyList<Variable> Variables => VariableTable.Of(_submissions.Skip(1));

    /// <summary>Compiles and runs a small cell in the background, and builds the kernels around the session, so that the reader's first cell does not pay for loading the compiler.</summary>
    internal void WarmUp()
    {
        // On threads of their own: the first cell's way through the kernels needs the pool, which begins with as many threads as there are processors.
        StartThread(() => _ = _host.Value);
        StartThread(() =>
        {
            var compiler = new ScriptCompiler(() => WorkingDirectory);
            compiler.Compile("Func<int, int> warm = x => x + 1; await Task.FromResult(Enumerable.Range(0, 3).Select(warm).Sum())", "", CancellationToken.None)
                .Start?.Invoke(new object?[2]);
        });

        static void StartThread(ThreadStart work) => new Thread(work) { IsBackground = true, Name = "warm-up" }.Start();
    }

    /// <summary>Runs a cell. Calls must not overlap: the front end queues them.</summary>
    internal async Task<CellResult> ExecuteAsync(string code, ICellOutput output, CancellationToken cancellation)
    {
        if (_thread.IsSpent)
        {
            _thread.Dispose();
            _thread = new CellThread(_number);
            ConsoleRouter.Renew();
        }

        _cellCount++;
        string path = string.Create(CultureInfo.InvariantCulture, $"cell[{_cellCount}]");
        _traceback.AddSource(path, Traceback.EarlierCell, code);
        ParsedCell parsed = MagicParser.Parse(code);
        if (parsed.Errors.Count > 0) return Failed(Traceback.OfMagics(parsed.Errors, code), output);
        var cell = new RunningCell(output, path, cancellation);
        RunningCell.Current = cell;
        long started = Stopwatch.GetTimestamp();
        var before = new ProcessState(Options.OwnsProcess);
        ConsoleRouter.LastCell = output;
        IsRunning = true;
        try
        {
            CellResult result = await _parts.RunAsync(parsed.Parts, cell).ConfigureAwait(false);
            if (result.Status == CellStatus.Ok && parsed.IsTimed) ShowTime(cell, Stopwatch.GetElapsedTime(started));
            return result;
        }
        catch (Exception exception)
        {
            return EndedBy(exception, cell, line: 0);
        }
        finally
        {
            IsRunning = false;
            before.Restore();
            cell.End();
        }
    }

    /// <summary>Runs a piece of C#, as <see cref="CellKernel"/> gets it: a cell, a part of one, an imported file, or what a cell submits itself.</summary>
    /// <param name="code">The C#.</param>
    /// <param name="show">Gets the trailing expression's value, on the thread that runs the code.</param>
    internal async Task<CellResult> SubmitAsync(string code, Action<object?> show)
    {
        RunningCell cell = RunningCell.Current!;
        if (cell.RunsCode) return Run(code, show, cell, isNested: true);
        CellResult result = await OnCellThread(() => Run(code, show, cell, isNested: false), cell).ConfigureAwait(false);
        cell.Result = result;
        return result;
    }

    /// <summary>Declares a variable with a value that another kernel or a magic command supplies.</summary>
    internal async Task<CellResult> SetVariableAsync(string name, object? value, Type? type)
    {
        string typeName = (type ?? value?.GetType() ?? typeof(object)).ToDisplayString(PlainTextFormatter.MimeType);
        CellResult declared = await SubmitAsync($"{typeName} {name} = default;", static _ => { }).ConfigureAwait(false);
        if (declared.Error is null) VariableTable.Set(_submissions.Skip(1), name, value);
        return declared;
    }

    /// <summary>Whether a cell runs.</summary>
    internal bool IsRunning { get; private set; }

    /// <summary>
    /// Stops the running cell's thread wherever it is: for a second interrupt, when the cell is in a library's loop that never comes back to it. Inside of a loop that calls
    /// nothing this is safe; elsewhere the runtime may end the process (<see cref="CellThread.Force"/>). Without a cell that was interrupted before it does nothing.
    /// </summary>
    internal void ForceStop() => _thread.Force();

    /// <summary>Answers the commands of an editor. Built when it is first asked: it loads much.</summary>
    internal CellEditor Editor => _editor.Value;

    /// <summary>Roslyn's own answer to is_complete: complete, incomplete (more lines are needed), or invalid.</summary>
    internal static CodeCompleteness GetCompleteness(string code)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(MagicParser.Blank(code), ScriptCompiler.ParseOptions);
        if (!SyntaxFactory.IsCompleteSubmission(tree)) return CodeCompleteness.Incomplete;
        bool isInvalid = tree.GetDiagnostics().Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        return isInvalid ? CodeCompleteness.Invalid : CodeCompleteness.Complete;
    }

    public void Dispose()
    {
        _thread.Dispose();
        if (_host.IsValueCreated) _host.Value.Dispose();
        if (_editor.IsValueCreated) _editor.Value.Dispose();
        lock (Numbers) Numbers.Remove(_number);
    }

    /// <summary>The lowest that no living session has: few numbers have a field of their own to stop by.</summary>
    private static int FreeNumber()
    {
        lock (Numbers)
        {
            int number = Enumerable.Range(0, int.MaxValue).First(candidate => !Numbers.Contains(candidate));
            Numbers.Add(number);
            return number;
        }
    }

    private async Task<CellResult> OnCellThread(Func<CellResult> work, RunningCell cell)
    {
        try
        {
            return await _thread.RunAsync(work, cell.MustStop, Options.InterruptGrace, () => cell.Output.WriteStandardError(InLibrary), cell.CancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException stuck)
        {
            return Interrupted(stuck.Message);
        }
    }

    private CellResult Run(string code, Action<object?> show, RunningCell cell, bool isNested)
    {
        try
        {
            CellError? error = RunCSharp(code, show, cell, isNested);
            return error is null ? CellResult.Success : Failed(error, cell.Output);
        }
        catch (Exception exception)
        {
            return EndedBy(exception, cell, CellRuntime.Line);
        }
    }

    private CellResult EndedBy(Exception exception, RunningCell cell, int line) => cell.CancellationToken.IsCancellationRequested && IsStop(exception)
        ? Interrupted("The cell was interrupted.")
        : new(CellStatus.Error, _traceback.OfException(exception, cell.Path, line));

    private CellError? RunCSharp(string code, Action<object?> show, RunningCell running, bool isNested)
    {
        string path = running.SourcePath;
        CompiledCell cell;
        try
        {
            cell = _compiler.Compile(code, path, running.CancellationToken);
        }
        catch (StaleAssemblyException stale)
        {
            return new("Error", stale.Message, [stale.Message], []);
        }

        if (cell.Failed) return CompileHints.With(_traceback.OfDiagnostics(cell.Diagnostics, path), code);
        foreach (Diagnostic warning in cell.Diagnostics)
            running.Output.WriteStandardError(_traceback.Text(warning) + "\n");
        if (cell.Start is null) return null;
        int slot = _compiler.LastSlot;
        if (_submissions.Length <= slot) Array.Resize(ref _submissions, _submissions.Length * 2);
        _submissions[slot] = null;
        try
        {
            if (isNested) Start();
            else _thread.RunCell(Start);
        }
        finally
        {
            running.RunsCode = isNested;
            // Stopped before it began: the cell left no object for later cells to read its variables from.
            if (_submissions[slot] is null) _compiler.ForgetLast();
        }

        return null;

        bool Start()
        {
            using var pump = new CellPump();
            running.RunsCode = true;
            object? value = pump.Run(() => cell.Start(_submissions));
            // A cell that is to stop and swallowed the exception shows nothing: the output throws. Upstream's events do not hand that on.
            _ = running.Output;
            if (cell.HasValue && value is not DisplayedValue) show(value);
            return true;
        }
    }

    /// <summary>The process's folder; when that was deleted or renamed meanwhile, where it was: the compiler asks for it with every cell, also with those that name no file.</summary>
    private string CurrentDirectory() => _lastFolder = ProcessState.Folder() ?? _lastFolder;

    private static void ShowTime(RunningCell cell, TimeSpan elapsed) =>
        cell.Output.Display(MimeBundle.Text(string.Create(CultureInfo.InvariantCulture, $"Wall time: {elapsed.TotalMilliseconds}ms")), Guid.NewGuid().ToString());

    internal static CellResult Failed(CellError error, ICellOutput output)
    {
        if (error.Diagnostics.Count > 0) output.WriteStandardError(string.Concat(error.Diagnostics.Select(line => line + "\n")));
        return new(CellStatus.Error, error);
    }

    private static CellResult Interrupted(string message) =>
        new(CellStatus.Interrupted, new CellError("Interrupted", message, [message], []));

    /// <summary>Also when code on the way has wrapped it: a sort wraps what its comparer throws, reflection what it calls.</summary>
    private static bool IsStop(Exception exception)
    {
        for (Exception? current = exception; current is not null; current = current.InnerException)
        {
            if (current is OperationCanceledException or ThreadInterruptedException) return true;
            if (current is AggregateException many) return many.InnerExceptions.All(IsStop);
        }

        return false;
    }
}

internal enum CodeCompleteness
{
    Complete,
    Incomplete,
    Invalid,
}
