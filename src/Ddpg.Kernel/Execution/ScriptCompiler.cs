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
    [
        "System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq", "Microsoft.DotNet.Interactive.Kernel",
        // KernelInvocationContext.Current.Display(…) and .ClearOutput(…) without a using.
        "Microsoft.DotNet.Interactive.KernelInvocationContextExtensions", "Ddpg.Kernel.Interactive.CellOutputExtensions",
    ];

    internal static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest, DocumentationMode.Parse, SourceCodeKind.Script);

    private static readonly EmitOptions Emit = new(debugInformationFormat: DebugInformationFormat.PortablePdb);
    private static readonly Lock BindingReferences = new();
    private readonly CSharpCompilationOptions _options;
    private readonly CellLoadContext _loadContext;
    private readonly int _session;
    private readonly HashSet<string> _openNames = new(StringComparer.Ordinal);
    private CSharpCompilation? _previous;
    private CSharpCompilation? _beforeLast;
    private int _count;
    private int _slots;

    /// <param name="workingDirectory">The folder that relative paths start from.</param>
    /// <param name="session">The session's number; its loops look at that session's field.</param>
    internal ScriptCompiler(Func<string> workingDirectory, int session = 0)
    {
        _session = session;
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

    /// <summary>Where the last compiled cell puts the object whose fields are its variables. A cell that declares nothing leaves the place to the next.</summary>
    internal int LastSlot { get; private set; }

    /// <summary>The cell before the next one, with those before it, and the next one's options: for whoever compiles it only to ask about it.</summary>
    internal (CSharpCompilation? Previous, CSharpCompilationOptions Options) Next =>
        (_previous, (_previous is null ? _options.WithUsings(DefaultImports) : _options).WithScriptClassName($"Submission#{_count + 1}"));

    /// <summary>
    /// Two compilations that bind the same references at the same time each make symbols of their own, and a later submission takes some of either:
    /// then Task of the one is not Task of the other (CS4027 for a plain await). One after the other, they share.
    /// </summary>
    internal static void BindReferences(Compilation compilation)
    {
        lock (BindingReferences) _ = compilation.Assembly;
    }

    /// <summary>Compiles and loads a cell; unless it fails, later cells see its names, whether or not it runs to its end.</summary>
    internal CompiledCell Compile(string code, string path, CancellationToken cancellation)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(SourceText.From(code, Encoding.UTF8), ParseOptions, path, cancellation);
        // A submission of usings or of #r alone would not hand them on to the next.
        if (tree.GetCompilationUnitRoot(cancellation) is { Members.Count: 0 } root && (root.Usings.Count > 0 || root.GetReferenceDirectives().Count > 0 || root.GetLoadDirectives().Count > 0))
            tree = CSharpSyntaxTree.ParseText(SourceText.From(code + "\n;", Encoding.UTF8), ParseOptions, path, cancellation);
        Emitted emitted = EmitRewritten(tree, cancellation);
        if (!emitted.IsDone) return new(null, false, emitted.Shown);

        (CSharpCompilation compilation, SyntaxTree rewritten, List<Diagnostic> shown) = (emitted.Compilation, emitted.Tree, emitted.Shown);
        bool hasValue = HasValue(compilation, rewritten);
        bool isForgotten = HandsNothingOn(compilation);
        _count++;
        _beforeLast = _previous;
        if (!isForgotten) _previous = compilation;
        if (compilation.GetEntryPoint(cancellation) is not { } entry) return new(null, false, shown);
        LastSlot = _slots + 1;
        if (!isForgotten) _slots++;
        using MemoryStream assembly = new(emitted.Assembly), symbols = new(emitted.Symbols);
        Type type = _loadContext.LoadFromStream(assembly, symbols).GetType(entry.ContainingType.MetadataName, throwOnError: true)!;
        MethodInfo method = type.GetMethod(entry.MetadataName, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!;
        return new(method.CreateDelegate<Func<object?[], Task<object>>>(), hasValue, shown);
    }

    /// <summary>What the rewriting added has moved columns, and could be to blame itself for an error: the reader gets the diagnostics of the cell as written, and if those are fine, less is rewritten.</summary>
    private Emitted EmitRewritten(SyntaxTree tree, CancellationToken cancellation)
    {
        CSharpCompilation? written = null;
        List<Diagnostic>? asWritten = null;
        var calls = new CallGraph(tree.GetRoot(cancellation), _openNames);
        for (int attempt = 0; ; attempt++)
        {
            SyntaxTree rewritten = attempt switch
            {
                0 => CellRewriter.Rewrite(tree, calls, _session, LambdaKinds.Guessed),
                1 => CellRewriter.Rewrite(tree, calls, _session, LambdaKinds.Asked((written ??= Create(tree)).GetSemanticModel(tree))),
                2 => CellRewriter.Rewrite(tree, calls, _session, LambdaKinds.None),
                _ => tree,
            };
            CSharpCompilation compilation = Create(rewritten);
            using var assembly = new MemoryStream();
            using var symbols = new MemoryStream();
            EmitResult result = compilation.Emit(assembly, symbols, options: Emit, cancellationToken: cancellation);
            List<Diagnostic> shown = [.. result.Diagnostics.Where(IsShown)];
            if (rewritten != tree && shown.Count > 0) shown = asWritten ??= [.. (written ??= Create(tree)).GetDiagnostics(cancellation).Where(IsShown)];
            bool isFinal = result.Success || rewritten == tree || shown.Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
            if (result.Success) _openNames.UnionWith(calls.Names);
            if (isFinal) return new(result.Success, compilation, rewritten, shown, assembly.ToArray(), symbols.ToArray());
        }
    }

    /// <summary>Takes back the last cell that <see cref="Compile"/> accepted, because it never ran.</summary>
    internal void ForgetLast()
    {
        _previous = _beforeLast;
        _slots = LastSlot - 1;
    }

    /// <summary>
    /// Whether later cells cannot tell that this one was there. It is then left out of the chain: each name that a cell uses is looked for in every cell
    /// of the chain, and a cell in it is kept in memory as the compiler saw it.
    /// </summary>
    private static bool HandsNothingOn(CSharpCompilation compilation)
    {
        if (compilation.SyntaxTrees.Length > 1 || compilation.ScriptClass is not { } script || !script.GetMembers().All(member => member.IsImplicitlyDeclared)) return false;
        CompilationUnitSyntax root = compilation.SyntaxTrees[0].GetCompilationUnitRoot();
        return root is { Usings.Count: 0, Externs.Count: 0 } && root.GetReferenceDirectives().Count == 0 && root.GetLoadDirectives().Count == 0;
    }

    private CSharpCompilation Create(SyntaxTree tree)
    {
        (CSharpCompilation? previous, CSharpCompilationOptions options) = Next;
        // References and imports of the first submission hold for all that follow it.
        CSharpCompilation compilation = CSharpCompilation.CreateScriptCompilation(
            $"cell-{_count + 1}-{_loadContext.GetHashCode():x}", tree, previous is null ? Framework.References : [], options, previous, typeof(object));
        BindReferences(compilation);
        return compilation;
    }

    private sealed record Emitted(bool IsDone, CSharpCompilation Compilation, SyntaxTree Tree, List<Diagnostic> Shown, byte[] Assembly, byte[] Symbols);

    private static bool IsShown(Diagnostic diagnostic) => diagnostic.Severity >= DiagnosticSeverity.Warning && !diagnostic.IsSuppressed;

    private static bool HasValue(CSharpCompilation compilation, SyntaxTree tree)
    {
        var root = (CompilationUnitSyntax)tree.GetRoot();
        // A local function's return is its own.
        if (root.DescendantNodes(node => node is CompilationUnitSyntax or GlobalStatementSyntax or StatementSyntax and not LocalFunctionStatementSyntax).Any(node => node is ReturnStatementSyntax)) return true;
        if (root.Members.OfType<GlobalStatementSyntax>().LastOrDefault()?.Statement is not ExpressionStatementSyntax { SemicolonToken.IsMissing: true } last) return false;
        // Only a call can be of type void, and asking costs a second binding of the cell.
        return last.Expression is not (InvocationExpressionSyntax or AwaitExpressionSyntax or ConditionalAccessExpressionSyntax)
            || compilation.GetSemanticModel(tree).GetTypeInfo(last.Expression).ConvertedType?.SpecialType != SpecialType.System_Void;
    }
}
