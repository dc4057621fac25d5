using System.Text;
using Ddpg.Kernel.Execution;
using Ddpg.Kernel.Formatting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Ddpg.Kernel.Jupyter.Intelligence;

/// <summary>Says what the name at the cursor is: declaration, overloads, and what its XML documentation says.</summary>
internal static class Inspector
{
    private const int MaximumOverloads = 24;

    /// <summary>The expression of a cell that only asks, <c>agent.Update?</c>; null for any other cell. No C# statement ends in a question mark.</summary>
    public static string? PagedExpression(string code)
    {
        string text = code.Trim();
        if (!text.EndsWith('?') || text.Contains('\n', StringComparison.Ordinal)) return null;
        string expression = text.TrimEnd('?').Trim();
        return expression.Length > 0 && expression.All(c => SyntaxFacts.IsIdentifierPartCharacter(c) || c is '.' or '<' or '>' or ',' or ' ') ? expression : null;
    }

    /// <summary>The description as plain text and Markdown; null when there is no name at the cursor or nothing is known of it.</summary>
    public static MimeBundle? Describe(CellSession session, string code, int cursor, bool detailed)
    {
        (SyntaxTree tree, SemanticModel model) = session.Bind(code);
        List<ISymbol> symbols = SymbolsAt(tree.GetRoot(), model, code, cursor);
        if (symbols.Count == 0) return null;

        ISymbol first = symbols[0];
        Documentation? documentation = Documentation.Find(first);
        if (documentation is null && VariableType(first) is { } type) documentation = Documentation.Find(type);
        List<string> declarations = [.. symbols.Select(SymbolText.Declaration).Distinct(StringComparer.Ordinal)];
        if (first is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } named)
            declarations.AddRange(named.InstanceConstructors.Where(constructor => constructor is { DeclaredAccessibility: Accessibility.Public, IsImplicitlyDeclared: false }).Select(SymbolText.Declaration));

        string shown = Declarations(declarations);
        return new MimeBundle
        {
            { "text/plain", documentation is null ? shown : $"{shown}\n\n{documentation.ToText(detailed)}" },
            { "text/markdown", documentation is null ? $"```csharp\n{shown}\n```" : $"```csharp\n{shown}\n```\n\n{documentation.ToText(detailed).Replace("\n", "\n\n", StringComparison.Ordinal)}" },
        };
    }

    private static string Declarations(List<string> declarations)
    {
        StringBuilder text = new();
        text.AppendJoin('\n', declarations.Take(MaximumOverloads));
        if (declarations.Count > MaximumOverloads) text.Append('\n').Append("// and ").Append(declarations.Count - MaximumOverloads).Append(" more");
        return text.ToString();
    }

    private static ITypeSymbol? VariableType(ISymbol symbol) => symbol switch
    {
        ILocalSymbol local => local.Type,
        IParameterSymbol parameter => parameter.Type,
        IFieldSymbol field => field.Type,
        IPropertySymbol property => property.Type,
        _ => null,
    };

    private static List<ISymbol> SymbolsAt(SyntaxNode root, SemanticModel model, string code, int cursor)
    {
        // At the end of a word the cursor stands on what follows it.
        bool afterWord = cursor > 0 && cursor <= code.Length && SyntaxFacts.IsIdentifierPartCharacter(code[cursor - 1]) && (cursor == code.Length || !SyntaxFacts.IsIdentifierPartCharacter(code[cursor]));
        SyntaxToken token = root.FindToken(Math.Min(afterWord ? cursor - 1 : cursor, root.FullSpan.End));
        if (IsName(token) && token.Parent is { } node && token.Span.Contains(afterWord ? cursor - 1 : cursor)) return SymbolsOf(node, model);

        // Between the parentheses of a call: what is called, with its parameters.
        SyntaxToken before = root.FindToken(Math.Max(0, Math.Min(cursor, code.Length) - 1));
        SyntaxNode? call = before.Parent?.FirstAncestorOrSelf<ArgumentListSyntax>(list => list.OpenParenToken.SpanStart < cursor)?.Parent;
        return call is null ? [] : [.. SymbolText.Overloads(call, model)];
    }

    private static bool IsName(SyntaxToken token) => token.IsKind(SyntaxKind.IdentifierToken) || token.Parent is PredefinedTypeSyntax;

    private static List<ISymbol> SymbolsOf(SyntaxNode node, SemanticModel model)
    {
        List<ISymbol> found = [];
        SymbolInfo info = model.GetSymbolInfo(node);
        if (info.Symbol is { } symbol) found.Add(symbol is IAliasSymbol alias ? alias.Target : symbol);
        foreach (ISymbol member in model.GetMemberGroup(node).Concat(info.CandidateSymbols))
            if (!found.Contains(member, SymbolEqualityComparer.Default)) found.Add(member);
        if (found.Count == 0 && model.GetDeclaredSymbol(node) is { } declared) found.Add(declared);
        if (found.Count == 0 && model.GetTypeInfo(node).Type is { TypeKind: not TypeKind.Error } type) found.Add(type);
        found.RemoveAll(candidate => candidate is IErrorTypeSymbol);
        return found;
    }
}
