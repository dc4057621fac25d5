using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Ddpg.Kernel.Execution;

/// <summary>
/// The functions of a cell that may call themselves, directly or through others of the cell. By name only, so some that do not are among them
/// (which costs them a check), and all that do, overrides and properties included. Lambdas go by the variable that holds them.
/// </summary>
internal static class RecursiveFunctions
{
    internal static HashSet<SyntaxNode> In(SyntaxNode root)
    {
        var functions = new Dictionary<SyntaxNode, string>();
        foreach (SyntaxNode node in root.DescendantNodes())
        {
            if (NameOf(node) is { } name) functions[node] = name;
        }

        if (functions.Count == 0) return [];
        ILookup<string, SyntaxNode> byName = functions.ToLookup(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);
        Dictionary<SyntaxNode, HashSet<string>> calls = functions.Keys.ToDictionary(node => node, NamesIn);
        return [.. functions.Keys.Where(function => Reaches(function, functions[function], calls, byName))];
    }

    internal static string? NameOf(SyntaxNode node) => node switch
    {
        MethodDeclarationSyntax method => method.Identifier.Text,
        LocalFunctionStatementSyntax function => function.Identifier.Text,
        ConstructorDeclarationSyntax constructor => constructor.Identifier.Text,
        PropertyDeclarationSyntax property => property.Identifier.Text,
        AccessorDeclarationSyntax { Parent.Parent: PropertyDeclarationSyntax property } => property.Identifier.Text,
        AnonymousFunctionExpressionSyntax { Parent: EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax variable } } => variable.Identifier.Text,
        AnonymousFunctionExpressionSyntax { Parent: AssignmentExpressionSyntax { Left: IdentifierNameSyntax variable } } => variable.Identifier.Text,
        _ => null,
    };

    private static HashSet<string> NamesIn(SyntaxNode function) =>
        [.. function.DescendantNodes().OfType<SimpleNameSyntax>().Select(name => name.Identifier.Text)];

    private static bool Reaches(SyntaxNode start, string target, Dictionary<SyntaxNode, HashSet<string>> calls, ILookup<string, SyntaxNode> byName)
    {
        var seen = new HashSet<SyntaxNode>();
        var open = new Stack<SyntaxNode>([start]);
        while (open.TryPop(out SyntaxNode? function))
        {
            if (calls[function].Contains(target)) return true;
            foreach (SyntaxNode called in calls[function].SelectMany(name => byName[name]))
            {
                if (seen.Add(called)) open.Push(called);
            }
        }

        return false;
    }
}
