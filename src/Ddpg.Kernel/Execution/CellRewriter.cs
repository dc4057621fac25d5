using System.Globalization;
using Ddpg.Kernel.Runtime;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Ddpg.Kernel.Execution;

/// <summary>
/// Adds to a cell what keeps the session alive and stoppable, without a new line, so that lines stay those of the reader:
/// top-level awaits come back to the cell's thread, functions that can call themselves check the stack, and loops and
/// lambdas look in every turn whether the cell is to stop.
/// </summary>
internal sealed class CellRewriter : CSharpSyntaxRewriter
{
    private const string Runtime = "global::Ddpg.Kernel.Runtime.CellRuntime.";
    private readonly HashSet<SyntaxNode> _recursive;
    private readonly CalleeChecker _calleeChecker;
    private readonly StatementSyntax _poll;
    private readonly LambdaPolls _lambdas;
    private int _functionDepth;

    private CellRewriter(HashSet<SyntaxNode> recursive, int session, LambdaPolls lambdas)
    {
        _recursive = recursive;
        _lambdas = lambdas;
        _poll = ParseStatement($"if ({Runtime}{CellRuntime.StopField(session)}) throw {Runtime}Stopped();");
        _calleeChecker = new CalleeChecker([.. recursive.OfType<AnonymousFunctionExpressionSyntax>().Select(RecursiveFunctions.NameOf).OfType<string>()]);
    }

    /// <param name="tree">The cell.</param>
    /// <param name="session">The session's number, for the field that its loops look at.</param>
    /// <param name="lambdas">Which lambdas look too.</param>
    internal static SyntaxTree Rewrite(SyntaxTree tree, int session, LambdaPolls lambdas)
    {
        SyntaxNode root = tree.GetRoot();
        SyntaxNode rewritten = WithLines((CompilationUnitSyntax)new CellRewriter(RecursiveFunctions.In(root), session, lambdas).Visit(root), tree);
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

    public override SyntaxNode? VisitWhileStatement(WhileStatementSyntax node)
    {
        var loop = (WhileStatementSyntax)base.VisitWhileStatement(node)!;
        return loop.WithStatement(Polled(loop.Statement));
    }

    public override SyntaxNode? VisitDoStatement(DoStatementSyntax node)
    {
        var loop = (DoStatementSyntax)base.VisitDoStatement(node)!;
        return loop.WithStatement(Polled(loop.Statement));
    }

    public override SyntaxNode? VisitForStatement(ForStatementSyntax node)
    {
        var loop = (ForStatementSyntax)base.VisitForStatement(node)!;
        return loop.WithStatement(Polled(loop.Statement));
    }

    public override SyntaxNode? VisitForEachStatement(ForEachStatementSyntax node)
    {
        var loop = (ForEachStatementSyntax)base.VisitForEachStatement(node)!;
        return loop.WithStatement(Polled(loop.Statement));
    }

    public override SyntaxNode? VisitForEachVariableStatement(ForEachVariableStatementSyntax node)
    {
        var loop = (ForEachVariableStatementSyntax)base.VisitForEachVariableStatement(node)!;
        return loop.WithStatement(Polled(loop.Statement));
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

    public override SyntaxNode? VisitSimpleLambdaExpression(SimpleLambdaExpressionSyntax node) => PolledLambda(Function(node, () => base.VisitSimpleLambdaExpression(node), CheckedLambda));

    public override SyntaxNode? VisitParenthesizedLambdaExpression(ParenthesizedLambdaExpressionSyntax node) => PolledLambda(Function(node, () => base.VisitParenthesizedLambdaExpression(node), CheckedLambda));

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

    private BlockSyntax Polled(StatementSyntax body) => body is BlockSyntax block ? block.WithStatements(block.Statements.Insert(0, _poll)) : Block(_poll, body);

    /// <summary>A library's loop that calls a lambda of the cell (all of LINQ) can be stopped there.</summary>
    private SyntaxNode? PolledLambda(SyntaxNode? node) => node switch
    {
        LambdaExpressionSyntax when _lambdas == LambdaPolls.None => node,
        LambdaExpressionSyntax { Block: { } block } lambda => lambda.WithBlock(Polled(block)),
        LambdaExpressionSyntax { ExpressionBody: { } body } lambda when (_lambdas == LambdaPolls.All && !IsNoValue(body)) || IsValue(body) =>
            lambda.WithExpressionBody(null).WithBlock(Block(_poll, ReturnStatement(body.WithLeadingTrivia(TriviaList(Space).AddRange(body.GetLeadingTrivia()))))),
        _ => node,
    };

    private static bool IsNoValue(ExpressionSyntax body) => body is ThrowExpressionSyntax or RefExpressionSyntax;

    /// <summary>Whether the expression is a value whatever it is bound to. A call, an assignment and the like may as well be a statement.</summary>
    private static bool IsValue(ExpressionSyntax body) => !IsNoValue(body)
        && body is not (InvocationExpressionSyntax or AssignmentExpressionSyntax or AwaitExpressionSyntax or BaseObjectCreationExpressionSyntax or ConditionalAccessExpressionSyntax
            or PostfixUnaryExpressionSyntax or PrefixUnaryExpressionSyntax or ParenthesizedExpressionSyntax);

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

/// <summary>Which lambdas look whether the cell is to stop. Without the types it is not known whether <c>x => F(x)</c> returns something, so it is tried.</summary>
internal enum LambdaPolls
{
    /// <summary>All, as if every one had a value.</summary>
    All,

    /// <summary>Those with a body of statements, and those that surely have a value.</summary>
    Sure,

    /// <summary>None: some may be expression trees, which hold no statements.</summary>
    None,
}
