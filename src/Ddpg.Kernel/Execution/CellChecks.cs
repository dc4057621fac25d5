using Ddpg.Kernel.Runtime;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Ddpg.Kernel.Execution;

/// <summary>What <see cref="CellRewriter"/> puts into a cell, and where: without a new line.</summary>
/// <param name="session">The session's number, for the field that says whether its cells are to stop.</param>
internal sealed class CellChecks(int session)
{
    internal const string Runtime = "global::Ddpg.Kernel.Runtime.CellRuntime.";

    private static readonly StatementSyntax Enter = ParseStatement(Runtime + "EnterFunction();");
    private static readonly StatementSyntax EnterRethrowing = ParseStatement(Runtime + "EnterRethrowing();");
    private static readonly StatementSyntax EnterAsync = ParseStatement(Runtime + "EnterAsync();");
    private readonly ExpressionSyntax _mustStop = ParseExpression(Runtime + CellRuntime.StopField(session));

    internal StatementSyntax Poll { get; } = ParseStatement($"if ({Runtime}{CellRuntime.StopField(session)}) throw {Runtime}Stopped({session});");

    /// <summary>The check of the stack; in an asynchronous function, of the depth too.</summary>
    internal static StatementSyntax Check(SyntaxNode function) => function switch
    {
        MethodDeclarationSyntax { ReturnType: var type } m when m.Modifiers.Any(SyntaxKind.AsyncKeyword) && !IsVoid(type) => EnterAsync,
        LocalFunctionStatementSyntax { ReturnType: var type } f when f.Modifiers.Any(SyntaxKind.AsyncKeyword) && !IsVoid(type) => EnterAsync,
        AnonymousFunctionExpressionSyntax { AsyncKeyword.RawKind: not 0 } => EnterAsync,
        _ => Rethrows(function) ? EnterRethrowing : Enter,
    };

    internal static BlockSyntax Before(BlockSyntax block, StatementSyntax[] checks) => block.WithStatements(block.Statements.InsertRange(0, checks));

    /// <summary>An expression body as a block.</summary>
    internal static BlockSyntax Block(ArrowExpressionClauseSyntax arrow, bool isVoid, SyntaxToken semicolon, StatementSyntax[] checks)
    {
        // The arrow's own trivia may hold line ends; keeping them keeps the reader's line numbers.
        StatementSyntax statement = Statement(arrow.Expression.WithoutTrailingTrivia(), isVoid)
            .WithLeadingTrivia(arrow.ArrowToken.LeadingTrivia.AddRange(arrow.ArrowToken.TrailingTrivia).AddRange(arrow.Expression.GetLeadingTrivia()));
        return SyntaxFactory.Block(checks.Append(statement)).WithTrailingTrivia(arrow.GetTrailingTrivia().AddRange(semicolon.TrailingTrivia));
    }

    /// <summary>A lambda's expression as a block.</summary>
    internal static BlockSyntax Block(ExpressionSyntax body, bool isVoid, StatementSyntax[] checks)
    {
        StatementSyntax statement = Statement(body.WithoutTrailingTrivia(), isVoid).WithLeadingTrivia(body.GetLeadingTrivia());
        return SyntaxFactory.Block(checks.Append(statement)).WithTrailingTrivia(body.GetTrailingTrivia());
    }

    internal static AccessorListSyntax Getter(ArrowExpressionClauseSyntax arrow, SyntaxToken semicolon, StatementSyntax[] checks) =>
        AccessorList(SingletonList(AccessorDeclaration(SyntaxKind.GetAccessorDeclaration, Block(arrow, isVoid: false, semicolon, checks))));

    internal BlockSyntax Polled(StatementSyntax body) => body is BlockSyntax block ? Before(block, [Poll]) : SyntaxFactory.Block(Poll, body);

    /// <summary><c>e</c> becomes <c>stop ? throw … : e</c>, which has the type of <c>e</c>.</summary>
    internal ExpressionSyntax Polled(ExpressionSyntax expression) =>
        ParenthesizedExpression(ConditionalExpression(_mustStop, ThrowExpression(ParseExpression($" {Runtime}Stopped({session})")), ParenthesizedExpression(expression.WithoutTrivia())))
            .WithTriviaFrom(expression);

    /// <summary>The value of a field or property, which a constructor evaluates before its body.</summary>
    internal EqualsValueClauseSyntax Initializer(EqualsValueClauseSyntax initializer) => initializer.Value switch
    {
        // { a, b } of an array has no expression of its own; its elements have.
        InitializerExpressionSyntax { Expressions: [{ } first, ..] } list when IsWork(first) => initializer.WithValue(list.WithExpressions(list.Expressions.Replace(first, Checked(first)))),
        InitializerExpressionSyntax or StackAllocArrayCreationExpressionSyntax or RefExpressionSyntax => initializer,
        { } value => IsWork(value) ? initializer.WithValue(Checked(value)) : initializer,
    };

    /// <summary>The arguments for another constructor.</summary>
    internal ArgumentListSyntax First(ArgumentListSyntax arguments)
    {
        ArgumentSyntax? first = arguments.Arguments.FirstOrDefault(argument => argument.RefKindKeyword.IsKind(SyntaxKind.None) && IsWork(argument.Expression));
        return first is null ? arguments : arguments.ReplaceNode(first.Expression, Checked(first.Expression));
    }

    /// <summary>
    /// The compiler itself writes the equality of a record, which never ends for records in a circle. It asks for this property each time, which may be written by hand.
    /// The ToString that it writes checks the stack, but goes as deep as that is.
    /// </summary>
    internal RecordDeclarationSyntax Record(RecordDeclarationSyntax record)
    {
        bool isStruct = record.ClassOrStructKeyword.IsKind(SyntaxKind.StructKeyword);
        IEnumerable<TypeSyntax?> types = (record.ParameterList?.Parameters.Select(parameter => parameter.Type) ?? [])
            .Concat(record.Members.Select(member => member switch { PropertyDeclarationSyntax property => property.Type, FieldDeclarationSyntax field => field.Declaration.Type, _ => null }));
        bool isWritten = record.Members.OfType<PropertyDeclarationSyntax>().Any(property => property.Identifier.Text == "EqualityContract");
        bool isDerived = record.BaseList?.Types[0] is { } first && (first is PrimaryConstructorBaseTypeSyntax || !IsInterfaceName(first.Type));
        // A derived record hides its base's property by one that does not check, so it needs its own whatever it holds.
        if (isStruct || isWritten || (!isDerived && types.All(type => type is null or PredefinedTypeSyntax { Keyword.RawKind: not (int)SyntaxKind.ObjectKeyword }))) return record;
        string modifiers = isDerived ? "protected override" : record.Modifiers.Any(SyntaxKind.SealedKeyword) ? "private" : "protected virtual";
        string name = record.Identifier.Text + record.TypeParameterList?.WithoutTrivia();
        var property = (MemberDeclarationSyntax)ParseMemberDeclaration($"{modifiers} global::System.Type EqualityContract {{ get {{ {Poll} {Enter} return typeof({name}); }} }}", options: ScriptCompiler.ParseOptions)!;
        List<MemberDeclarationSyntax> added = [property];
        if (!isDerived && !record.Members.OfType<MethodDeclarationSyntax>().Any(method => method.Identifier.Text is "ToString" or "PrintMembers")) added.Add(RecordToString(record));
        if (!record.OpenBraceToken.IsKind(SyntaxKind.None)) return record.WithMembers(record.Members.InsertRange(0, added));
        SyntaxToken semicolon = record.SemicolonToken;
        return record.WithSemicolonToken(default).WithOpenBraceToken(Token(SyntaxKind.OpenBraceToken)).WithMembers(List(added))
            .WithCloseBraceToken(Token(SyntaxKind.CloseBraceToken).WithTrailingTrivia(semicolon.TrailingTrivia));
    }

    /// <summary>What the compiler writes itself, and the check.</summary>
    private MemberDeclarationSyntax RecordToString(RecordDeclarationSyntax record) => ParseMemberDeclaration(
        $"public override string ToString() {{ {Poll} {Enter} var builder = new global::System.Text.StringBuilder(); builder.Append(\"{record.Identifier.ValueText} {{ \"); "
        + "if (PrintMembers(builder)) builder.Append(' '); return builder.Append('}').ToString(); }", options: ScriptCompiler.ParseOptions)!;

    private ExpressionSyntax Checked(ExpressionSyntax value) =>
        ParenthesizedExpression(ConditionalExpression(
            ParseExpression($"{_mustStop} || !{Runtime}CanEnter()"), ThrowExpression(ParseExpression($" {Runtime}StoppedOrTooDeep({_mustStop}, {session})")), ParenthesizedExpression(value.WithoutTrivia())))
            .WithTriviaFrom(value);

    private static StatementSyntax Statement(ExpressionSyntax body, bool isVoid) => body switch
    {
        ThrowExpressionSyntax thrown => ThrowStatement(thrown.Expression.WithLeadingTrivia(Space)),
        _ when isVoid => ExpressionStatement(body),
        // What is before it (line ends, remarks) stays before the statement.
        _ => ReturnStatement(body.WithLeadingTrivia(Space)),
    };

    /// <summary>Not what may be a constant, which a condition would make none.</summary>
    private static bool IsWork(ExpressionSyntax value) => value is not (AnonymousFunctionExpressionSyntax or LiteralExpressionSyntax)
        && value.DescendantNodesAndSelf(node => node is not AnonymousFunctionExpressionSyntax)
            .Any(node => node is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax);

    private static bool Rethrows(SyntaxNode function) => function.DescendantNodes().Any(static node => node switch
    {
        CatchClauseSyntax or ObjectCreationExpressionSyntax { Type: IdentifierNameSyntax { Identifier.Text: ['T'] or ['T', >= 'A' and <= 'Z', ..] } } => true,
        // Binds anew at each call that has not ended, which takes long.
        IdentifierNameSyntax { Identifier.Text: "dynamic" } => true,
        // Of a Lazy.
        MemberAccessExpressionSyntax { Name.Identifier.Text: "Value" } => true,
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: var name }, ArgumentList.Arguments.Count: var count } =>
            name is "CreateInstance" or "DynamicInvoke" or "GetValue" or "InvokeMember" or "SetValue" or "Sort" || (name == "Invoke" && count == 2),
        _ => false,
    });

    private static bool IsInterfaceName(TypeSyntax type) => type.ToString().Split('.')[^1] is ['I', >= 'A' and <= 'Z', ..];

    private static bool IsVoid(TypeSyntax type) => type is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword };
}
