using System.Diagnostics;
using System.Text.Json.Nodes;
using Ddpg.Kernel.Execution;

namespace Ddpg.Kernel.Notebooks;

/// <param name="Number">Of all cells of the notebook, from 1.</param>
/// <param name="Line">The cell's line, from 1; null if unknown.</param>
/// <param name="SourceLine">Its text.</param>
/// <param name="Message">What went wrong, in one paragraph.</param>
/// <param name="WasInterrupted">Whether somebody stopped it.</param>
internal sealed record CellFailure(int Number, int? Line, string? SourceLine, string Message, bool WasInterrupted);

/// <summary>Is told how a run goes on.</summary>
internal interface IRunProgress
{
    void CellStarted(int number, int count, NotebookCell cell);

    void CellEnded(int number, int count, NotebookCell cell, TimeSpan took, CellFailure? failure);
}

/// <summary>Executes a notebook's cells in order, in the notebook's folder, and puts their outputs into it.</summary>
/// <param name="session">Runs the cells.</param>
/// <param name="progress">Is told how it goes.</param>
/// <param name="claims">Gets how each claim of the cells ended; null: no claim is looked at.</param>
internal sealed class NotebookRunner(CellSession session, IRunProgress progress, ICollection<ClaimResult>? claims = null)
{
    private readonly Dictionary<string, JsonObject> _displays = [];

    /// <returns>The first failure, after which no cell was run; null if all cells did what they should.</returns>
    internal async Task<CellFailure?> RunAsync(Notebook notebook, CancellationToken cancellation)
    {
        IReadOnlyList<NotebookCell> cells = notebook.Cells;
        var recorders = new List<(NotebookCell Cell, CellOutputRecorder Recorder, int Count)>();
        foreach (NotebookCell cell in cells.Where(IsRun))
        {
            cell.Outputs = [];
            cell.ExecutionCount = null;
        }

        CellFailure? failure = null;
        int executed = 0;
        for (int index = 0; index < cells.Count && failure is null; index++)
        {
            NotebookCell cell = cells[index];
            if (!IsRun(cell) || string.IsNullOrWhiteSpace(cell.Source)) continue;
            progress.CellStarted(index + 1, cells.Count, cell);
            long started = Stopwatch.GetTimestamp();
            var recorder = new CellOutputRecorder(_displays);
            CellResult result = await session.ExecuteAsync(CodeOf(cell), recorder, cancellation).ConfigureAwait(false);
            if (result.Error is { } error) recorder.AddError(error);
            recorders.Add((cell, recorder, ++executed));
            bool mayFail = cell.Tags.Contains("raises-exception") && result.Status == CellStatus.Error;
            if (result.Error is not null && !mayFail) failure = FailureOf(index + 1, result);
            progress.CellEnded(index + 1, cells.Count, cell, Stopwatch.GetElapsedTime(started), failure);
            if (claims is null || failure is not null) continue;
            foreach (Claim claim in Claim.Of(cell))
                claims.Add(new(claim, index + 1, await CheckAsync(claim, cancellation).ConfigureAwait(false)));
        }

        // Not cell by cell: a later cell may have updated what an earlier one displays.
        foreach ((NotebookCell cell, CellOutputRecorder recorder, int count) in recorders)
        {
            cell.ExecutionCount = count;
            cell.Outputs = recorder.Close(count);
        }

        return failure;
    }

    private async Task<string?> CheckAsync(Claim claim, CancellationToken cancellation)
    {
        CellResult result = await session.ExecuteAsync(claim.Check, new CellOutputRecorder([]), cancellation).ConfigureAwait(false);
        return result.Error is { } error ? error.Diagnostics.Count > 0 ? string.Join(' ', error.Diagnostics) : error.Message : null;
    }

    private static bool IsRun(NotebookCell cell) => cell.IsCode && !cell.Tags.Contains("skip-execution");

    private static string CodeOf(NotebookCell cell) => cell.Language is "csharp" or "C#" || cell.Source.StartsWith("#!", StringComparison.Ordinal) ? cell.Source : $"#!{cell.Language}\n{cell.Source}";

    private static CellFailure FailureOf(int number, CellResult result)
    {
        CellError error = result.Error!;
        return new(number, error.Line, error.SourceLine, error.Words, result.Status == CellStatus.Interrupted);
    }
}
