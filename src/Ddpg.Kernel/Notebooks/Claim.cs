using System.Text;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Ddpg.Kernel.Notebooks;

/// <summary>
/// What a notebook's text says of a cell's results, as data beside it: a C# condition over the notebook's variables, one entry of the cell's metadata
/// <c>"claims": ["losses[^1] &lt; losses[0] / 10"]</c>. It must be true once the cell ran, whatever the seed and the processor.
/// </summary>
/// <param name="CellId">Of the cell that claims it.</param>
/// <param name="Condition">C#, of type bool.</param>
internal sealed record Claim(string CellId, string Condition)
{
    /// <summary>A cell to be run after the claiming one: it declares nothing, and throws, naming the compared values, unless the condition is true.</summary>
    internal string Check
    {
        get
        {
            // On lines of its own: the condition may end in a comment.
            var code = new StringBuilder($"if (\n{Condition}\n) {{ }}\nelse throw new System.InvalidOperationException(\"it is false\"");
            string separator = ": ";
            foreach (string operand in Compared(SyntaxFactory.ParseExpression(Condition)).Select(operand => operand.ToString()).Distinct())
            {
                string name = SymbolDisplay.FormatLiteral($"{separator}{operand} is ", quote: true);
                code.Append($"\n+ {name} + System.Convert.ToString((object)({operand}), System.Globalization.CultureInfo.InvariantCulture)");
                separator = ", ";
            }

            return code.Append(");").ToString();
        }
    }

    internal static IReadOnlyList<Claim> Of(NotebookCell cell) => [.. cell.Claims.Select(condition => new Claim(cell.Id, condition))];

    /// <summary>The condition on one line.</summary>
    public override string ToString() => string.Join(' ', Condition.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>What the comparisons compare, without the literals, which the condition shows already.</summary>
    private static IEnumerable<ExpressionSyntax> Compared(ExpressionSyntax expression) => expression switch
    {
        ParenthesizedExpressionSyntax inner => Compared(inner.Expression),
        PrefixUnaryExpressionSyntax inner when inner.Kind() is SyntaxKind.LogicalNotExpression => Compared(inner.Operand),
        IsPatternExpressionSyntax pattern => [pattern.Expression],
        BinaryExpressionSyntax both when both.Kind() is SyntaxKind.LogicalAndExpression or SyntaxKind.LogicalOrExpression => [.. Compared(both.Left), .. Compared(both.Right)],
        BinaryExpressionSyntax comparison when IsComparison(comparison.Kind()) => [.. new[] { comparison.Left, comparison.Right }.Where(operand => !IsLiteral(operand))],
        _ => [],
    };

    private static bool IsComparison(SyntaxKind kind) => kind is SyntaxKind.LessThanExpression or SyntaxKind.LessThanOrEqualExpression or SyntaxKind.GreaterThanExpression
        or SyntaxKind.GreaterThanOrEqualExpression or SyntaxKind.EqualsExpression or SyntaxKind.NotEqualsExpression;

    private static bool IsLiteral(ExpressionSyntax operand) => operand is LiteralExpressionSyntax or PrefixUnaryExpressionSyntax { Operand: LiteralExpressionSyntax };
}

/// <param name="Claim">What was claimed.</param>
/// <param name="CellNumber">Of all cells of the notebook, from 1.</param>
/// <param name="Failure">Null if it holds; else the compared values, or why it could not be judged.</param>
internal sealed record ClaimResult(Claim Claim, int CellNumber, string? Failure);
