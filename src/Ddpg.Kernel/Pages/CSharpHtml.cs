using System.Net;
using System.Text;
using Ddpg.Kernel.Execution;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Ddpg.Kernel.Pages;

/// <summary>C# as HTML with a span a token that deserves a colour. Works on syntax alone: no references are needed to show a page.</summary>
internal static class CSharpHtml
{
    internal static string Highlight(string code)
    {
        var html = new StringBuilder();
        // Magics are no C#; a line each, they are cut out of the code around them.
        var block = new List<string>();
        foreach (string line in MagicParser.SplitLines(code))
        {
            if (!line.TrimStart().StartsWith("#!", StringComparison.Ordinal))
            {
                block.Add(line);
                continue;
            }

            Append(html, block);
            html.Append("<span class=\"m\">").Append(WebUtility.HtmlEncode(line)).Append("</span>\n");
        }

        Append(html, block);
        return html.ToString().TrimEnd('\n');
    }

    private static void Append(StringBuilder html, List<string> block)
    {
        if (block.Count == 0) return;
        SyntaxNode root = CSharpSyntaxTree.ParseText(string.Join('\n', block), ScriptCompiler.ParseOptions).GetRoot();
        foreach (SyntaxToken token in root.DescendantTokens(descendIntoTrivia: false))
        {
            AppendTrivia(html, token.LeadingTrivia);
            Append(html, token.Text, ClassOf(token));
            AppendTrivia(html, token.TrailingTrivia);
        }

        html.Append('\n');
        block.Clear();
    }

    private static void AppendTrivia(StringBuilder html, SyntaxTriviaList trivia)
    {
        foreach (SyntaxTrivia item in trivia)
        {
            bool isComment = item.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia
                or SyntaxKind.SingleLineDocumentationCommentTrivia or SyntaxKind.MultiLineDocumentationCommentTrivia;
            Append(html, item.ToFullString(), isComment ? "c" : item.IsDirective ? "m" : null);
        }
    }

    private static void Append(StringBuilder html, string text, string? cssClass)
    {
        string encoded = WebUtility.HtmlEncode(text);
        if (cssClass is null || encoded.Length == 0) html.Append(encoded);
        else html.Append("<span class=\"").Append(cssClass).Append("\">").Append(encoded).Append("</span>");
    }

    private static string? ClassOf(SyntaxToken token)
    {
        if (token.IsKeyword() || IsContextualKeyword(token)) return "k";
        SyntaxKind kind = token.Kind();
        if (kind == SyntaxKind.NumericLiteralToken) return "n";
        if (kind is SyntaxKind.StringLiteralToken or SyntaxKind.CharacterLiteralToken or SyntaxKind.InterpolatedStringStartToken or SyntaxKind.InterpolatedStringEndToken
            or SyntaxKind.InterpolatedStringTextToken or SyntaxKind.InterpolatedVerbatimStringStartToken or SyntaxKind.SingleLineRawStringLiteralToken
            or SyntaxKind.MultiLineRawStringLiteralToken or SyntaxKind.InterpolatedSingleLineRawStringStartToken or SyntaxKind.InterpolatedMultiLineRawStringStartToken
            or SyntaxKind.InterpolatedRawStringEndToken) return "s";
        if (kind != SyntaxKind.IdentifierToken) return null;
        if (IsType(token)) return "t";
        return IsMethod(token) ? "f" : null;
    }

    private static bool IsContextualKeyword(SyntaxToken token) =>
        token.IsContextualKeyword() || (token.Text == "var" && token.Parent is IdentifierNameSyntax { Parent: VariableDeclarationSyntax or DeclarationExpressionSyntax or ForEachStatementSyntax });

    private static bool IsType(SyntaxToken token) => token.Parent switch
    {
        BaseTypeDeclarationSyntax => true,
        SimpleNameSyntax
        {
            Parent: VariableDeclarationSyntax or ParameterSyntax or ObjectCreationExpressionSyntax or TypeArgumentListSyntax or SimpleBaseTypeSyntax
            or ArrayTypeSyntax or NullableTypeSyntax or CastExpressionSyntax or TypeOfExpressionSyntax or MethodDeclarationSyntax or LocalFunctionStatementSyntax
            or PropertyDeclarationSyntax or ForEachStatementSyntax or DeclarationPatternSyntax or PrimaryConstructorBaseTypeSyntax or DefaultExpressionSyntax
        } name => IsTypeOf(name),
        GenericNameSyntax { Parent: MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax } or InvocationExpressionSyntax } => false,
        GenericNameSyntax => true,
        // Console.WriteLine, Math.Sqrt: a capitalised name on the left of a dot is nearly always a type.
        IdentifierNameSyntax { Parent: MemberAccessExpressionSyntax access } name => access.Expression == name && char.IsUpper(token.Text[0]),
        _ => false,
    };

    private static bool IsTypeOf(SimpleNameSyntax name) => name.Parent switch
    {
        CastExpressionSyntax cast => cast.Type == name,
        ForEachStatementSyntax loop => loop.Type == name,
        _ => true,
    };

    private static bool IsMethod(SyntaxToken token) => token.Parent switch
    {
        MethodDeclarationSyntax or LocalFunctionStatementSyntax => true,
        SimpleNameSyntax { Parent: InvocationExpressionSyntax } => true,
        SimpleNameSyntax { Parent: MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access } name => call.Expression == access && access.Name == name,
        _ => false,
    };
}
