using Ddpg.Kernel.Formatting;

namespace Ddpg.Kernel.Execution;

/// <summary>
/// Where a running cell's output goes: a Jupyter front end, or the notebook that <c>run</c> writes. Members are called from any thread,
/// several at once, and, for tasks that outlive their cell, after <see cref="CellSession.ExecuteAsync"/> has returned.
/// </summary>
internal interface ICellOutput
{
    void WriteStandardOutput(string text);

    void WriteStandardError(string text);

    /// <summary>Shows a value; <paramref name="displayId"/> is unique in the session and names it in <see cref="UpdateDisplay"/>.</summary>
    void Display(MimeBundle bundle, string displayId);

    /// <summary>Replaces what was shown under <paramref name="displayId"/>, possibly by an earlier cell.</summary>
    void UpdateDisplay(MimeBundle bundle, string displayId);

    /// <summary>Shows the value of the cell's trailing expression.</summary>
    void ExecuteResult(MimeBundle bundle);

    /// <summary>Removes this cell's output so far: at once, or when the next output arrives.</summary>
    void ClearOutput(bool wait);

    /// <summary>Asks the reader for a line and blocks until it is there; the cell's token ends the wait.</summary>
    /// <exception cref="InvalidOperationException">This front end has nobody to ask; the message says so.</exception>
    string RequestInput(string prompt, bool isPassword, CancellationToken cancellation);
}
