using System.Text.Json.Nodes;
using Ddpg.Kernel.Execution;
using Ddpg.Kernel.Formatting;

namespace Ddpg.Kernel.Jupyter.Outputs;

/// <summary>One execute request's output, published under its header. A task that outlives its cell still writes under that cell.</summary>
/// <param name="ioPub">Where to publish.</param>
/// <param name="parent">The request's header.</param>
/// <param name="executionCount">The cell's number.</param>
/// <param name="input">Asks the front end that sent the request.</param>
internal sealed class JupyterCellOutput(IoPub ioPub, byte[] parent, int executionCount, Func<string, bool, CancellationToken, string> input) : ICellOutput
{
    private readonly TextLimit _limit = new(TextLimit.DefaultMaximum);
    private readonly Lock _lock = new();

    public void WriteStandardOutput(string text) => Write("stdout", text);

    public void WriteStandardError(string text) => Write("stderr", text);

    public void Display(MimeBundle bundle, string displayId) => ioPub.Send("display_data", parent, DisplayContent(bundle, displayId));

    public void UpdateDisplay(MimeBundle bundle, string displayId) => ioPub.Update(parent, displayId, DisplayContent(bundle, displayId));

    public void ExecuteResult(MimeBundle bundle) => ioPub.Send(
        "execute_result", parent, new JsonObject { ["execution_count"] = executionCount, ["data"] = bundle.ToJson(), ["metadata"] = new JsonObject() });

    public void ClearOutput(bool wait)
    {
        lock (_lock)
        {
            _limit.Reset();
            ioPub.Send("clear_output", parent, new JsonObject { ["wait"] = wait });
        }
    }

    public string RequestInput(string prompt, bool isPassword, CancellationToken cancellation)
    {
        ioPub.Flush();
        return input(prompt, isPassword, cancellation);
    }

    /// <summary>The cell is over: what was held back is summed up, and everything is sent.</summary>
    public void Finish()
    {
        lock (_lock) ioPub.Write(parent, "stdout", _limit.Finish());
        ioPub.Flush();
    }

    private void Write(string stream, string text)
    {
        lock (_lock) ioPub.Write(parent, stream, _limit.Pass(stream, text));
    }

    private static JsonObject DisplayContent(MimeBundle bundle, string displayId) => new()
    {
        ["data"] = bundle.ToJson(),
        ["metadata"] = new JsonObject(),
        ["transient"] = new JsonObject { ["display_id"] = displayId },
    };
}
