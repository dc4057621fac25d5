using System.Collections.Immutable;
using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace Ddpg.Kernel.Execution;

/// <summary>
/// Compiles cells as a chain of Roslyn submissions, each of which sees the names of those before it. Drives the compiler itself rather than through
/// CSharpScript, because the cell's syntax tree is rewritten before it is compiled while errors must show the reader's own columns.
/// </summary>
internal sealed class ScriptCompiler
{
    internal static readonly ImmutableArray<string> DefaultImports =
        ["System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq", "Microsoft.DotNet.Interactive.Kernel"];

    internal static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest, DocumentationMode.Parse, SourceCodeKind.Script);

    private static readonly EmitOptions Emit = new(debugInformationFormat: DebugInformationFormat.PortablePdb);
    private readonly CSharpCompilationOptions _options;
    private readonly CellLoadContext _loadContext;
    private CSharpCompilation? _previous;
    private CSharpCompilation? _beforeLast;
    private int _count;

    internal ScriptCompiler(Func<string> workingDirectory)
    {
        References = new ReferenceResolver(workingDirectory);
        _loadContext = new CellLoadContext(References);
        _options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            optimizationLevel: OptimizationLevel.Release,
            allowUnsafe: true,
            // `string?` without a warning, as cells have no nullable context of their own.
            nullableContextOptions: NullableContextOptions.Annotations,
            metadataReferenceResolver: References,
            sourceReferenceResolver: new SourceResolver(workingDirectory),
            assemblyIdentityComparer: DesktopAssemblyIdentityComparer.Default,
            // Libraries built for an older runtime are unified with this one's assemblies; that is no news to the reader.
            specificDiagnosticOptions: [new("CS1701", ReportDiagnostic.Suppress), new("CS1702", ReportDiagnostic.Suppress)]);
    }

    internal ReferenceResolver References { get; }

    /// <summary>The value of each slot's submission is an object whose fields are the variables of one cell.</summary>
    internal int SlotCount { get; private set; } = 1;

    internal (SyntaxTree Tree, SemanticModel Model) Bind(string code, CancellationToken cancellation)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(SourceText.From(code, Encoding.UTF8), ParseOptions, "", cancellation);
        return (tree, Create(tree).GetSemanticModel(tree));
    }

    /// <summary>Compiles and loads a cell; unless it fails, later cells see its names, whether or not it runs to its end.</summary>
    internal CompiledCell Compile(string code, string path, CancellationToken cancellation)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(SourceText.From(code, Encoding.UTF8), ParseOptions, path, cancellation);
        // A submission of usings alone would not hand them on to the next.
        if (tree.GetCompilationUnitRoot(cancellation) is { Members.Count: 0, Usings.Count: > 0 })
            tree = CSharpSyntaxTree.ParseText(SourceText.From(code + "\n;", Encoding.UTF8), ParseOptions, path, cancellation);
        SyntaxTree rewritten = CellRewriter.Rewrite(tree);
        CSharpCompilation compilation = Create(rewritten);
        using var assembly = new MemoryStream();
        using var symbols = new MemoryStream();
        EmitResult result = compilation.Emit(assembly, symbols, options: Emit, cancellationToken: cancellation);
        IEnumerable<Diagnostic> diagnostics = result.Diagnostics;
        // What the rewriting added has moved columns, and could be to blame itself: the reader gets the diagnostics of the cell as written.
        if (rewritten != tree && diagnostics.Any(IsShown)) diagnostics = Create(tree).GetDiagnostics(cancellation);
        List<Diagnostic> shown = [.. diagnostics.Where(IsShown)];
        if (!result.Success) return new(null, false, shown.Count > 0 ? shown : [.. result.Diagnostics.Where(IsShown)]);

        bool hasValue = HasValue(compilation, rewritten);
        (_beforeLast, _previous) = (_previous, compilation);
        _count++;
        if (compilation.GetEntryPoint(cancellation) is not { } entry) return new(null, false, shown);
        SlotCount++;
        assembly.Position = 0;
        symbols.Position = 0;
        Type type = _loadContext.LoadFromStream(assembly, symbols).GetType(entry.ContainingType.MetadataName, throwOnError: true)!;
        MethodInfo method = type.GetMethod(entry.MetadataName, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!;
        return new(method.CreateDelegate<Func<object?[], Task<object>>>(), hasValue, shown);
    }

    /// <summary>Takes back the last cell that <see cref="Compile"/> accepted, because it never ran.</summary>
    internal void ForgetLast()
    {
        _previous = _beforeLast;
        SlotCount--;
    }

    private CSharpCompilation Create(SyntaxTree tree) => CSharpCompilation.CreateScriptCompilation(
        $"cell-{_count + 1}-{_loadContext.GetHashCode():x}",
        tree,
        // References and imports of the first submission hold for all that follow it.
        _previous is null ? Framework.References : [],
        (_previous is null ? _options.WithUsings(DefaultImports) : _options).WithScriptClassName($"Submission#{_count + 1}"),
        _previous,
        typeof(object));

    private static bool IsShown(Diagnostic diagnostic) => diagnostic.Severity >= DiagnosticSeverity.Warning && !diagnostic.IsSuppressed;

    private static bool HasValue(CSharpCompilation compilation, SyntaxTree tree)
    {
        var root = (CompilationUnitSyntax)tree.GetRoot();
        if (root.DescendantNodes(node => node is CompilationUnitSyntax or GlobalStatementSyntax or StatementSyntax).Any(node => node is ReturnStatementSyntax)) return true;
        return root.Members.OfType<GlobalStatementSyntax>().LastOrDefault()?.Statement is ExpressionStatementSyntax { SemicolonToken.IsMissing: true } last
            && compilation.GetSemanticModel(tree).GetTypeInfo(last.Expression).ConvertedType?.SpecialType != SpecialType.System_Void;
    }
}
