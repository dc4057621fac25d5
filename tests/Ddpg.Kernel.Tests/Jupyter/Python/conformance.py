"""The conformance list of the public jupyter_kernel_test project, as checks of our own: one function for each of its tests."""
import re
import sys

from jupyter_client.manager import start_new_kernel

import kernel_ports  # noqa: F401 - imported for its effect
from checks import TIMEOUT, check, drain, equal, execute, reply_to, run

# Required keys of each content, from "Messaging in Jupyter" 5.3.
CONTENT = {
    "kernel_info_reply": {"status", "protocol_version", "implementation", "implementation_version", "language_info", "banner", "help_links"},
    "execute_reply": {"status", "execution_count"},
    "complete_reply": {"status", "matches", "cursor_start", "cursor_end", "metadata"},
    "inspect_reply": {"status", "found", "data", "metadata"},
    "is_complete_reply": {"status"},
    "history_reply": {"status", "history"},
    "execute_input": {"code", "execution_count"},
    "execute_result": {"execution_count", "data", "metadata"},
    "display_data": {"data", "metadata"},
    "clear_output": {"wait"},
    "stream": {"name", "text"},
    "error": {"ename", "evalue", "traceback"},
    "status": {"execution_state"},
}
HEADER = {"msg_id", "username", "session", "date", "msg_type", "version"}


def validate(message, kind=None):
    assert HEADER <= set(message["header"]), message["header"]
    equal(message["header"]["version"], "5.3", "protocol version")
    if kind:
        equal(message["msg_type"], kind, "type")
    missing = CONTENT.get(message["msg_type"], set()) - set(message["content"])
    assert not missing, f"{message['msg_type']} lacks {missing}"
    if "data" in message["content"]:
        for mime in message["content"]["data"]:
            assert re.fullmatch(r"[\w\-+.]+/[\w\-+.]+", mime), mime


def run_cell(client, code, status="ok", **options):
    drain(client)
    cell = execute(client, code, **options)
    for message in cell.messages:
        validate(message)
    equal(cell.reply["status"], status, f"status of {code!r} ({cell.of('error')}, {cell.text('stderr')!r})")
    equal(cell.states, ["busy", "idle"], "states")
    return cell


def ask(client, request, kind):
    reply = reply_to(client, request)
    validate(reply, kind)
    return reply["content"]


@check
def kernel_info(client):
    content = ask(client, client.kernel_info(), "kernel_info_reply")
    equal(content["protocol_version"], "5.3")
    language = content["language_info"]
    equal((language["name"], language["file_extension"], language["mimetype"], language["pygments_lexer"]), ("C#", ".cs", "text/x-csharp", "csharp"))


@check
def execute_stdout(client):
    assert "hello, world" in run_cell(client, 'Console.WriteLine("hello, world");').text("stdout")


@check
def execute_stderr(client):
    assert "oops" in run_cell(client, 'Console.Error.WriteLine("oops");').text("stderr")


@check
def completion(client):
    run_cell(client, 'var words = "some words"; int wordCount = 2;')
    for code, expected in (
        ("Console.WriteL", {"WriteLine"}),
        ("wordC", {"wordCount"}),
        ("words.Subs", {"Substring"}),
        ("words.Sub\nvar next = 1;", {"Substring"}),
        ("System.Tex", {"Text"}),
        ("Console.Wri", {"Write", "WriteLine"}),
        ("words.ToUpperI", {"ToUpperInvariant"}),
        ("stackall", {"stackalloc"}),
    ):
        cursor = len(code.split("\n")[0])
        content = ask(client, client.complete(code, cursor), "complete_reply")
        equal(set(content["matches"]), expected, code)
        start, end = content["cursor_start"], content["cursor_end"]
        assert all(match.lower().startswith(code[start:end].lower()) for match in content["matches"]), content


@check
def is_complete(client):
    for code, expected in (
        ("1 + 1", "complete"),
        ("var x = 1;", "complete"),
        ("int F(int a)\n{\n    return a;\n}", "complete"),
        ("int F(int a) {", "incomplete"),
        ("if (true)", "incomplete"),
        ("Console.WriteLine(", "incomplete"),
        ("var s = @\"first", "incomplete"),
        ("}", "invalid"),
        ("1 +* ;", "invalid"),
    ):
        equal(ask(client, client.is_complete(code), "is_complete_reply")["status"], expected, code)
    content = ask(client, client.is_complete("while (true)\n{"), "is_complete_reply")
    equal(content.get("indent"), "    ", "indent")


@check
def pager(client):
    cell = run_cell(client, "Console.WriteLine?")
    equal(len(cell.reply["payload"]), 1)
    equal(cell.reply["payload"][0]["source"], "page")
    assert "WriteLine" in cell.reply["payload"][0]["data"]["text/plain"]


@check
def error(client):
    cell = run_cell(client, 'throw new InvalidOperationException("on purpose");', status="error")
    equal([m["msg_type"] for m in cell.messages if m["msg_type"] not in ("status", "execute_input")], ["error"])
    shown = cell.of("error")[0]
    assert "on purpose" in shown["evalue"], shown
    assert {"ename", "evalue", "traceback"} <= set(cell.reply), cell.reply


@check
def execute_result(client):
    for code, expected in (("1 + 2", "3"), ('"abc"', "abc"), ("new[] { 5, 6 }", "5"), ("new { Name = 7 }", "Name")):
        cell = run_cell(client, code)
        (result,) = cell.of("execute_result")
        assert expected in cell.shown(), (code, result)
        equal(result["execution_count"], cell.reply["execution_count"])
    equal(run_cell(client, "1 + 2").of("execute_result")[0]["data"].get("text/plain"), "3")
    equal(run_cell(client, "var silent = 1;").of("execute_result"), [])


@check
def display_data(client):
    for code, mime in (('display(HTML("<b>bold</b>"));', "text/html"), ('display("plain");', "text/plain"), ('"# head".DisplayAs("text/markdown");', "text/markdown")):
        cell = run_cell(client, code)
        assert any(mime in shown["data"] for shown in cell.of("display_data")), (code, cell.messages)


@check
def history(client):
    codes = ["40 + 2", "41 + 2", "42 + 2"]
    for code in codes:
        run_cell(client, code)
    content = ask(client, client.history(raw=True, output=False, hist_access_type="tail", n=3), "history_reply")
    equal([entry[2] for entry in content["history"]], codes, "tail")
    session, start = content["history"][0][:2]
    content = ask(client, client.history(raw=True, output=True, hist_access_type="tail", n=3), "history_reply")
    equal([len(entry[2]) for entry in content["history"]], [2, 2, 2], "tail with output")
    content = ask(client, client.history(raw=True, output=False, hist_access_type="range", session=session, start=start, stop=start + 1), "history_reply")
    equal(content["history"], [[session, start, "40 + 2"]], "range")
    for code in codes:
        run_cell(client, code)
    pattern = {"raw": True, "output": False, "hist_access_type": "search", "pattern": "4? + 2*"}
    equal(len(ask(client, client.history(**pattern), "history_reply")["history"]), 6, "search")
    equal(len(ask(client, client.history(unique=True, **pattern), "history_reply")["history"]), 3, "search unique")
    equal(len(ask(client, client.history(n=2, **pattern), "history_reply")["history"]), 2, "search n")


@check
def inspect(client):
    run_cell(client, "/// <summary>Adds two numbers.</summary>\nint Add(int left, int right) => left + right;")
    for code, parts in (
        ("Console.WriteLine", ["WriteLine", "string"]),
        ("Add", ["int Add(int left, int right)"]),
        ("Add(1, ", ["int Add(int left, int right)"]),
        ("Math.Abs(1)", ["Abs"]),
    ):
        cursor = code.index("Abs") + 1 if "Abs" in code else len(code)
        content = ask(client, client.inspect(code, cursor), "inspect_reply")
        assert content["found"], code
        for part in parts:
            assert part in content["data"]["text/plain"], (code, content)
    assert not ask(client, client.inspect("nothing_of_that_name"), "inspect_reply")["found"]


@check
def clear_output(client):
    code = 'var context = Microsoft.DotNet.Interactive.KernelInvocationContext.Current; Console.WriteLine("old"); context.ClearOutput(); Console.WriteLine("new"); context.ClearOutput(wait: true);'
    cell = run_cell(client, code)
    equal([m["msg_type"] for m in cell.messages[2:-1]], ["stream", "clear_output", "stream", "clear_output"])
    equal([content["wait"] for content in cell.of("clear_output")], [False, True])


def main():
    manager, client = start_new_kernel(kernel_name=sys.argv[1], startup_timeout=TIMEOUT)
    try:
        run(client)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


if __name__ == "__main__":
    main()
