namespace Ddpg.Kernel.Execution;

internal sealed record CellSessionOptions
{
    /// <summary>The folder of <c>#r</c>, <c>#load</c> and <c>#!import</c>; null is the process's current one, read again at each cell.</summary>
    internal string? WorkingDirectory { get; init; }

    /// <summary>How long an interrupted cell may take to end by itself (its token is cancelled at once) before it is stopped by force.</summary>
    internal TimeSpan InterruptGrace { get; init; } = TimeSpan.FromMilliseconds(400);

    /// <summary>Whether the process is there for this session: what its cells change of the process's folder and cultures is then set back after each cell.</summary>
    internal bool OwnsProcess { get; init; } = true;
}
