using System.Text.Json.Nodes;
using Ddpg.Kernel.Execution;
using Ddpg.Kernel.Jupyter.Messaging;
using Ddpg.Kernel.Jupyter.Outputs;

namespace Ddpg.Kernel.Jupyter.Requests;

/// <summary>Everything a front end may ask for but running code.</summary>
internal sealed class ShellRequests(EditorRequests editor, ConnectionInfo connection, IoPub ioPub, ExecuteHandler execute)
{
    /// <summary>The type under which a request is answered.</summary>
    public static string ReplyType(string request) =>
        request.EndsWith("_request", StringComparison.Ordinal) ? string.Concat(request.AsSpan(0, request.Length - "request".Length), "reply") : request + "_reply";

    /// <summary>A reply that says why there is no answer.</summary>
    public static JsonObject Error(string name, string message) =>
        new() { ["status"] = "error", ["ename"] = name, ["evalue"] = message, ["traceback"] = new JsonArray() };

    /// <summary>The content of the reply; null for messages that have none.</summary>
    public JsonObject? Handle(JupyterMessage request) => request.Type switch
    {
        "kernel_info_request" => KernelInfo.Reply(),
        "connect_request" => Ports(),
        "is_complete_request" => IsComplete(request.Text("code")),
        "complete_request" => editor.Complete(request),
        "inspect_request" => editor.Inspect(request),
        "history_request" => execute.History.Reply(request),
        "comm_info_request" => new JsonObject { ["status"] = "ok", ["comms"] = new JsonObject() },
        "comm_open" => RefuseComm(request),
        "comm_msg" or "comm_close" => null,
        "debug_request" => RefuseDebug(request),
        _ when request.Type.EndsWith("_request", StringComparison.Ordinal) => Error("NotSupported", $"This kernel does not know {request.Type}."),
        _ => null,
    };

    private JsonObject Ports() => new()
    {
        ["status"] = "ok",
        ["shell_port"] = connection.ShellPort,
        ["iopub_port"] = connection.IoPubPort,
        ["stdin_port"] = connection.StdinPort,
        ["hb_port"] = connection.HeartbeatPort,
        ["control_port"] = connection.ControlPort,
    };

    private static JsonObject IsComplete(string code) => CellSession.GetCompleteness(code) switch
    {
        CodeCompleteness.Complete => new JsonObject { ["status"] = "complete" },
        CodeCompleteness.Incomplete => new JsonObject { ["status"] = "incomplete", ["indent"] = new string(' ', 4 * OpenBrackets(code)) },
        _ => new JsonObject { ["status"] = "invalid" },
    };

    // How deep the next line stands; only its look depends on it, so brackets inside strings may count.
    private static int OpenBrackets(string code) => Math.Max(0, code.Count(c => c is '{' or '(' or '[') - code.Count(c => c is '}' or ')' or ']'));

    // No widget has a counterpart here; closing at once tells the front end so.
    private JsonObject? RefuseComm(JupyterMessage request)
    {
        ioPub.Send("comm_close", request.Header, new JsonObject { ["comm_id"] = request.Text("comm_id"), ["data"] = new JsonObject() });
        return null;
    }

    private static JsonObject RefuseDebug(JupyterMessage request) => new()
    {
        ["type"] = "response",
        ["request_seq"] = request.Integer("seq", 0),
        ["seq"] = 0,
        ["success"] = false,
        ["command"] = request.Text("command"),
        ["message"] = "This kernel has no debugger.",
    };
}
