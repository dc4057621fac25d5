using Ddpg.Kernel.Execution;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Ddpg.Kernel.Jupyter.Intelligence;

/// <summary>Completes the word at the cursor from the compiler's own knowledge of the session: members after a dot, names in scope, named arguments, initialisers.</summary>
internal static class Completer
{
    private const int MaximumItems = 1000;

    // Stands where the word is, so that the code before it parses as it will when the word is complete.
    private const string Probe = "ddpg__probe";

    public static Completions Complete(CellSession session, string code, int cursor)
    {
        int start = cursor;
        while (start > 0 && SyntaxFacts.IsIdentifierPartCharacter(code[start - 1])) start--;
        string prefix = code[start..cursor];
        if (CompleteMagic(code, start, cursor) is { } magics) return magics;
        if (prefix.Length > 0 && char.IsAsciiDigit(prefix[0])) return new Completions([], start, cursor);

        (SyntaxTree tree, SemanticModel model) = session.Bind(WithProbe(code, start, cursor));
        SyntaxNode root = tree.GetRoot();
        SyntaxToken token = root.FindToken(start);
        // In a comment or a string the probe became part of it.
        if (token.Text != Probe || token.Parent is not SyntaxNode name) return new Completions([], start, cursor);

        IEnumerable<Completion> items = MemberSymbols(name, model, start) is { } members
            ? Distinct(members)
            : InScope(name, model, start);
        // The case as typed first: `sta` means `static` before `Stack`.
        IEnumerable<Completion> matching = items.Where(item => item.Text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)).OrderBy(item => item.Text.StartsWith(prefix, StringComparison.Ordinal) ? 0 : 1);
        return new Completions([.. matching.Take(MaximumItems)], start, cursor);
    }

    private static Completions? CompleteMagic(string code, int start, int cursor)
    {
        int line = code.LastIndexOf('\n', Math.Max(0, start - 1)) + 1;
        if (start == 0) line = 0;
        string before = code[line..cursor];
        if (!before.StartsWith('#') || before.Contains(' ', StringComparison.Ordinal)) return null;
        return new Completions([.. CellSession.Magics.Where(magic => magic.StartsWith(before, StringComparison.Ordinal)).Select(magic => new Completion(magic, "magic"))], line, cursor);
    }

    private static string WithProbe(string code, int start, int cursor)
    {
        int end = cursor;
        while (end < code.Length && SyntaxFacts.IsIdentifierPartCharacter(code[end])) end++;
        int lineEnd = code.IndexOf('\n', end);
        string restOfLine = lineEnd < 0 ? code[end..] : code[end..lineEnd];
        // Without the semicolon `text.⎵` would take the next line's first word for the name of a variable of type `text.probe`.
        return string.Concat(code.AsSpan(0, start), Probe, string.IsNullOrWhiteSpace(restOfLine) ? ";" : "", code.AsSpan(end));
    }

    /// <summary>The members to choose from when the word follows a dot or stands in an initialiser; null when it does neither.</summary>
    private static IEnumerable<ISymbol>? MemberSymbols(SyntaxNode name, SemanticModel model, int position) => name.Parent switch
    {
        MemberAccessExpressionSyntax access when access.Name == name => MembersOf(access.Expression, model, position),
        MemberBindingExpressionSyntax binding => MembersOfType(ReceiverOf(binding, model), model, position),
        QualifiedNameSyntax qualified when qualified.Right == name => MembersOf(qualified.Left, model, position),
        InitializerExpressionSyntax initializer => Settable(initializer, model, position),
        AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax initializer } assignment when assignment.Left == name => Settable(initializer, model, position),
        _ => null,
    };

    private static IEnumerable<ISymbol> MembersOf(SyntaxNode left, SemanticModel model, int position)
    {
        ISymbol? symbol = model.GetSymbolInfo(left).Symbol;
        if (symbol is IAliasSymbol alias) symbol = alias.Target;
        return symbol switch
        {
            INamespaceSymbol space => model.LookupNamespacesAndTypes(position, space),
            ITypeSymbol type => model.LookupStaticMembers(position, type),
            _ => MembersOfType(model.GetTypeInfo(left).Type, model, position),
        };
    }

    private static IEnumerable<ISymbol> MembersOfType(ITypeSymbol? type, SemanticModel model, int position) => type is null or IErrorTypeSymbol
        ? []
        : model.LookupSymbols(position, type, includeReducedExtensionMethods: true).Where(symbol => !symbol.IsStatic && symbol is not ITypeSymbol);

    private static ITypeSymbol? ReceiverOf(MemberBindingExpressionSyntax binding, SemanticModel model)
    {
        ConditionalAccessExpressionSyntax? access = binding.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>();
        ITypeSymbol? type = access is null ? null : model.GetTypeInfo(access.Expression).Type;
        return type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : type;
    }

    private static IEnumerable<ISymbol>? Settable(InitializerExpressionSyntax initializer, SemanticModel model, int position)
    {
        ITypeSymbol? type = initializer.Parent switch
        {
            WithExpressionSyntax with => model.GetTypeInfo(with.Expression).Type,
            BaseObjectCreationExpressionSyntax creation => model.GetTypeInfo(creation).Type,
            _ => null,
        };
        // A list's braces hold elements, not members: `new List<int> { count }`. One word alone does not tell which it will be.
        if (type is null || (initializer.IsKind(SyntaxKind.CollectionInitializerExpression) && type.AllInterfaces.Any(face => face.SpecialType == SpecialType.System_Collections_IEnumerable))) return null;
        HashSet<string> taken = [.. initializer.Expressions.OfType<AssignmentExpressionSyntax>().Select(assignment => assignment.Left.ToString())];
        return MembersOfType(type, model, position).Where(symbol => !taken.Contains(symbol.Name) && symbol is IFieldSymbol { IsReadOnly: false } or IPropertySymbol { SetMethod: not null, IsIndexer: false });
    }

    private static IEnumerable<Completion> InScope(SyntaxNode name, SemanticModel model, int position)
    {
        IEnumerable<Completion> keywords = name.Parent is UsingDirectiveSyntax ? [] : SymbolText.Keywords.Select(keyword => new Completion(keyword, "keyword"));
        return [.. NamedArguments(name, model), .. Distinct(model.LookupSymbols(position)), .. keywords];
    }

    private static IEnumerable<Completion> NamedArguments(SyntaxNode name, SemanticModel model)
    {
        if (name.Parent is not ArgumentSyntax { NameColon: null, Parent: ArgumentListSyntax { Parent: { } call } }) return [];
        return SymbolText.Overloads(call, model)
            .SelectMany(method => method.Parameters)
            .DistinctBy(parameter => parameter.Name)
            .Select(parameter => new Completion(parameter.Name + ":", "parameter", SymbolText.Short(parameter.Type)));
    }

    private static IEnumerable<Completion> Distinct(IEnumerable<ISymbol> symbols) => symbols
        .Where(symbol => symbol.CanBeReferencedByName && !symbol.IsImplicitlyDeclared && symbol.Name != Probe && SymbolText.IsBrowsable(symbol))
        .GroupBy(symbol => symbol.Name, StringComparer.Ordinal)
        .Select(group => group.First())
        .OrderBy(SymbolText.Rank)
        .ThenBy(symbol => symbol.Name, StringComparer.OrdinalIgnoreCase)
        .ThenBy(symbol => symbol.Name, StringComparer.Ordinal)
        .Select(symbol => new Completion(SymbolText.Escaped(symbol.Name), SymbolText.Kind(symbol), SymbolText.Signature(symbol)));
}
