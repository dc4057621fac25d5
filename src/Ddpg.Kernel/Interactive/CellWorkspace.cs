using Ddpg.Kernel.Execution;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Ddpg.Kernel.Interactive;

/// <summary>A session's cells as Roslyn's editor services want them: a project for each, which refers to the one before it. Brought up to date when something is asked.</summary>
internal sealed class CellWorkspace(ScriptCompiler compiler) : IDisposable
{
    private readonly AdhocWorkspace _workspace = new(RoslynParts.Services);
    private readonly Dictionary<CSharpCompilation, ProjectId> _projects = [];
    private readonly SemaphoreSlim _turn = new(1);
    private CSharpCompilation? _last;
    private Solution? _solution;
    private DocumentId? _open;

    /// <summary>The code as the session's next cell.</summary>
    internal async Task<Document> OpenAsync(string code, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            (CSharpCompilation? last, CSharpCompilationOptions options) = compiler.Next;
            var text = SourceText.From(code);
            // The solution with the text that was asked for before: what the compiler found out for that one is used again.
            _solution = _open is not null && last == _last ? _solution!.WithDocumentText(_open, text) : Extend(last, options, text);
            Document document = _solution.GetDocument(_open)!;
            ScriptCompiler.BindReferences((await document.Project.GetCompilationAsync(cancellation).ConfigureAwait(false))!);
            return document;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        _workspace.Dispose();
        _turn.Dispose();
    }

    private Solution Extend(CSharpCompilation? last, CSharpCompilationOptions options, SourceText text)
    {
        Solution solution = _open is null ? _workspace.CurrentSolution : _solution!.RemoveProject(_open.ProjectId);
        var added = new Stack<CSharpCompilation>();
        for (CSharpCompilation? cell = last; cell is not null && !_projects.ContainsKey(cell); cell = Previous(cell)) added.Push(cell);
        foreach (CSharpCompilation cell in added)
        {
            // Files of #load are trees of the cell too; its own is the last.
            SyntaxTree tree = cell.SyntaxTrees[^1];
            DocumentId document = Add(ref solution, cell.Options, Previous(cell));
            solution = solution.AddDocument(document, "cell", tree.GetRoot(), filePath: tree.FilePath);
            _projects.Add(cell, document.ProjectId);
        }

        _open = Add(ref solution, options, last);
        _last = last;
        return solution.AddDocument(_open, "cell", text);
    }

    private DocumentId Add(ref Solution solution, CSharpCompilationOptions options, CSharpCompilation? previous)
    {
        var id = ProjectId.CreateNewId();
        solution = solution.AddProject(ProjectInfo.Create(
            id,
            VersionStamp.Default,
            options.ScriptClassName!,
            options.ScriptClassName!,
            LanguageNames.CSharp,
            compilationOptions: options,
            parseOptions: ScriptCompiler.ParseOptions,
            projectReferences: previous is null ? [] : [new ProjectReference(_projects[previous])],
            metadataReferences: previous is null ? Framework.References : [],
            isSubmission: true));
        return DocumentId.CreateNewId(id);
    }

    private static CSharpCompilation? Previous(CSharpCompilation cell) => cell.ScriptCompilationInfo?.PreviousScriptCompilation;
}
