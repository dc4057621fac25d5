using System.Text;
using System.Text.Json.Nodes;
using Ddpg.Kernel.Execution;
using Ddpg.Kernel.Formatting;

namespace Ddpg.Kernel.Notebooks;

/// <summary>
/// Records a cell's outputs as nbformat keeps them: neighbouring stream texts as one, displays in their final state. The recorders of one notebook share
/// <paramref name="displays"/>, because a later cell may update an earlier one's display.
/// </summary>
internal sealed class CellOutputRecorder(Dictionary<string, JsonObject> displays) : ICellOutput
{
    private readonly List<(JsonObject Output, StringBuilder? StreamText)> _outputs = [];
    private bool _clearsNext;
    private bool _isClosed;

    public void WriteStandardOutput(string text) => WriteStream("stdout", text);

    public void WriteStandardError(string text) => WriteStream("stderr", text);

    public void Display(MimeBundle bundle, string displayId)
    {
        lock (displays)
        {
            var output = new JsonObject { ["data"] = DataOf(bundle), ["metadata"] = new JsonObject(), ["output_type"] = "display_data" };
            if (Add(output)) displays[displayId] = output;
        }
    }

    public void UpdateDisplay(MimeBundle bundle, string displayId)
    {
        lock (displays)
        {
            if (displays.TryGetValue(displayId, out JsonObject? output)) output["data"] = DataOf(bundle);
        }
    }

    public void ExecuteResult(MimeBundle bundle)
    {
        lock (displays)
            Add(new JsonObject { ["data"] = DataOf(bundle), ["execution_count"] = null, ["metadata"] = new JsonObject(), ["output_type"] = "execute_result" });
    }

    public void ClearOutput(bool wait)
    {
        lock (displays)
        {
            _clearsNext = wait;
            if (!wait) _outputs.Clear();
        }
    }

    public string RequestInput(string prompt, bool isPassword, CancellationToken cancellation) =>
        throw new InvalidOperationException($"The cell asks for input ({(prompt.Length > 0 ? $"\"{prompt}\"" : "a line")}), and a headless run has nobody to ask. Give the value in a variable, or run the notebook in Jupyter.");

    internal void AddError(CellError error)
    {
        lock (displays)
        {
            Add(new JsonObject
            {
                ["ename"] = error.Name,
                ["evalue"] = error.Message,
                ["output_type"] = "error",
                ["traceback"] = new JsonArray([.. error.Traceback.Select(line => (JsonNode)line)]),
            });
        }
    }

    /// <summary>The outputs; what tasks of the cell write from now on has no cell to go to, and is dropped.</summary>
    internal JsonArray Close(int? executionCount)
    {
        lock (displays)
        {
            _isClosed = true;
            foreach ((JsonObject output, StringBuilder? text) in _outputs)
            {
                if (text is not null) output["text"] = NotebookText.Lines(text.ToString());
                if (output.ContainsKey("execution_count")) output["execution_count"] = executionCount;
            }

            return new JsonArray([.. _outputs.Select(entry => entry.Output)]);
        }
    }

    private void WriteStream(string name, string text)
    {
        lock (displays)
        {
            if (!_clearsNext && _outputs is [.., (var last, { } before)] && NotebookText.Of(last["name"]) == name) before.Append(text);
            else Add(new JsonObject { ["name"] = name, ["output_type"] = "stream", ["text"] = null }, new StringBuilder(text));
        }
    }

    private bool Add(JsonObject output, StringBuilder? streamText = null)
    {
        if (_isClosed) return false;
        if (_clearsNext) _outputs.Clear();
        _clearsNext = false;
        _outputs.Add((output, streamText));
        return true;
    }

    // Of JSON with half of a character in a text, the other kinds of the bundle are kept.
    private static bool CanBeWritten(JsonNode? json)
    {
        try
        {
            Notebook.Check(json);
            return true;
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            return false;
        }
    }

    private static JsonObject DataOf(MimeBundle bundle)
    {
        JsonObject data = bundle.ToJson();
        foreach ((string mimeType, string content) in bundle)
        {
            if (!CanBeWritten(data[mimeType])) data.Remove(mimeType);
            bool isText = mimeType.StartsWith("text/", StringComparison.Ordinal) || mimeType is "image/svg+xml" or "application/javascript";
            if (isText) data[mimeType] = NotebookText.Lines(content);
        }

        return data;
    }
}
