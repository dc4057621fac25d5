using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Ddpg.Kernel.Execution;

/// <summary>By what names the code of a cell calls its functions; what is called without a name (an operator, an indexer) has one that no identifier can have.</summary>
internal static class FunctionNames
{
    internal const string Indexer = "this[]";
    internal const string AnyConstructor = "new()";
    internal const string Conversion = "(conversion)";

    internal static IEnumerable<string> Of(SyntaxNode function) => function switch
    {
        MethodDeclarationSyntax method => [method.Identifier.Text],
        LocalFunctionStatementSyntax local => [local.Identifier.Text],
        ConstructorDeclarationSyntax constructor => [constructor.Identifier.Text, AnyConstructor],
        TypeDeclarationSyntax type => [type.Identifier.Text, AnyConstructor],
        OperatorDeclarationSyntax { OperatorToken.RawKind: (int)SyntaxKind.TrueKeyword or (int)SyntaxKind.FalseKeyword } => [Conversion],
        OperatorDeclarationSyntax declared => [Operator(declared.OperatorToken)],
        ConversionOperatorDeclarationSyntax => [Conversion],
        PropertyDeclarationSyntax property => [property.Identifier.Text],
        IndexerDeclarationSyntax => [Indexer],
        AccessorDeclarationSyntax { Parent.Parent: PropertyDeclarationSyntax property } => [property.Identifier.Text],
        AccessorDeclarationSyntax { Parent.Parent: EventDeclarationSyntax declared } => [declared.Identifier.Text],
        AccessorDeclarationSyntax { Parent.Parent: IndexerDeclarationSyntax } => [Indexer],
        _ => [],
    };

    /// <summary>The name of a variable, parameter or field, which may hold a delegate and hide a function.</summary>
    internal static string? OfVariable(SyntaxNode node) => node switch
    {
        VariableDeclaratorSyntax variable => variable.Identifier.Text,
        ParameterSyntax parameter => parameter.Identifier.Text,
        SingleVariableDesignationSyntax variable => variable.Identifier.Text,
        PropertyDeclarationSyntax { ExpressionBody: null } property => property.Identifier.Text,
        _ => null,
    };

    /// <summary><c>+</c> and <c>+=</c> have the same name, as either may call the other's function.</summary>
    internal static string Operator(SyntaxToken token) =>
        "operator " + (token.Text.Length > 1 && token.Text.EndsWith('=') && token.Text is not ("==" or "!=" or "<=" or ">=") ? token.Text[..^1] : token.Text);
}
