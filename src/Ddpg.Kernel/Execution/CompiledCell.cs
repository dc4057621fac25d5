using Microsoft.CodeAnalysis;

namespace Ddpg.Kernel.Execution;

/// <param name="Start">Runs the cell on the session's state; null when there is nothing to run (usings, <c>#r</c>).</param>
/// <param name="HasValue">Whether the cell ends in an expression, or returns a value.</param>
/// <param name="Diagnostics">Errors, in which case nothing else counts, or warnings.</param>
internal sealed record CompiledCell(Func<object?[], Task<object>>? Start, bool HasValue, IReadOnlyList<Diagnostic> Diagnostics)
{
    internal bool Failed => Diagnostics.Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
}
