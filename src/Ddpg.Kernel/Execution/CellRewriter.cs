using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Ddpg.Kernel.Execution;

/// <summary>
/// Adds to a cell what keeps the session alive and stoppable, without a new line, so that lines stay those of the reader:
/// top-level awaits come back to the cell's thread, and functions that can call themselves check the stack. Other functions are left as they are,
/// so that the JIT inlines and optimises them as in a library.
/// </summary>
internal sealed class CellRewriter : CSharpSyntaxRewriter
{
    private const string Runtime = "global::Ddpg.Kernel.Runtime.CellRuntime.";
    private readonly HashSet<SyntaxNode> _recursive;
    private readonly CalleeChecker _calleeChecker;
    private int _functionDepth;

    private CellRewriter(HashSet<SyntaxNode> recursive)
    {
        _recursive = recursive;
        _calleeChecker = new CalleeChecker([.. recursive.OfType<AnonymousFunctionExpressionSyntax>().Select(RecursiveFunctions.NameOf).OfType<string>()]);
    }

    internal static SyntaxTree Rewrite(SyntaxTree tree)
    {
        SyntaxNode root = tree.GetRoot();
        SyntaxNode rewritten = WithLines((CompilationUnitSyntax)new CellRewriter(RecursiveFunctions.In(root)).Visit(root), tree);
        return ReferenceEquals(root, rewritten) ? tree : tree.WithRootAndOptions(rewritten, tree.Options);
    }

    /// <summary>
    /// Each top-level statement is preceded by a note of its line; the rewriting before this keeps their number and order.
    /// Only where something is indexed, which is where the runtime loses lines: notes take memory for as long as the session lasts.
    /// </summary>
    private static CompilationUnitSyntax WithLines(CompilationUnitSyntax rewritten, SyntaxTree original)
    {
        if (!rewritten.DescendantNodes().Any(node => node is ElementAccessExpressionSyntax)) return rewritten;
        SyntaxList<MemberDeclarationSyntax> members = ((CompilationUnitSyntax)original.GetRoot()).Members;
        var withLines = new List<MemberDeclarationSyntax>();
        for (int index = 0; index < members.Count; index++)
        {
            MemberDeclarationSyntax member = rewritten.Members[index];
            if (members[index] is FieldDeclarationSyntax or GlobalStatementSyntax { Statement: not (LocalFunctionStatementSyntax or EmptyStatementSyntax) })
            {
                int line = original.GetLineSpan(members[index].Span).StartLinePosition.Line + 1;
                withLines.Add(GlobalStatement(ParseStatement(string.Create(CultureInfo.InvariantCulture, $"{Runtime}At({line});"))).WithLeadingTrivia(member.GetLeadingTrivia()));
                member = member.WithoutLeadingTrivia();
            }

            withLines.Add(member);
        }

        return rewritten.WithMembers(List(withLines));
    }

    public override SyntaxNode? VisitAwaitExpression(AwaitExpressionSyntax node)
    {
        var visited = (AwaitExpressionSyntax)base.VisitAwaitExpression(node)!;
        if (_functionDepth > 0) return visited;
        return visited.WithExpression(Call("OnCellThread", visited.Expression));
    }

    public override SyntaxNode? VisitMethodDeclaration(MethodDeclarationSyntax node) => Function(node, () => base.VisitMethodDeclaration(node), method =>
        method switch
        {
            MethodDeclarationSyntax { Body: { } body } m => m.WithBody(Checked(body)),
            MethodDeclarationSyntax { ExpressionBody: { } arrow } m => m.WithExpressionBody(null).WithSemicolonToken(default).WithBody(Checked(arrow, IsVoid(m.ReturnType, m.Modifiers), m.SemicolonToken)),
            _ => method,
        });

    public override SyntaxNode? VisitLocalFunctionStatement(LocalFunctionStatementSyntax node) => Function(node, () => base.VisitLocalFunctionStatement(node), function =>
        function switch
        {
            LocalFunctionStatementSyntax { Body: { } body } f => f.WithBody(Checked(body)),
            LocalFunctionStatementSyntax { ExpressionBody: { } arrow } f => f.WithExpressionBody(null).WithSemicolonToken(default).WithBody(Checked(arrow, IsVoid(f.ReturnType, f.Modifiers), f.SemicolonToken)),
            _ => function,
        });

    public override SyntaxNode? VisitConstructorDeclaration(ConstructorDeclarationSyntax node) => Function(node, () => base.VisitConstructorDeclaration(node), constructor =>
        constructor is ConstructorDeclarationSyntax { Body: { } body } c ? c.WithBody(Checked(body)) : constructor);

    public override SyntaxNode? VisitPropertyDeclaration(PropertyDeclarationSyntax node) => Function(node, () => base.VisitPropertyDeclaration(node), property =>
        property is PropertyDeclarationSyntax { ExpressionBody: { } arrow } p
            ? p.WithExpressionBody(null).WithSemicolonToken(default).WithAccessorList(AccessorList(SingletonList(
                AccessorDeclaration(SyntaxKind.GetAccessorDeclaration, Checked(arrow, isVoid: false, p.SemicolonToken)))))
            : property);

    public override SyntaxNode? VisitAccessorDeclaration(AccessorDeclarationSyntax node) => Function(node, () => base.VisitAccessorDeclaration(node), accessor =>
        accessor switch
        {
            AccessorDeclarationSyntax { Body: { } body } a => a.WithBody(Checked(body)),
            AccessorDeclarationSyntax { ExpressionBody: { } arrow } a => a.WithExpressionBody(null).WithSemicolonToken(default)
                .WithBody(Checked(arrow, !a.IsKind(SyntaxKind.GetAccessorDeclaration), a.SemicolonToken)),
            _ => accessor,
        });

    public override SyntaxNode? VisitSimpleLambdaExpression(SimpleLambdaExpressionSyntax node) => Function(node, () => base.VisitSimpleLambdaExpression(node), CheckedLambda);

    public override SyntaxNode? VisitParenthesizedLambdaExpression(ParenthesizedLambdaExpressionSyntax node) => Function(node, () => base.VisitParenthesizedLambdaExpression(node), CheckedLambda);

    public override SyntaxNode? VisitAnonymousMethodExpression(AnonymousMethodExpressionSyntax node) => Function(node, () => base.VisitAnonymousMethodExpression(node), method =>
        method is AnonymousMethodExpressionSyntax { Block: { } block } m ? m.WithBlock(Checked(block)) : method);

    private SyntaxNode? Function(SyntaxNode node, Func<SyntaxNode?> visitChildren, Func<SyntaxNode, SyntaxNode> addCheck)
    {
        _functionDepth++;
        SyntaxNode? visited = visitChildren();
        _functionDepth--;
        return visited is not null && _recursive.Contains(node) ? addCheck(visited) : visited;
    }

    private SyntaxNode CheckedLambda(SyntaxNode node) => node switch
    {
        LambdaExpressionSyntax { Block: { } block } lambda => lambda.WithBlock(Checked(block)),
        // Whether an expression is a value or nothing is not known here, so the check goes into what is called: f(n) becomes EnterFunction(f)(n).
        LambdaExpressionSyntax { ExpressionBody: { } body } lambda => lambda.WithExpressionBody((ExpressionSyntax)_calleeChecker.Visit(body)),
        _ => node,
    };

    private static BlockSyntax Checked(BlockSyntax block) => block.WithStatements(block.Statements.Insert(0, Check));

    private static BlockSyntax Checked(ArrowExpressionClauseSyntax arrow, bool isVoid, SyntaxToken semicolon)
    {
        ExpressionSyntax body = arrow.Expression.WithoutTrailingTrivia();
        StatementSyntax statement = body switch
        {
            ThrowExpressionSyntax thrown => ThrowStatement(thrown.Expression.WithLeadingTrivia(Space)),
            _ when isVoid => ExpressionStatement(body),
            _ => ReturnStatement(body.WithLeadingTrivia(Space)),
        };
        // The arrow's own trivia may hold line ends; keeping them keeps the reader's line numbers.
        return Block(Check, statement.WithLeadingTrivia(arrow.ArrowToken.LeadingTrivia.AddRange(arrow.ArrowToken.TrailingTrivia).AddRange(arrow.Expression.GetLeadingTrivia())))
            .WithTrailingTrivia(arrow.GetTrailingTrivia().AddRange(semicolon.TrailingTrivia));
    }

    private static StatementSyntax Check { get; } = ParseStatement(Runtime + "EnterFunction();");

    private static InvocationExpressionSyntax Call(string function, ExpressionSyntax argument) =>
        InvocationExpression(ParseExpression(Runtime + function), ArgumentList(SingletonSeparatedList(Argument(argument.WithoutTrivia()))))
            .WithLeadingTrivia(argument.GetLeadingTrivia()).WithTrailingTrivia(argument.GetTrailingTrivia());

    private static bool IsVoid(TypeSyntax type, SyntaxTokenList modifiers) =>
        type is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword }
        || (modifiers.Any(SyntaxKind.AsyncKeyword) && type is IdentifierNameSyntax or QualifiedNameSyntax { Right: IdentifierNameSyntax });

    private sealed class CalleeChecker(HashSet<string> lambdas) : CSharpSyntaxRewriter
    {
        public override SyntaxNode? VisitInvocationExpression(InvocationExpressionSyntax node)
        {
            var visited = (InvocationExpressionSyntax)base.VisitInvocationExpression(node)!;
            return visited.Expression is IdentifierNameSyntax callee && lambdas.Contains(callee.Identifier.Text) ? visited.WithExpression(Call("EnterFunction", callee)) : visited;
        }

        public override SyntaxNode? VisitSimpleLambdaExpression(SimpleLambdaExpressionSyntax node) => node;

        public override SyntaxNode? VisitParenthesizedLambdaExpression(ParenthesizedLambdaExpressionSyntax node) => node;
    }
}
