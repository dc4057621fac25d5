using System.Globalization;
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
    private const string Runtime = CellChecks.Runtime;
    private readonly CallGraph _calls;
    private readonly CellChecks _checks;
    private readonly LambdaKinds _lambdas;
    private int _functionDepth;

    private CellRewriter(CallGraph calls, int session, LambdaKinds lambdas)
    {
        _calls = calls;
        _lambdas = lambdas;
        _checks = new CellChecks(session);
    }

    /// <param name="tree">The cell.</param>
    /// <param name="calls">Which of its functions are to check.</param>
    /// <param name="session">The session's number, for the field that its loops look at.</param>
    /// <param name="lambdas">What is known of its lambdas.</param>
    internal static SyntaxTree Rewrite(SyntaxTree tree, CallGraph calls, int session, LambdaKinds lambdas)
    {
        SyntaxNode root = tree.GetRoot();
        SyntaxNode rewritten = WithLines((CompilationUnitSyntax)new CellRewriter(calls, session, lambdas).Visit(root)!, tree);
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

    /// <summary>A loop looks in every turn.</summary>
    public override SyntaxNode? Visit(SyntaxNode? node) => base.Visit(node) switch
    {
        WhileStatementSyntax loop => loop.WithStatement(_checks.Polled(loop.Statement)),
        DoStatementSyntax loop => loop.WithStatement(_checks.Polled(loop.Statement)),
        ForStatementSyntax loop => loop.WithStatement(_checks.Polled(loop.Statement)),
        CommonForEachStatementSyntax loop => loop.WithStatement(_checks.Polled(loop.Statement)),
        var visited => visited,
    };

    /// <summary>A loop without a loop's words.</summary>
    public override SyntaxNode? VisitGotoStatement(GotoStatementSyntax node) => _checks.Polled(node);

    public override SyntaxNode? VisitMethodDeclaration(MethodDeclarationSyntax node) => Member(node, IsVoid(node.ReturnType, node.Modifiers), () => base.VisitMethodDeclaration(node));

    public override SyntaxNode? VisitConstructorDeclaration(ConstructorDeclarationSyntax node) => Member(node, isVoid: true, () => base.VisitConstructorDeclaration(node));

    public override SyntaxNode? VisitDestructorDeclaration(DestructorDeclarationSyntax node) => Member(node, isVoid: true, () => base.VisitDestructorDeclaration(node));

    public override SyntaxNode? VisitOperatorDeclaration(OperatorDeclarationSyntax node) => Member(node, IsVoid(node.ReturnType, node.Modifiers), () => base.VisitOperatorDeclaration(node));

    public override SyntaxNode? VisitConversionOperatorDeclaration(ConversionOperatorDeclarationSyntax node) => Member(node, isVoid: false, () => base.VisitConversionOperatorDeclaration(node));

    public override SyntaxNode? VisitLocalFunctionStatement(LocalFunctionStatementSyntax node) => Function(node, () => base.VisitLocalFunctionStatement(node), (function, checks) =>
        function switch
        {
            LocalFunctionStatementSyntax { Body: { } body } f => f.WithBody(CellChecks.Before(body, checks)),
            LocalFunctionStatementSyntax { ExpressionBody: { } arrow } f => f.WithExpressionBody(null).WithSemicolonToken(default).WithBody(CellChecks.Block(arrow, IsVoid(f.ReturnType, f.Modifiers), f.SemicolonToken, checks)),
            _ => function,
        });

    public override SyntaxNode? VisitPropertyDeclaration(PropertyDeclarationSyntax node)
    {
        SyntaxNode? visited = Function(node, () => base.VisitPropertyDeclaration(node), (property, checks) =>
            property is PropertyDeclarationSyntax { ExpressionBody: { } arrow } p
                ? p.WithExpressionBody(null).WithSemicolonToken(default).WithAccessorList(CellChecks.Getter(arrow, p.SemicolonToken, checks))
                : property);
        return visited is PropertyDeclarationSyntax { Initializer: { } initializer } initialised && IsCheckedMember(node) ? initialised.WithInitializer(_checks.Initializer(initializer)) : visited;
    }

    public override SyntaxNode? VisitIndexerDeclaration(IndexerDeclarationSyntax node) => Function(node, () => base.VisitIndexerDeclaration(node), (indexer, checks) =>
        indexer is IndexerDeclarationSyntax { ExpressionBody: { } arrow } i
            ? i.WithExpressionBody(null).WithSemicolonToken(default).WithAccessorList(CellChecks.Getter(arrow, i.SemicolonToken, checks))
            : indexer);

    public override SyntaxNode? VisitAccessorDeclaration(AccessorDeclarationSyntax node) => Function(node, () => base.VisitAccessorDeclaration(node), (accessor, checks) =>
        accessor switch
        {
            AccessorDeclarationSyntax { Body: { } body } a => a.WithBody(CellChecks.Before(body, checks)),
            AccessorDeclarationSyntax { ExpressionBody: { } arrow } a => a.WithExpressionBody(null).WithSemicolonToken(default)
                .WithBody(CellChecks.Block(arrow, !a.IsKind(SyntaxKind.GetAccessorDeclaration), a.SemicolonToken, checks)),
            _ => accessor,
        });

    public override SyntaxNode? VisitFieldDeclaration(FieldDeclarationSyntax node)
    {
        var field = (FieldDeclarationSyntax)base.VisitFieldDeclaration(node)!;
        if (!IsCheckedMember(node) || node.Modifiers.Any(SyntaxKind.ConstKeyword)) return field;
        return field.WithDeclaration(field.Declaration.WithVariables(SeparatedList(
            field.Declaration.Variables.Select(variable => variable.Initializer is { } initializer ? variable.WithInitializer(_checks.Initializer(initializer)) : variable),
            field.Declaration.Variables.GetSeparators())));
    }

    public override SyntaxNode? VisitPrimaryConstructorBaseType(PrimaryConstructorBaseTypeSyntax node)
    {
        var visited = (PrimaryConstructorBaseTypeSyntax)base.VisitPrimaryConstructorBaseType(node)!;
        return node.Parent?.Parent is { } type && _calls.Checked.Contains(type) ? visited.WithArgumentList(_checks.First(visited.ArgumentList)) : visited;
    }

    public override SyntaxNode? VisitRecordDeclaration(RecordDeclarationSyntax node) => _checks.Record((RecordDeclarationSyntax)base.VisitRecordDeclaration(node)!);

    public override SyntaxNode? VisitSimpleLambdaExpression(SimpleLambdaExpressionSyntax node) => Lambda(node, () => base.VisitSimpleLambdaExpression(node));

    public override SyntaxNode? VisitParenthesizedLambdaExpression(ParenthesizedLambdaExpressionSyntax node) => Lambda(node, () => base.VisitParenthesizedLambdaExpression(node));

    public override SyntaxNode? VisitAnonymousMethodExpression(AnonymousMethodExpressionSyntax node)
    {
        _functionDepth++;
        var visited = (AnonymousMethodExpressionSyntax)base.VisitAnonymousMethodExpression(node)!;
        _functionDepth--;
        return visited.WithBlock(CellChecks.Before(visited.Block, ChecksOfLambda(node)));
    }

    public override SyntaxNode? VisitWhereClause(WhereClauseSyntax node)
    {
        var visited = (WhereClauseSyntax)base.VisitWhereClause(node)!;
        return _lambdas.IsCode(node) ? visited.WithCondition(_checks.Polled(visited.Condition)) : visited;
    }

    public override SyntaxNode? VisitSelectClause(SelectClauseSyntax node)
    {
        var visited = (SelectClauseSyntax)base.VisitSelectClause(node)!;
        return _lambdas.IsCode(node) && visited.Expression is not IdentifierNameSyntax ? visited.WithExpression(_checks.Polled(visited.Expression)) : visited;
    }

    public override SyntaxNode? VisitLetClause(LetClauseSyntax node)
    {
        var visited = (LetClauseSyntax)base.VisitLetClause(node)!;
        return _lambdas.IsCode(node) ? visited.WithExpression(_checks.Polled(visited.Expression)) : visited;
    }

    /// <summary>A cell that ends the process would take the session and every other variable with it.</summary>
    public override SyntaxNode? VisitMemberAccessExpression(MemberAccessExpressionSyntax node)
    {
        bool isEnd = node.Name.Identifier.Text is "Exit" or "FailFast" && node.Expression.ToString() is "Environment" or "System.Environment" or "global::System.Environment";
        return isEnd ? ParseExpression(Runtime + node.Name.Identifier.Text).WithTriviaFrom(node) : base.VisitMemberAccessExpression(node);
    }

    private bool IsCheckedMember(MemberDeclarationSyntax member) => member.Parent is TypeDeclarationSyntax type && _calls.Checked.Contains(type);

    private SyntaxNode? Member(BaseMethodDeclarationSyntax node, bool isVoid, Func<SyntaxNode?> visitChildren) => Function(node, visitChildren, (visited, checks) =>
    {
        // What is handed to another constructor is evaluated before the body.
        var member = (BaseMethodDeclarationSyntax)(visited is ConstructorDeclarationSyntax { Initializer: { } initializer } constructor
            ? constructor.WithInitializer(initializer.WithArgumentList(_checks.First(initializer.ArgumentList)))
            : visited);
        return member switch
        {
            { Body: { } body } => member.WithBody(CellChecks.Before(body, checks)),
            { ExpressionBody: { } arrow } => member.WithExpressionBody(null).WithSemicolonToken(default).WithBody(CellChecks.Block(arrow, isVoid, member.SemicolonToken, checks)),
            _ => member,
        };
    });

    private SyntaxNode? Function(SyntaxNode node, Func<SyntaxNode?> visitChildren, Func<SyntaxNode, StatementSyntax[], SyntaxNode> addChecks)
    {
        _functionDepth++;
        SyntaxNode? visited = visitChildren();
        _functionDepth--;
        if (visited is null) return null;
        if (_calls.Checked.Contains(node)) return addChecks(visited, [_checks.Poll, CellChecks.Check(node)]);
        return _calls.Polled.Contains(node) ? addChecks(visited, [_checks.Poll]) : visited;
    }

    /// <summary>A library's loop that calls a lambda of the cell (all of LINQ) can be stopped there.</summary>
    private SyntaxNode? Lambda(LambdaExpressionSyntax node, Func<SyntaxNode?> visitChildren)
    {
        _functionDepth++;
        var visited = (LambdaExpressionSyntax)visitChildren()!;
        _functionDepth--;
        LambdaKind kind = _lambdas.Of(node);
        if (kind == LambdaKind.Untouchable) return visited;
        StatementSyntax[] checks = ChecksOfLambda(node);
        if (visited.Block is { } block) return visited.WithBlock(CellChecks.Before(block, checks));
        return kind == LambdaKind.Unknown ? visited : visited.WithExpressionBody(null).WithBlock(CellChecks.Block(visited.ExpressionBody!, kind == LambdaKind.NoValue, checks));
    }

    private StatementSyntax[] ChecksOfLambda(AnonymousFunctionExpressionSyntax node) => _calls.Checked.Contains(node) ? [_checks.Poll, CellChecks.Check(node)] : [_checks.Poll];

    private static InvocationExpressionSyntax Call(string function, ExpressionSyntax argument) =>
        InvocationExpression(ParseExpression(Runtime + function), ArgumentList(SingletonSeparatedList(Argument(argument.WithoutTrivia()))))
            .WithLeadingTrivia(argument.GetLeadingTrivia()).WithTrailingTrivia(argument.GetTrailingTrivia());

    private static bool IsVoid(TypeSyntax type, SyntaxTokenList modifiers) =>
        type is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword }
        || (modifiers.Any(SyntaxKind.AsyncKeyword) && type is IdentifierNameSyntax or QualifiedNameSyntax { Right: IdentifierNameSyntax });
}
