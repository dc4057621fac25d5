using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Ddpg.Kernel.Execution;

/// <summary>
/// Which functions of a cell check the stack and the stop: every one that may come back to itself. The question is turned round, because ways back are many (delegates in containers,
/// operators, <c>ToString</c>, another cell's lambda): only what surely calls nothing but harmless code goes without, such as <c>x => x * x</c>, which a check would make several times slower.
/// By name, without types: some that never come back are among them.
/// </summary>
internal sealed class CallGraph
{
    private readonly Dictionary<SyntaxNode, FunctionBody> _bodies = [];
    private readonly ILookup<string, SyntaxNode> _byName;
    private readonly HashSet<SyntaxNode> _reachesUnknown;

    /// <param name="root">The cell.</param>
    /// <param name="earlier">Names of earlier cells that may run code of any kind.</param>
    internal CallGraph(SyntaxNode root, IReadOnlySet<string> earlier)
    {
        List<SyntaxNode> functions = [.. root.DescendantNodes().Where(IsFunction)];
        _byName = functions.SelectMany(function => FunctionNames.Of(function).Select(name => (name, function))).ToLookup(pair => pair.name, pair => pair.function, StringComparer.Ordinal);
        HashSet<string> variables = [.. root.DescendantNodes().Select(FunctionNames.OfVariable).OfType<string>()];
        foreach (SyntaxNode function in functions)
            _bodies[function] = FunctionBody.Of(function, name => _byName.Contains(name), variables, earlier);
        _reachesUnknown = Closure(body => body.CallsUnknown);
        Checked = [.. _reachesUnknown, .. functions.Where(function => !_reachesUnknown.Contains(function) && ComesBack(function))];
        Polled = [.. functions.Where(function => !Checked.Contains(function) && IsCalledByOthers(function))];
        // What a later cell declares may be called here implicitly (a ToString by +), so that for later cells more counts as unknown.
        HashSet<SyntaxNode> open = Closure(body => body.CallsUnknown || body.CallsImplicitly);
        Names = [.. Checked.Concat(open).SelectMany(FunctionNames.Of)];
    }

    /// <summary>Functions (also lambdas, accessors, and types, which stand for their initialisers) that may come back to themselves.</summary>
    internal HashSet<SyntaxNode> Checked { get; }

    /// <summary>Functions that do not, but that a library's loop may call.</summary>
    internal HashSet<SyntaxNode> Polled { get; }

    /// <summary>What later cells are to take for unknown code.</summary>
    internal IReadOnlyCollection<string> Names { get; }

    private static bool IsFunction(SyntaxNode node) => node
        is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax or TypeDeclarationSyntax
        or AccessorDeclarationSyntax { Body: not null } or AccessorDeclarationSyntax { ExpressionBody: not null }
        or PropertyDeclarationSyntax { ExpressionBody: not null } or IndexerDeclarationSyntax { ExpressionBody: not null };

    private HashSet<SyntaxNode> Closure(Func<FunctionBody, bool> isStart)
    {
        ILookup<SyntaxNode, SyntaxNode> callers = _bodies.SelectMany(pair => Callees(pair.Value).Select(callee => (callee, caller: pair.Key))).ToLookup(pair => pair.callee, pair => pair.caller);
        var found = _bodies.Where(pair => isStart(pair.Value)).Select(pair => pair.Key).ToHashSet();
        var open = new Stack<SyntaxNode>(found);
        while (open.TryPop(out SyntaxNode? function))
        {
            foreach (SyntaxNode caller in callers[function])
            {
                if (found.Add(caller)) open.Push(caller);
            }
        }

        return found;
    }

    private bool ComesBack(SyntaxNode start)
    {
        var seen = new HashSet<SyntaxNode>();
        var open = new Stack<SyntaxNode>([start]);
        while (open.TryPop(out SyntaxNode? function))
        {
            foreach (SyntaxNode callee in Callees(_bodies[function]))
            {
                if (callee == start) return true;
                if (seen.Add(callee)) open.Push(callee);
            }
        }

        return false;
    }

    private IEnumerable<SyntaxNode> Callees(FunctionBody body) => body.Names.SelectMany(name => _byName[name]);

    private bool IsCalledByOthers(SyntaxNode function) => function switch
    {
        MethodDeclarationSyntax method => method.Modifiers.Any(SyntaxKind.OverrideKeyword) || method.Modifiers.Any(SyntaxKind.VirtualKeyword)
            || method.Parent is TypeDeclarationSyntax { BaseList: not null } or InterfaceDeclarationSyntax || IsMethodGroup(method.Identifier.Text),
        LocalFunctionStatementSyntax local => IsMethodGroup(local.Identifier.Text),
        AccessorDeclarationSyntax { Parent.Parent.Parent: TypeDeclarationSyntax { BaseList: not null } } => true,
        BasePropertyDeclarationSyntax { Parent: TypeDeclarationSyntax { BaseList: not null } } => true,
        _ => false,
    };

    private bool IsMethodGroup(string name) => _bodies.Keys.First().SyntaxTree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>().Any(mention => mention.Identifier.Text == name
        && (mention.Parent is MemberAccessExpressionSyntax access && access.Name == mention ? access.Parent : mention.Parent) is not InvocationExpressionSyntax);
}
