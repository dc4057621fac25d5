using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Ddpg.Kernel.Execution;
using Ddpg.Kernel.Notebooks;
using Spectre.Console;

namespace Ddpg.Kernel.Commands;

/// <summary><c>run NOTEBOOK…</c>: executes notebooks with no front end.</summary>
internal static class RunCommand
{
    internal static Command Create()
    {
        var notebooks = new Argument<string[]>("notebook") { Description = "The .ipynb files to run, in this order.", Arity = ArgumentArity.OneOrMore };
        var parameters = new Option<string[]>("-p", "--parameter")
        {
            Description = "name=value: assigns a variable of the cell tagged \"parameters\". May be given several times.",
            HelpName = "name=value",
        };
        var output = new Option<string?>("--output", "-o") { Description = "Folder for the executed notebooks and pages. Default: artifacts/executed of the repository." };
        var save = new Option<bool>("--save") { Description = "Save the outputs into the notebooks themselves, without anything that differs from run to run." };
        var check = new Option<bool>("--check") { Description = "Fail if --save would change a notebook; nothing is saved." };
        var claims = new Option<bool>("--claims") { Description = "After each cell evaluate the C# conditions of its metadata \"claims\", and fail if one is not true." };
        var noPage = new Option<bool>("--no-html") { Description = "Do not write the HTML page." };
        var command = new Command("run", "Execute notebooks and write the executed notebook and an HTML page of each.") { notebooks, parameters, output, save, check, claims, noPage };
        command.SetAction((result, cancellation) => RunAsync(
            new RunSettings(
                result.GetRequiredValue(notebooks), result.GetValue(parameters) ?? [], result.GetValue(output), result.GetValue(save), result.GetValue(check), !result.GetValue(noPage),
                ChecksClaims: result.GetValue(claims)),
            cancellation));
        return command;
    }

    /// <returns>The exit code: 0 all well, 1 a cell failed or a saved output differs, 2 wrong arguments, 130 interrupted.</returns>
    internal static async Task<int> RunAsync(RunSettings settings, CancellationToken cancellation)
    {
        ConsoleRouter.Install();
        IAnsiConsole console = CreateConsole(settings.Terminal);
        List<(string Path, Notebook Notebook)> loaded = [];
        try
        {
            List<KeyValuePair<string, string>> values = [.. settings.Parameters.Select(ParameterOf)];
            foreach (string path in settings.Notebooks)
            {
                Notebook notebook = Notebook.Load(path);
                Parameters.Inject(notebook, path, values);
                loaded.Add((path, notebook));
            }

            if (values.Count > 0 && (settings.Saves || settings.Checks)) throw new NotebookException("--save and --check are for notebooks as they are: leave out -p.");
        }
        catch (NotebookException exception)
        {
            console.MarkupLineInterpolated($"[red]error:[/] {exception.Message}");
            return 2;
        }

        int exitCode = 0;
        foreach ((string path, Notebook notebook) in loaded)
        {
            int code = await RunOneAsync(path, notebook, settings, console, cancellation).ConfigureAwait(false);
            exitCode = Math.Max(exitCode, code);
            if (code == ExitCodes.Interrupted) break;
        }

        return exitCode;
    }

    /// <summary>Colours and rewritten lines in a terminal; plain lines, never wrapped, in a log.</summary>
    private static IAnsiConsole CreateConsole(TextWriter? terminal)
    {
        const int NoWrapping = 10_000;
        bool isLog = terminal is not null || Console.IsOutputRedirected;
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(terminal ?? ConsoleRouter.Terminal),
            Ansi = isLog ? AnsiSupport.No : AnsiSupport.Detect,
            Interactive = isLog ? InteractionSupport.No : InteractionSupport.Detect,
        });
        if (isLog) console.Profile.Width = NoWrapping;
        return console;
    }

    private static async Task<int> RunOneAsync(string path, Notebook notebook, RunSettings settings, IAnsiConsole console, CancellationToken cancellation)
    {
        console.MarkupLineInterpolated($"[bold]{path}[/]");
        long started = Stopwatch.GetTimestamp();
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        string before = Directory.GetCurrentDirectory();
        CellFailure? failure;
        List<ClaimResult> claims = [];
        try
        {
            // The cells' own relative paths start at the notebook, as in every front end.
            Directory.SetCurrentDirectory(folder);
            using var session = new CellSession(new CellSessionOptions { WorkingDirectory = folder });
            using var exit = new ExitWatch(session, () =>
            {
                if (cancellation.IsCancellationRequested) return;
                console.MarkupLineInterpolated($"[red]{path}: failed[/]");
                console.MarkupLineInterpolated($"  {ExitWatch.Message} Nothing of the notebook is written.");
                Environment.ExitCode = ExitCodes.Failure;
            });
            failure = await new NotebookRunner(session, new TerminalProgress(console), settings.ChecksClaims ? claims : null).RunAsync(notebook, cancellation).ConfigureAwait(false);
        }
        finally
        {
            Directory.SetCurrentDirectory(before);
        }

        try
        {
            await WriteResultsAsync(path, notebook, settings, console).ConfigureAwait(false);
            bool allHold = Report(claims, console);
            if (failure is not null) return Report(path, failure, console);
            console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"  done in {Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s");
            if (!allHold) return ExitCodes.Failure;
            return settings.Saves || settings.Checks ? SaveOrCheck(path, notebook, settings, console) : ExitCodes.Success;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            string advice = settings.Saves ? "With --save the notebook's own folder must be writable; without it, choose a folder with --output." : "Choose another folder with --output.";
            console.MarkupLineInterpolated($"[red]error:[/] cannot write: {exception.Message} {advice}");
            return ExitCodes.Failure;
        }
    }

    private static async Task WriteResultsAsync(string path, Notebook notebook, RunSettings settings, IAnsiConsole console)
    {
        string executed = RunPaths.Executed(path, settings.Output);
        AtomicFile.Write(executed, notebook.ToBytes());
        console.MarkupLineInterpolated($"  wrote {RunPaths.ForReader(executed)}");
        if (!settings.WritesPage) return;
        string page = await PageCommand.WriteAsync(notebook, path, executed).ConfigureAwait(false);
        console.MarkupLineInterpolated($"  wrote {RunPaths.ForReader(page)}");
    }

    private static int SaveOrCheck(string path, Notebook executed, RunSettings settings, IAnsiConsole console)
    {
        SavedForm.Apply(executed, RunPaths.RepositoryRoot(path));
        byte[] saved = executed.ToBytes();
        if (File.ReadAllBytes(path).AsSpan().SequenceEqual(saved))
        {
            console.MarkupLine("  saved outputs are current");
            return ExitCodes.Success;
        }

        if (settings.Checks)
        {
            Notebook onDisk = Notebook.Load(path);
            List<int> changed = [.. Enumerable.Range(1, executed.Cells.Count).Where(number => number > onDisk.Cells.Count
                || executed.Cells[number - 1].Outputs.ToJsonString() != onDisk.Cells[number - 1].Outputs.ToJsonString())];
            string where = changed.Count > 0 ? $"outputs of cell {string.Join(", ", changed)}" : "metadata";
            console.MarkupLineInterpolated($"[red]differs:[/] {path}: {where}. Save them with: ddpg-kernel run --save {path}");
            return ExitCodes.Failure;
        }

        AtomicFile.Write(path, saved);
        console.MarkupLineInterpolated($"  saved {path}");
        return ExitCodes.Success;
    }

    /// <summary>A line a claim; .ci/long reads them.</summary>
    private static bool Report(IReadOnlyList<ClaimResult> claims, IAnsiConsole console)
    {
        foreach (ClaimResult result in claims)
        {
            console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"  claim {(result.Failure is null ? "holds" : "FAILS")}  cell {result.CellNumber} ({result.Claim.CellId}): {result.Claim.ToString()}");
            if (result.Failure is not null) console.MarkupLineInterpolated($"    {result.Failure}");
        }

        return claims.All(result => result.Failure is null);
    }

    private static int Report(string path, CellFailure failure, IAnsiConsole console)
    {
        string line = failure.Line is { } number ? string.Create(CultureInfo.InvariantCulture, $", line {number}") : "";
        console.MarkupLineInterpolated($"[red]{path}: cell {failure.Number}{line} {(failure.WasInterrupted ? "was interrupted" : "failed")}[/]");
        if (failure.SourceLine is not null) console.MarkupLineInterpolated($"    {failure.SourceLine}");
        console.MarkupLineInterpolated($"  {failure.Message}");
        return failure.WasInterrupted ? ExitCodes.Interrupted : ExitCodes.Failure;
    }

    private static KeyValuePair<string, string> ParameterOf(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 ? new(text[..equals].Trim(), text[(equals + 1)..].Trim()) : throw new NotebookException($"-p {text}: write it as name=value.");
    }

    private static class ExitCodes
    {
        internal const int Success = 0;
        internal const int Failure = 1;
        internal const int Interrupted = 130;
    }
}

/// <param name="Notebooks">The files to run.</param>
/// <param name="Parameters"><c>name=value</c> each.</param>
/// <param name="Output">Folder of the results; null is artifacts/executed.</param>
/// <param name="Saves">Whether outputs go into the notebooks themselves.</param>
/// <param name="Checks">Whether to compare only.</param>
/// <param name="WritesPage">Whether to write the HTML page.</param>
/// <param name="Terminal">Where progress goes; null is the process's terminal.</param>
/// <param name="ChecksClaims">Whether the cells' claims are evaluated; one that is not true fails the run, and nothing is saved.</param>
internal sealed record RunSettings(
    IReadOnlyList<string> Notebooks, IReadOnlyList<string> Parameters, string? Output = null, bool Saves = false, bool Checks = false, bool WritesPage = true, TextWriter? Terminal = null,
    bool ChecksClaims = false);
