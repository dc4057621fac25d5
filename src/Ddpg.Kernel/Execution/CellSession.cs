using System.Diagnostics;
using System.Globalization;
using Ddpg.Kernel.Formatting;
using Ddpg.Kernel.Runtime;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.DotNet.Interactive;

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
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
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
        ConsoleRouter.Install();
    }

    internal CellSessionOptions Options { get; }

    internal FormatterRegistry Formatters { get; } = new();

    /// <summary>The magics that a line may begin with, for completion: <c>#!time</c>, …</summary>
    internal static IReadOnlyList<string> Magics => MagicParser.Magics;

    /// <summary>The folder that relative paths of <c>#r</c>, <c>#load</c> and <c>#!import</c> start from.</summary>
    internal string WorkingDirectory => Options.WorkingDirectory ?? CurrentDirectory();

    /// <summary>The variables of all cells so far.</summary>
    internal IReadOnlyList<Variable> Variables => VariableTable.Of(_submissions.Skip(1));

    /// <summary>Compiles and runs a small cell in the background, so that the reader's first one does not pay for loading the compiler.</summary>
    internal void WarmUp() => Task.Run(() =>
    {
        var compiler = new ScriptCompiler(() => WorkingDirectory);
        compiler.Compile("Func<int, int> warm = x => x + 1; await Task.FromResult(Enumerable.Range(0, 3).Select(warm).Sum())", "", CancellationToken.None)
            .Start?.Invoke(new object?[2]);
    });

    /// <summary>Runs a cell. Calls must not overlap: the front end queues them.</summary>
    internal async Task<CellResult> ExecuteAsync(string code, ICellOutput output, CancellationToken cancellation)
    {
        var context = new KernelInvocationContext(output, Formatters, cancellation);
        KernelInvocationContext.Current = context;
        if (_thread.IsSpent)
        {
            _thread.Dispose();
            _thread = new CellThread(_number);
            ConsoleRouter.Renew();
        }

        _cellCount++;
        var before = new ProcessState(Options.OwnsProcess);
        ConsoleRouter.LastCell = output;
        IsRunning = true;
        try
        {
            return await _thread.RunAsync(() => Run(code, output, cancellation), context.MustStop, Options.InterruptGrace, () => output.WriteStandardError(InLibrary), cancellation).ConfigureAwait(false);
        }
        catch (TimeoutException stuck)
        {
            return Interrupted(stuck.Message);
        }
        finally
        {
            IsRunning = false;
            before.Restore();
            context.End();
        }
    }

    /// <summary>Whether a cell runs.</summary>
    internal bool IsRunning { get; private set; }

    /// <summary>
    /// Stops the running cell's thread wherever it is: for a second interrupt, when the cell is in a library's loop that never comes back to it. Inside of a loop that calls
    /// nothing this is safe; elsewhere the runtime may end the process (<see cref="CellThread.Force"/>). Without a cell that was interrupted before it does nothing.
    /// </summary>
    internal void ForceStop() => _thread.Force();

    /// <summary>
    /// The cell bound as the next one of this session, not run: syntax tree, semantic model, the names in scope. For completion and inspection.
    /// Lines that are magics (<c>#!time</c>) are blanked, so that positions are those of <paramref name="code"/>.
    /// </summary>
    internal (SyntaxTree Tree, SemanticModel Model) Bind(string code, CancellationToken cancellation = default) =>
        _compiler.Bind(MagicParser.Blank(code), cancellation);

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

    private CellResult Run(string code, ICellOutput output, CancellationToken cancellation)
    {
        string path = string.Create(CultureInfo.InvariantCulture, $"cell[{_cellCount}]");
        _traceback.AddSource(path, Traceback.EarlierCell, code);
        ParsedCell parsed = MagicParser.Parse(code);
        if (parsed.Errors.Count > 0) return Failed(Traceback.OfMagics(parsed.Errors, code), output);
        long started = Stopwatch.GetTimestamp();
        try
        {
            CellError? error = RunParts(parsed.Parts, path, output, cancellation, importDepth: 0);
            if (error is not null) return Failed(error, output);
            if (parsed.IsTimed) ShowTime(Stopwatch.GetElapsedTime(started));
            return CellResult.Success;
        }
        catch (Exception stopped) when (cancellation.IsCancellationRequested && IsStop(stopped))
        {
            return Interrupted("The cell was interrupted.");
        }
        catch (Exception exception)
        {
            return new(CellStatus.Error, _traceback.OfException(exception, path, CellRuntime.Line));
        }
    }

    private CellError? RunParts(IReadOnlyList<CellPart> parts, string path, ICellOutput output, CancellationToken cancellation, int importDepth)
    {
        foreach (CellPart part in parts)
        {
            cancellation.ThrowIfCancellationRequested();
            CellError? error = part.Kind switch
            {
                CellPartKind.CSharp => RunCSharp(part.Text, path, output, cancellation),
                CellPartKind.Import => Import(part, path, output, cancellation, importDepth),
                CellPartKind.Set => Set(part, path, output, cancellation),
                CellPartKind.Share => Share(part, path, output, cancellation),
                _ => Show(part),
            };
            if (error is not null) return error;
        }

        return null;
    }

    private CellError? RunCSharp(string code, string path, ICellOutput output, CancellationToken cancellation)
    {
        CompiledCell cell;
        try
        {
            cell = _compiler.Compile(code, path, cancellation);
        }
        catch (StaleAssemblyException stale)
        {
            return new("Error", stale.Message, [stale.Message], []);
        }

        if (cell.Failed) return CompileHints.With(_traceback.OfDiagnostics(cell.Diagnostics, path), code);
        foreach (Diagnostic warning in cell.Diagnostics)
            output.WriteStandardError(_traceback.Text(warning) + "\n");
        if (cell.Start is null) return null;
        int slot = _compiler.LastSlot;
        if (_submissions.Length <= slot) Array.Resize(ref _submissions, _submissions.Length * 2);
        _submissions[slot] = null;
        try
        {
            _thread.RunCell(() =>
            {
                using var pump = new CellPump();
                object? value = pump.Run(() => cell.Start(_submissions));
                if (cell.HasValue && value is not DisplayedValue) KernelInvocationContext.Required.Output.ExecuteResult(Formatters.Format(value));
                return true;
            });
        }
        finally
        {
            // Stopped before it began: the cell left no object for later cells to read its variables from.
            if (_submissions[slot] is null) _compiler.ForgetLast();
        }

        return null;
    }

    private CellError? Show(CellPart part)
    {
        KernelInvocationContext context = KernelInvocationContext.Required;
        switch (part.Kind)
        {
            case CellPartKind.Html:
                Microsoft.DotNet.Interactive.Kernel.display(Microsoft.DotNet.Interactive.Kernel.HTML(part.Text), "text/html");
                break;
            case CellPartKind.JavaScript:
                Microsoft.DotNet.Interactive.Kernel.Javascript(part.Text);
                break;
            case CellPartKind.Markdown:
                context.Output.Display(new MimeBundle { { "text/markdown", part.Text } }, Guid.NewGuid().ToString("N"));
                break;
            case CellPartKind.Value:
                _values[MagicArguments.Parse(part.Arguments).Required("name", "#!value --name x")] = part.Text;
                break;
            case CellPartKind.ListMagics:
                context.Display(string.Join('\n', Magics));
                break;
            default:
                context.Output.Display(VariableTable.Describe(Variables, part.Kind == CellPartKind.Whos), Guid.NewGuid().ToString("N"));
                break;
        }

        return null;
    }

    private CellError? Import(CellPart part, string path, ICellOutput output, CancellationToken cancellation, int depth)
    {
        const int DeepestImport = 32;
        string name = part.Arguments.Trim('"');
        string file = Path.GetFullPath(Path.Combine(WorkingDirectory, name));
        if (!File.Exists(file) && Path.GetDirectoryName(path) is { Length: > 0 } folder) file = Path.GetFullPath(Path.Combine(folder, name));
        if (!File.Exists(file)) return ImportedFile.Missing(name, part.Line);
        if (depth > DeepestImport) return new("Error", $"#!import \"{name}\": the files import each other in a circle.", [], [], part.Line);
        foreach ((string text, bool isCode) in ImportedFile.Read(file))
        {
            _traceback.AddSource(file, Path.GetFileName(file), text);
            ParsedCell parsed = isCode ? MagicParser.Parse(text) : new([ImportedFile.AsMarkup(file, text)], false, []);
            if (parsed.Errors.Count > 0) return Traceback.OfMagics(parsed.Errors, text);
            if (RunParts(parsed.Parts, file, output, cancellation, depth + 1) is { } error) return error;
        }

        return null;
    }

    private CellError? Set(CellPart part, string path, ICellOutput output, CancellationToken cancellation)
    {
        var arguments = MagicArguments.Parse(part.Arguments);
        string name = arguments.Required("name", "#!set --name x --value 1");
        string value = arguments.Required("value", "#!set --name x --value 1");
        if (value.StartsWith("@csharp:", StringComparison.Ordinal)) return RunCSharp($"var {name} = {value["@csharp:".Length..]};", path, output, cancellation);
        if (value.StartsWith("@value:", StringComparison.Ordinal)) value = Stored(value["@value:".Length..]);
        bool isLiteral = bool.TryParse(value, out _) || double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
        return RunCSharp($"var {name} = {(isLiteral ? value.ToLowerInvariant() : SymbolDisplay.FormatLiteral(value, quote: true))};", path, output, cancellation);
    }

    private CellError? Share(CellPart part, string path, ICellOutput output, CancellationToken cancellation)
    {
        var arguments = MagicArguments.Parse(part.Arguments);
        string name = arguments.Positional ?? arguments.Required("name", "#!share x --from value");
        if (arguments.Required("from", "#!share x --from value") != "value") return null;
        string target = arguments.Optional("as") ?? name;
        return RunCSharp($"var {target} = {SymbolDisplay.FormatLiteral(Stored(name), quote: true)};", path, output, cancellation);
    }

    private string Stored(string name) => _values.TryGetValue(name, out string? value)
        ? value
        : throw new ArgumentException($"There is no value '{name}': store one with #!value --name {name}. Known: {(_values.Count == 0 ? "none" : string.Join(", ", _values.Keys))}.");

    /// <summary>The process's folder; when that was deleted or renamed meanwhile, where it was: the compiler asks for it with every cell, also with those that name no file.</summary>
    private string CurrentDirectory()
    {
        try
        {
            return _lastFolder = Directory.GetCurrentDirectory();
        }
        catch (IOException)
        {
            return _lastFolder;
        }
    }

    private static void ShowTime(TimeSpan elapsed) =>
        KernelInvocationContext.Required.Display(string.Create(CultureInfo.InvariantCulture, $"Wall time: {elapsed.TotalMilliseconds}ms"), "text/plain");

    private static CellResult Failed(CellError error, ICellOutput output)
    {
        if (error.Diagnostics.Count > 0) output.WriteStandardError(string.Concat(error.Diagnostics.Select(line => line + "\n")));
        return new(CellStatus.Error, error);
    }

    private static CellResult Interrupted(string message) =>
        new(CellStatus.Interrupted, new CellError("Interrupted", message, [message], []));

    private static bool IsStop(Exception exception) =>
        exception is OperationCanceledException or ThreadInterruptedException || (exception is AggregateException many && many.InnerExceptions.All(IsStop));
}

internal enum CodeCompleteness
{
    Complete,
    Incomplete,
    Invalid,
}
