using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Ddpg.Kernel.Execution;

/// <param name="Names">What it may call of its own cell, by <see cref="FunctionNames"/>.</param>
/// <param name="CallsUnknown">Whether it may run code that is not in sight: a library's, which may call back, or a delegate's.</param>
/// <param name="CallsImplicitly">Whether it may run a function that is never named, of a type that does not exist yet.</param>
internal sealed record FunctionBody(IReadOnlySet<string> Names, bool CallsUnknown, bool CallsImplicitly)
{
    private static readonly HashSet<string> HarmlessTypes = ["Math", "MathF", "BitOperations"];

    /// <summary>Of random generators, strings and spans: small, hot, and they call nothing unless a class of the reader's has such a method.</summary>
    private static readonly HashSet<string> HarmlessMethods =
        ["AsSpan", "EndsWith", "Next", "NextDouble", "NextInt64", "NextSingle", "PadLeft", "PadRight", "Slice", "StartsWith", "Substring", "ToLowerInvariant", "ToUpperInvariant", "Trim"];

    /// <summary>A function of the cell's that has such a name says little: the call may as well be a library's.</summary>
    private static readonly HashSet<string> CommonMethods =
        ["Add", "All", "Any", "Apply", "BeginInvoke", "CompareTo", "Compare", "Contains", "DynamicInvoke", "Equals", "First", "ForEach", "GetHashCode", "GetOrAdd", "Invoke", "MoveNext", "Run", "Select", "Sort", "Start", "Sum", "ToString", "Wait", "Where"];

    private static readonly HashSet<string> LazyProperties = ["Current", "Result", "Value"];

    internal static FunctionBody Of(SyntaxNode function, Func<string, bool> isOwn, HashSet<string> variables, IReadOnlySet<string> earlier)
    {
        var names = new HashSet<string>(StringComparer.Ordinal) { FunctionNames.Conversion };
        (bool unknown, bool isImplicit) = (false, false);
        foreach (SyntaxNode node in Nodes(function))
        {
            switch (node)
            {
                case SimpleNameSyntax name:
                    names.Add(name.Identifier.Text);
                    unknown |= LazyProperties.Contains(name.Identifier.Text) && node.Parent is MemberAccessExpressionSyntax or MemberBindingExpressionSyntax;
                    break;
                case InvocationExpressionSyntax call:
                    (bool isUnknown, bool mayBe) = Call(call.Expression, isOwn, variables);
                    (unknown, isImplicit) = (unknown || isUnknown, isImplicit || mayBe);
                    break;
                case ObjectCreationExpressionSyntax created:
                    unknown |= IsCollection(created.Initializer) || !isOwn(Rightmost(created.Type)) && (created.ArgumentList?.Arguments.Count > 0 || IsTypeParameter(created.Type));
                    break;
                case ImplicitObjectCreationExpressionSyntax created:
                    names.Add(FunctionNames.AnyConstructor);
                    unknown |= IsCollection(created.Initializer) || created.ArgumentList.Arguments.Count > 0;
                    break;
                case ElementAccessExpressionSyntax or ElementBindingExpressionSyntax or ImplicitElementAccessSyntax:
                    names.UnionWith([FunctionNames.Indexer, "Equals", "GetHashCode"]);
                    isImplicit = true;
                    break;
                case BinaryExpressionSyntax or AssignmentExpressionSyntax or PrefixUnaryExpressionSyntax or PostfixUnaryExpressionSyntax:
                    isImplicit |= AddOperator(node, names);
                    break;
                case InterpolationSyntax:
                    names.Add("ToString");
                    isImplicit = true;
                    break;
                case CommonForEachStatementSyntax or UsingStatementSyntax or AwaitExpressionSyntax or QueryExpressionSyntax or WithExpressionSyntax or FixedStatementSyntax
                    or LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 } or RecursivePatternSyntax or ListPatternSyntax or CollectionExpressionSyntax or TupleExpressionSyntax { Parent: AssignmentExpressionSyntax }:
                    unknown = true;
                    break;
            }
        }

        return new(names, unknown || names.Overlaps(earlier), isImplicit && !IsPlain(function));
    }

    /// <summary>The function's own code: not that of functions inside it, which are called by name or by delegate.</summary>
    private static IEnumerable<SyntaxNode> Nodes(SyntaxNode function)
    {
        if (function is not TypeDeclarationSyntax type) return function.DescendantNodes(node => node == function || !IsNested(node));
        IEnumerable<SyntaxNode?> initialisers =
        [
            type.BaseList,
            .. type.Members.OfType<FieldDeclarationSyntax>().SelectMany(field => field.Declaration.Variables).Select(variable => variable.Initializer),
            .. type.Members.OfType<PropertyDeclarationSyntax>().Select(property => property.Initializer),
        ];
        return initialisers.OfType<SyntaxNode>().SelectMany(initialiser => initialiser.DescendantNodes(node => !IsNested(node)));
    }

    private static bool IsNested(SyntaxNode node) => node is LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax;

    private static (bool IsUnknown, bool MayBe) Call(ExpressionSyntax callee, Func<string, bool> isOwn, HashSet<string> variables)
    {
        switch (callee)
        {
            case IdentifierNameSyntax { Identifier.Text: "nameof" }:
                return (false, false);
            case SimpleNameSyntax name:
                return (!isOwn(name.Identifier.Text) || variables.Contains(name.Identifier.Text), false);
            case MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax type } when HarmlessTypes.Contains(type.Identifier.Text):
                return (false, false);
            case MemberAccessExpressionSyntax { Name.Identifier.Text: var member }:
                if (HarmlessMethods.Contains(member)) return (false, true);
                return (!isOwn(member) || variables.Contains(member) || CommonMethods.Contains(member), false);
            default:
                return (true, false);
        }
    }

    private static bool AddOperator(SyntaxNode node, HashSet<string> names)
    {
        SyntaxToken token = node switch
        {
            BinaryExpressionSyntax binary => binary.OperatorToken,
            AssignmentExpressionSyntax assignment => assignment.OperatorToken,
            PrefixUnaryExpressionSyntax unary => unary.OperatorToken,
            _ => ((PostfixUnaryExpressionSyntax)node).OperatorToken,
        };
        names.Add(FunctionNames.Operator(token));
        if (token.Text is "&&" or "||") names.Add(FunctionNames.Operator(token)[..^1]);
        if (token.Text is "==" or "!=") names.Add("Equals");
        if (token.Text is not ("+" or "+=")) return false;
        names.Add("ToString");
        return true;
    }

    /// <summary>Whether its elements go to <c>Add</c>; assignments name what they set.</summary>
    private static bool IsCollection(InitializerExpressionSyntax? initializer) => initializer.IsKind(SyntaxKind.CollectionInitializerExpression);

    private static string Rightmost(TypeSyntax type) => type switch
    {
        SimpleNameSyntax name => name.Identifier.Text,
        QualifiedNameSyntax name => name.Right.Identifier.Text,
        AliasQualifiedNameSyntax name => name.Name.Identifier.Text,
        _ => "",
    };

    private static bool IsTypeParameter(TypeSyntax type) => type is IdentifierNameSyntax name
        && type.Ancestors().SelectMany(ancestor => ancestor.ChildNodes().OfType<TypeParameterListSyntax>()).Any(list => list.Parameters.Any(parameter => parameter.Identifier.Text == name.Identifier.Text));

    /// <summary>Whether it takes and returns numbers and arrays of them only, whose operators and indexers are the language's own.</summary>
    private static bool IsPlain(SyntaxNode function)
    {
        (TypeSyntax? result, ParameterListSyntax? parameters) = function switch
        {
            MethodDeclarationSyntax method => (method.ReturnType, method.ParameterList),
            LocalFunctionStatementSyntax local => (local.ReturnType, local.ParameterList),
            _ => (null, null),
        };
        return result is not null && IsNumber(result) && parameters!.Parameters.All(parameter => parameter.Type is { } type && IsNumber(type))
            && !function.DescendantNodes().Any(node => node is InterpolatedStringExpressionSyntax or LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression });
    }

    private static bool IsNumber(TypeSyntax type) => type switch
    {
        ArrayTypeSyntax array => IsNumber(array.ElementType),
        PredefinedTypeSyntax { Keyword.RawKind: var keyword } => (SyntaxKind)keyword is not (SyntaxKind.ObjectKeyword or SyntaxKind.StringKeyword),
        _ => false,
    };
}
