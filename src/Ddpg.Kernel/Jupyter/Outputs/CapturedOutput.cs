using Ddpg.Kernel.Execution;
using Ddpg.Kernel.Formatting;

namespace Ddpg.Kernel.Jupyter.Outputs;

/// <summary>Output that nobody sees: of a silent request, and of a user expression, whose value alone is wanted.</summary>
internal sealed class CapturedOutput : ICellOutput
{
    /// <summary>The trailing expression's value; null when there was none.</summary>
    public MimeBundle? Result { get; private set; }

    public void WriteStandardOutput(string text)
    {
    }

    public void WriteStandardError(string text)
    {
    }

    public void Display(MimeBundle bundle, string displayId)
    {
    }

    public void UpdateDisplay(MimeBundle bundle, string displayId)
    {
    }

    public void ExecuteResult(MimeBundle bundle) => Result = bundle;

    public void ClearOutput(bool wait)
    {
    }

    public string RequestInput(string prompt, bool isPassword, CancellationToken cancellation) =>
        throw new InvalidOperationException("A silent request cannot ask for input.");
}
