using Ddpg.Kernel.Execution.Packages;
using Ddpg.Kernel.Formatting;
using Ddpg.Kernel.Interactive;

namespace Ddpg.Kernel.Execution;

/// <summary>Runs the parts of a cell one after the other: its C#, its magic commands, and the files it imports.</summary>
/// <param name="session">Whose cells these are.</param>
/// <param name="traceback">Knows the sources.</param>
/// <param name="host">The kernels behind the session.</param>
internal sealed class PartRunner(CellSession session, Traceback traceback, Lazy<InteractiveHost> host)
{
    private PackageInstaller? _packages;

    internal async Task<CellResult> RunAsync(IReadOnlyList<CellPart> parts, RunningCell cell, int importDepth = 0)
    {
        foreach (CellPart part in parts)
        {
            cell.CancellationToken.ThrowIfCancellationRequested();
            CellResult result = part.Kind switch
            {
                CellPartKind.CSharp => await RunCSharpAsync(part.Text, cell).ConfigureAwait(false),
                CellPartKind.Packages => await InstallAsync(part, cell).ConfigureAwait(false),
                CellPartKind.Import => await ImportAsync(part, cell, importDepth).ConfigureAwait(false),
                _ => await ShowAsync(part, cell).ConfigureAwait(false),
            };
            if (result.Status != CellStatus.Ok) return result;
        }

        return CellResult.Success;
    }

    private async Task<CellResult> RunCSharpAsync(string code, RunningCell cell)
    {
        cell.Result = null;
        string? failure = await host.Value.RunCellAsync(code).ConfigureAwait(false);
        return cell.Result ?? CellSession.Failed(new CellError("Error", failure ?? "The cell was not run.", [], []), cell.Output);
    }

    private Task<CellResult> InstallAsync(CellPart part, RunningCell cell)
    {
        _packages ??= new PackageInstaller(session.References, () => session.WorkingDirectory, RunCSharpAsync);
        return _packages.RunAsync(part, cell);
    }

    private async Task<CellResult> ShowAsync(CellPart part, RunningCell cell)
    {
        ICellOutput output = cell.Output;
        string? failure = null;
        switch (part.Kind)
        {
            case CellPartKind.Html:
                failure = await host.Value.SendAsync(part.Text, "html").ConfigureAwait(false);
                break;
            case CellPartKind.JavaScript:
                failure = await host.Value.SendAsync(part.Text, "javascript").ConfigureAwait(false);
                break;
            case CellPartKind.Markdown:
                output.Display(new MimeBundle { { "text/markdown", part.Text } }, Guid.NewGuid().ToString());
                break;
            case CellPartKind.ListMagics:
                output.Display(MimeBundle.Text(string.Join('\n', CellSession.Magics)), Guid.NewGuid().ToString());
                break;
            case CellPartKind.Who or CellPartKind.Whos:
                // Not upstream's: it asks for every value as JSON, which is long for a buffer and fails for an object that refers to itself.
                output.Display(VariableTable.Describe(session.Variables, part.Kind == CellPartKind.Whos), Guid.NewGuid().ToString());
                break;
            case CellPartKind.Value:
                failure = await host.Value.SendAsync($"#!value {part.Arguments}\n{part.Text}").ConfigureAwait(false);
                break;
            default:
                failure = await host.Value.SendAsync($"{part.Text}{(part.Kind == CellPartKind.Set ? "#!set" : "#!share")} {part.Arguments}").ConfigureAwait(false);
                break;
        }

        return failure is null ? CellResult.Success : CellSession.Failed(new CellError("Error", failure, [failure], [], part.Line), output);
    }

    /// <summary>Not upstream's <c>#!import</c>: it ends well whatever the file's code ended in.</summary>
    private async Task<CellResult> ImportAsync(CellPart part, RunningCell cell, int depth)
    {
        const int DeepestImport = 32;
        string name = part.Arguments.Trim('"');
        string importer = cell.SourcePath;
        if (SourceResolver.Find(name, session.WorkingDirectory, importer) is not { } file) return CellSession.Failed(ImportedFile.Missing(name, part.Line), cell.Output);
        if (depth > DeepestImport) return CellSession.Failed(new("Error", $"#!import \"{name}\": the files import each other in a circle.", [], [], part.Line), cell.Output);
        foreach ((string text, bool isCode) in ImportedFile.Read(file))
        {
            traceback.AddSource(file, Path.GetFileName(file), text);
            ParsedCell parsed = isCode ? MagicParser.Parse(text) : new([ImportedFile.AsMarkup(file, text)], false, []);
            if (parsed.Errors.Count > 0) return CellSession.Failed(Traceback.OfMagics(parsed.Errors, text), cell.Output);
            cell.SourcePath = file;
            CellResult result = await RunAsync(parsed.Parts, cell, depth + 1).ConfigureAwait(false);
            cell.SourcePath = importer;
            if (result.Status != CellStatus.Ok) return result;
        }

        return CellResult.Success;
    }
}
