using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Ddpg.Kernel.Execution;

internal enum LambdaKind
{
    /// <summary>Returns its expression.</summary>
    Value,

    /// <summary>Its expression is a statement.</summary>
    NoValue,

    /// <summary>One of the two.</summary>
    Unknown,

    /// <summary>An expression tree, which holds no statements.</summary>
    Untouchable,
}

/// <summary>
/// Whether lambdas of a cell return their expression. Without the types it is not known whether <c>x => F(x)</c> does, and asking for them takes as long as compiling the cell:
/// so the usual is tried first, then the compiler is asked.
/// </summary>
internal sealed class LambdaKinds
{
    private readonly Func<SyntaxNode, LambdaKind> _of;

    private LambdaKinds(Func<SyntaxNode, LambdaKind> of) => _of = of;

    /// <summary>As if every one had a value and none were an expression tree.</summary>
    internal static LambdaKinds Guessed { get; } = new(static node => node is LambdaExpressionSyntax { ExpressionBody: { } body } && !IsValueOrCall(body) ? LambdaKind.NoValue : LambdaKind.Value);

    /// <summary>As if nothing may be changed.</summary>
    internal static LambdaKinds None { get; } = new(static _ => LambdaKind.Untouchable);

    /// <summary>What the compiler says.</summary>
    internal static LambdaKinds Asked(SemanticModel model) => new(node => node switch
    {
        _ when node.Ancestors().OfType<LambdaExpressionSyntax>().Any(outer => IsTree(model, outer)) => LambdaKind.Untouchable,
        LambdaExpressionSyntax lambda => Ask(model, lambda),
        QueryClauseSyntax clause => IsTree(model.GetQueryClauseInfo(clause).OperationInfo.Symbol) ? LambdaKind.Untouchable : LambdaKind.Value,
        SelectOrGroupClauseSyntax clause => IsTree(model.GetSymbolInfo(clause).Symbol) ? LambdaKind.Untouchable : LambdaKind.Value,
        _ => LambdaKind.Value,
    });

    internal LambdaKind Of(LambdaExpressionSyntax lambda) => _of(lambda);

    /// <summary>Whether a query's clause is code, not part of an expression tree.</summary>
    internal bool IsCode(SyntaxNode clause) => _of(clause) == LambdaKind.Value;

    private static bool IsValueOrCall(ExpressionSyntax body) => body is not (AssignmentExpressionSyntax or PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression });

    private static LambdaKind Ask(SemanticModel model, LambdaExpressionSyntax lambda)
    {
        if (IsTree(model, lambda)) return LambdaKind.Untouchable;
        if (model.GetSymbolInfo(lambda).Symbol is not IMethodSymbol method) return LambdaKind.Unknown;
        // An async lambda that returns a plain task has no value, whatever it awaits.
        bool isPlainTask = method.IsAsync && method.ReturnType is INamedTypeSymbol { Arity: 0 };
        return method.ReturnsVoid || isPlainTask ? LambdaKind.NoValue : LambdaKind.Value;
    }

    private static bool IsTree(SemanticModel model, LambdaExpressionSyntax lambda) => model.GetTypeInfo(lambda).ConvertedType is INamedTypeSymbol { Name: "Expression" or "LambdaExpression" };

    private static bool IsTree(ISymbol? symbol) => symbol is IMethodSymbol method && method.Parameters.Any(parameter => parameter.Type is INamedTypeSymbol { Name: "Expression" });
}
