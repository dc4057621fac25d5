using System.Text.Json;
using System.Text.Json.Nodes;
using Ddpg.Kernel.Execution;
using Ddpg.Kernel.Formatting;
using Ddpg.Kernel.Jupyter.Messaging;
using Ddpg.Kernel.Jupyter.Outputs;

namespace Ddpg.Kernel.Jupyter.Requests;

/// <summary>Runs execute requests, one after the other, on the shell's thread.</summary>
internal sealed class ExecuteHandler(CellSession session, EditorRequests editor, IoPub ioPub, StdinChannel stdin, MessageCodec codec, TextWriter log)
{
    private readonly Lock _lock = new();
    private CancellationTokenSource? _running;
    private int _executionCount;
    private long _abortUpTo;

    public HistoryStore History { get; } = new();

    /// <summary>Stops the running cell; without one it does nothing. From any thread.</summary>
    /// <param name="insists">Whether a cell that was interrupted before and did not stop may be stopped by force: for a reader's interrupt, not at the end of the process.</param>
    public void Interrupt(bool insists)
    {
        CancellationTokenSource? running;
        lock (_lock) running = _running;
        if (running is { IsCancellationRequested: true })
        {
            if (insists) session.ForceStop();
            return;
        }

        // On a thread of its own: what a cell registered on the token must not hold up the control channel, and the pool may be busy.
        if (running is not null) new Thread(() => Cancel(running)) { IsBackground = true, Name = "interrupt" }.Start();
    }

    /// <summary>Runs the request; returns the content of the execute_reply.</summary>
    public JsonObject Handle(JupyterMessage request)
    {
        // After a failed cell, "run all" stops: what the front end had sent by then is answered as aborted.
        if (request.Number <= _abortUpTo) return new JsonObject { ["status"] = "aborted", ["execution_count"] = _executionCount };

        string code = request.Text("code");
        bool silent = request.Flag("silent", false);
        bool store = !silent && request.Flag("store_history", true);
        if (store) _executionCount++;
        if (!silent) ioPub.Send("execute_input", request.Header, new JsonObject { ["code"] = code, ["execution_count"] = _executionCount });

        if (EditorRequests.PagedExpression(code) is { } asked) return Page(asked);
        CellResult result = silent ? Run(code, new CapturedOutput()) : RunShown(code, request);
        if (store) History.Add(_executionCount, code, result.Error?.Message);
        if (result.Status != CellStatus.Ok) return Failed(request, silent, result.Error!);

        JsonObject reply = Ok();
        reply["user_expressions"] = Evaluate(request);
        return reply;
    }

    private CellResult RunShown(string code, JupyterMessage request)
    {
        JupyterCellOutput output = new(ioPub, request.Header, _executionCount, (prompt, isPassword, cancellation) => stdin.Request(request, prompt, isPassword, cancellation));
        ioPub.CurrentCell = request.Header;
        try
        {
            return Run(code, output);
        }
        finally
        {
            output.Finish();
            ioPub.CurrentCell = null;
        }
    }

    private CellResult Run(string code, ICellOutput output)
    {
        CancellationTokenSource source = new();
        lock (_lock) _running = source;
        try
        {
            return session.ExecuteAsync(code, output, source.Token).GetAwaiter().GetResult();
        }
        finally
        {
            lock (_lock) _running = null;
        }
    }

    private void Cancel(CancellationTokenSource source)
    {
        try
        {
            source.Cancel();
        }
        catch (AggregateException exception)
        {
            // A callback that the cell registered threw; all the others have run.
            log.WriteLine($"ddpg-kernel: a cancellation callback of the cell failed: {exception.InnerException?.Message}");
        }
    }

    private JsonObject Failed(JupyterMessage request, bool silent, CellError error)
    {
        if (!silent) ioPub.Send("error", request.Header, ErrorContent(error));
        if (request.Flag("stop_on_error", true)) _abortUpTo = codec.Received;
        JsonObject reply = ErrorContent(error);
        reply["status"] = "error";
        reply["execution_count"] = _executionCount;
        reply["payload"] = new JsonArray();
        reply["user_expressions"] = new JsonObject();
        return reply;
    }

    private JsonObject Page(string expression)
    {
        MimeBundle found = editor.Describe(expression, expression.Length) ?? MimeBundle.Text($"Nothing is known of '{expression}'.");
        JsonObject reply = Ok();
        reply["payload"] = new JsonArray(new JsonObject { ["source"] = "page", ["data"] = found.ToJson(), ["start"] = 0 });
        return reply;
    }

    private JsonObject Evaluate(JupyterMessage request)
    {
        JsonObject values = [];
        if (!request.Content.TryGetProperty("user_expressions", out JsonElement expressions) || expressions.ValueKind != JsonValueKind.Object) return values;
        foreach (JsonProperty expression in expressions.EnumerateObject())
        {
            CapturedOutput output = new();
            CellResult result = Run(expression.Value.ValueKind == JsonValueKind.String ? expression.Value.GetString()! : expression.Value.GetRawText(), output);
            JsonObject value = result.Error is { } error ? ErrorContent(error) : new JsonObject { ["data"] = (output.Result ?? MimeBundle.Empty).ToJson(), ["metadata"] = new JsonObject() };
            value["status"] = result.Error is null ? "ok" : "error";
            values[expression.Name] = value;
        }

        return values;
    }

    private JsonObject Ok() => new()
    {
        ["status"] = "ok",
        ["execution_count"] = _executionCount,
        ["payload"] = new JsonArray(),
        ["user_expressions"] = new JsonObject(),
    };

    private static JsonObject ErrorContent(CellError error) => new()
    {
        ["ename"] = error.Name,
        ["evalue"] = error.Message,
        ["traceback"] = new JsonArray([.. error.Traceback.Select(line => (JsonNode)line)]),
    };
}
