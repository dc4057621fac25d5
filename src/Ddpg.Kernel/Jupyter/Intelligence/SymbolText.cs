using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Ddpg.Kernel.Jupyter.Intelligence;

/// <summary>How a symbol is named and shown to a reader.</summary>
internal static class SymbolText
{
    private static readonly SymbolDisplayFormat Full = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameOnly,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeTypeConstraints,
        memberOptions: SymbolDisplayMemberOptions.IncludeType | SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeContainingType | SymbolDisplayMemberOptions.IncludeConstantValue | SymbolDisplayMemberOptions.IncludeRef,
        delegateStyle: SymbolDisplayDelegateStyle.NameAndSignature,
        extensionMethodStyle: SymbolDisplayExtensionMethodStyle.InstanceMethod,
        parameterOptions: SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName | SymbolDisplayParameterOptions.IncludeDefaultValue | SymbolDisplayParameterOptions.IncludeParamsRefOut,
        propertyStyle: SymbolDisplayPropertyStyle.ShowReadWriteDescriptor,
        localOptions: SymbolDisplayLocalOptions.IncludeType | SymbolDisplayLocalOptions.IncludeConstantValue,
        kindOptions: SymbolDisplayKindOptions.IncludeTypeKeyword | SymbolDisplayKindOptions.IncludeNamespaceKeyword,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    private static readonly string[] ContextualKeywords = ["async", "await", "dynamic", "init", "nameof", "not", "record", "required", "var", "when", "where", "with", "yield"];

    /// <summary>The words of the language.</summary>
    public static IReadOnlyList<string> Keywords { get; } =
        [.. SyntaxFacts.GetReservedKeywordKinds().Select(SyntaxFacts.GetText).Where(text => char.IsAsciiLetterLower(text[0]) && !text.StartsWith("__", StringComparison.Ordinal)).Concat(ContextualKeywords).Order(StringComparer.Ordinal)];

    public static string Short(ISymbol symbol) => symbol.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);

    /// <summary>The whole declaration: type, containing type, parameters with their defaults.</summary>
    public static string Declaration(ISymbol symbol)
    {
        string text = symbol.ToDisplayString(Full);
        // A submission's variables are members of a class that the reader never wrote.
        if (symbol.ContainingType is { IsScriptClass: true } script) text = text.Replace(script.Name + ".", "", StringComparison.Ordinal);
        return text;
    }

    /// <summary>What stands beside a name in a list of completions.</summary>
    public static string Signature(ISymbol symbol) => symbol switch
    {
        IMethodSymbol method => $"({string.Join(", ", method.Parameters.Select(parameter => $"{Minimal(parameter.Type)} {parameter.Name}"))}) → {Minimal(method.ReturnType)}",
        IPropertySymbol property => Minimal(property.Type),
        IFieldSymbol field => Minimal(field.Type),
        ILocalSymbol local => Minimal(local.Type),
        IParameterSymbol parameter => Minimal(parameter.Type),
        IEventSymbol @event => Minimal(@event.Type),
        _ => "",
    };

    /// <summary>The kind as front ends know it.</summary>
    public static string Kind(ISymbol symbol) => symbol switch
    {
        IMethodSymbol => "function",
        IPropertySymbol => "property",
        IFieldSymbol { ContainingType.IsScriptClass: true } => "variable",
        IFieldSymbol => "field",
        ILocalSymbol or IParameterSymbol or IRangeVariableSymbol => "variable",
        IEventSymbol => "event",
        INamespaceSymbol => "module",
        ITypeParameterSymbol => "type",
        INamedTypeSymbol type => type.TypeKind switch { TypeKind.Interface => "interface", TypeKind.Enum => "enum", TypeKind.Struct => "struct", TypeKind.Delegate => "function", _ => "class" },
        _ => "variable",
    };

    /// <summary>What the reader has just written comes first, the rest of the framework last.</summary>
    public static int Rank(ISymbol symbol) => symbol switch
    {
        ILocalSymbol or IParameterSymbol or IRangeVariableSymbol => 0,
        { ContainingType.IsScriptClass: true } => 1,
        IFieldSymbol or IPropertySymbol => 2,
        IMethodSymbol or IEventSymbol => 3,
        INamedTypeSymbol => 4,
        _ => 5,
    };

    /// <summary>False for members that their author hides from lists.</summary>
    public static bool IsBrowsable(ISymbol symbol) => !symbol.GetAttributes().Any(attribute =>
        attribute.AttributeClass?.Name == "EditorBrowsableAttribute" && attribute.ConstructorArguments is [{ Value: 1 }]);

    /// <summary>A name as it is written in code.</summary>
    public static string Escaped(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;

    /// <summary>The methods or constructors that a call may mean.</summary>
    public static IEnumerable<IMethodSymbol> Overloads(SyntaxNode call, SemanticModel model)
    {
        switch (call)
        {
            case InvocationExpressionSyntax invocation:
                IEnumerable<IMethodSymbol> group = model.GetMemberGroup(invocation.Expression).OfType<IMethodSymbol>();
                return group.Any() ? group : model.GetTypeInfo(invocation.Expression).Type is INamedTypeSymbol { DelegateInvokeMethod: { } invoke } ? [invoke] : [];
            case BaseObjectCreationExpressionSyntax creation:
                return model.GetTypeInfo(creation).Type is INamedTypeSymbol type ? type.InstanceConstructors.Where(constructor => constructor.DeclaredAccessibility == Accessibility.Public) : [];
            default:
                return [];
        }
    }

    private static string Minimal(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
}
