using System.Globalization;

namespace Ddpg.Kernel.Execution;

internal enum CellStatus
{
    Ok,

    /// <summary>The cell did not compile, or threw; <see cref="CellResult.Error"/> says what.</summary>
    Error,

    /// <summary>The cell was stopped; <see cref="CellResult.Error"/> is there too, for front ends that know two outcomes only.</summary>
    Interrupted,
}

/// <param name="Name">Jupyter's <c>ename</c>: <c>Error</c> for a compile error, else the exception's type.</param>
/// <param name="Message">Jupyter's <c>evalue</c>: <c>compilation error</c>, else the exception's message.</param>
/// <param name="Traceback">Lines that point at the cell's line: no ANSI colours, no path of this machine.</param>
/// <param name="Diagnostics">Of a compile error: <c>(1,9): error CS0029: …</c>, one a line; they were written to stderr already.</param>
/// <param name="Line">The cell's line, from 1, where it happened; null if unknown.</param>
/// <param name="SourceLine">The text of that line.</param>
internal sealed record CellError(
    string Name, string Message, IReadOnlyList<string> Traceback, IReadOnlyList<string> Diagnostics, int? Line = null, string? SourceLine = null)
{
    /// <summary>The compiler's words, or the exception's type and message; in one paragraph.</summary>
    internal string Words => Diagnostics.Count > 0 ? string.Join('\n', Diagnostics) : Name.Contains('.', StringComparison.Ordinal) ? $"{Name}: {Message}" : Message;

    /// <summary>Of a line that is no C#: a magic command, a package.</summary>
    internal static CellError At(int line, string sourceLine, string message)
    {
        string diagnostic = Diagnostic(line, message);
        return new("Error", message, [diagnostic], [diagnostic], line, sourceLine);
    }

    /// <summary>As the compiler writes them.</summary>
    internal static string Diagnostic(int line, string message) => string.Create(CultureInfo.InvariantCulture, $"({line},1): error: {message}");
}

/// <param name="Status">How the cell ended.</param>
/// <param name="Error">What went wrong; null when <paramref name="Status"/> is <see cref="CellStatus.Ok"/>.</param>
internal sealed record CellResult(CellStatus Status, CellError? Error = null)
{
    internal static CellResult Success { get; } = new(CellStatus.Ok);
}
