using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Ddpg.Kernel.Execution;

/// <summary>What to do about compile errors whose own words mislead in a notebook.</summary>
internal static class CompileHints
{
    /// <summary>The error with a hint behind the compiler's words, where there is one.</summary>
    internal static CellError With(CellError error, string code)
    {
        if (UsingDeclaration(code) is not { } hint) return error;
        return error with { Diagnostics = [.. error.Diagnostics, hint], Traceback = [.. error.Traceback, hint] };
    }

    /// <summary>A using declaration at the top level, which C# scripts do not know: they read a using directive that lacks its semicolon, and then an assignment.</summary>
    private static string? UsingDeclaration(string code)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(MagicParser.Blank(code), ScriptCompiler.ParseOptions);
        // Behind other statements the compiler skips the words altogether.
        foreach (SyntaxToken word in tree.GetRoot().DescendantTokens(descendIntoTrivia: true).Where(token => token.IsKind(SyntaxKind.UsingKeyword)))
        {
            if (word.Parent!.Ancestors().Any(ancestor => ancestor is BlockSyntax or TypeDeclarationSyntax)) continue;
            // Read again as it would stand inside a function.
            string rest = tree.GetText().ToString(Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(word.SpanStart, tree.Length));
            if (SyntaxFactory.ParseStatement(rest) is not LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 } declared) continue;
            VariableDeclaratorSyntax? variable = declared.Declaration.Variables.FirstOrDefault();
            if (variable is not { Initializer: { } initializer, Identifier: { IsMissing: false, Text: var name } }) continue;
            (int line, int column) = tree.GetLineSpan(word.Span).StartLinePosition is var place ? (place.Line + 1, place.Character + 1) : default;
            return $"({line},{column}): hint: a C# script has no 'using' declaration at its top level. Put it into a block, {{ using {declared.Declaration.Type} {name} = …; … }}, "
                + $"or write {declared.Declaration.Type} {name} {initializer.EqualsToken} {Short(initializer.Value.ToString())}; and at the end {name}.Dispose();";
        }

        return null;
    }

    private static string Short(string text) => text.Length <= 60 && !text.Contains('\n', StringComparison.Ordinal) ? text : "…";
}
