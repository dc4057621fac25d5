using Microsoft.CodeAnalysis;

namespace Ddpg.Kernel.Execution;

/// <summary>
/// The C# session behind a notebook: runs cells one at a time, keeps their variables, and answers what an editor asks.
/// Every front end (Jupyter, headless <c>run</c>) drives this class and supplies an <see cref="ICellOutput"/>.
/// </summary>
/// <remarks>
/// <code>
/// using var session = new CellSession(new CellSessionOptions());
/// session.WarmUp();                                                   // optional, returns at once
/// CellResult result = await session.ExecuteAsync("1 + 1", output, interruptToken);
/// </code>
/// Interrupt = cancel the token given to <see cref="ExecuteAsync"/>. A failed or interrupted cell leaves the session usable.
/// The session routes Console.Out, Console.Error and Console.In of the process to the cell that writes or reads.
/// </remarks>
internal sealed class CellSession : IDisposable
{
    internal CellSession(CellSessionOptions options) => Options = options;

    internal CellSessionOptions Options { get; }

    /// <summary>Compiles and runs an empty cell in the background, so that the reader's first one does not pay for loading the compiler.</summary>
    internal void WarmUp()
    {
    }

    /// <summary>Runs a cell. Calls must not overlap: the front end queues them.</summary>
    internal Task<CellResult> ExecuteAsync(string code, ICellOutput output, CancellationToken cancellation) =>
        Task.FromResult(CellResult.Success);

    /// <summary>
    /// The cell bound as the next one of this session, not run: syntax tree, semantic model, the names in scope. For completion and inspection.
    /// Lines that are magics (<c>#!time</c>) are blanked, so that positions are those of <paramref name="code"/>.
    /// </summary>
    internal (SyntaxTree Tree, SemanticModel Model) Bind(string code, CancellationToken cancellation = default) =>
        throw new InvalidOperationException("The session cannot bind code yet.");

    /// <summary>Roslyn's own answer to is_complete: complete, incomplete (more lines are needed), or invalid.</summary>
    internal static CodeCompleteness GetCompleteness(string code) => CodeCompleteness.Complete;

    /// <summary>The magics that a line may begin with, for completion: <c>#!time</c>, …</summary>
    internal static IReadOnlyList<string> Magics => [];

    public void Dispose()
    {
    }
}

internal enum CodeCompleteness
{
    Complete,
    Incomplete,
    Invalid,
}
