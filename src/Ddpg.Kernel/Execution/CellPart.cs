namespace Ddpg.Kernel.Execution;

internal enum CellPartKind
{
    CSharp,
    Packages,
    Html,
    JavaScript,
    Markdown,
    Value,
    Import,
    Who,
    Whos,
    Set,
    Share,
    ListMagics,
}

/// <param name="Kind">What to do with it.</param>
/// <param name="Text">The lines of code or markup; C# is preceded by empty lines, so that its line numbers are the cell's. Of packages, their lines, preceded likewise. Of <c>#!share</c>, the language that it shares into, when that is not C#.</param>
/// <param name="Arguments">What followed the magic on its line.</param>
/// <param name="Line">The magic's line, or the first of the text, from 1.</param>
internal sealed record CellPart(CellPartKind Kind, string Text, string Arguments, int Line);

/// <param name="Parts">What to run, in order.</param>
/// <param name="IsTimed">Whether <c>#!time</c> was asked for.</param>
/// <param name="Errors">Magics that do not exist: <c>(1,1): error …</c>. With any of them nothing runs.</param>
internal sealed record ParsedCell(IReadOnlyList<CellPart> Parts, bool IsTimed, IReadOnlyList<string> Errors);
