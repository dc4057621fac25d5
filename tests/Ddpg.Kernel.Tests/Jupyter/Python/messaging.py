"""The kernel driven as a front end drives it: what the messages say beyond the conformance list, interrupts, input, two front ends, signatures."""
import os
import signal
import sys
import time

import zmq
from jupyter_client.blocking import BlockingKernelClient
from jupyter_client.manager import start_new_kernel
from jupyter_client.session import Session

import kernel_ports  # noqa: F401 - imported for its effect
from checks import TIMEOUT, check, collect, drain, equal, execute, outputs_of, reply_to, run

manager = None


@check
def silent_shows_nothing_and_does_not_count(client):
    before = execute(client, "1").reply["execution_count"]
    cell = execute(client, 'var hidden = 5; Console.WriteLine("x"); display(1); 7', silent=True)
    equal([m["msg_type"] for m in cell.messages], ["status", "status"])
    equal(execute(client, "hidden").reply["execution_count"], before + 1)
    equal(execute(client, 'throw new Exception("x");', silent=True).reply["status"], "error")


@check
def store_history_false_does_not_count(client):
    before = execute(client, "1").reply["execution_count"]
    equal(execute(client, "2", store_history=False).reply["execution_count"], before)
    equal(execute(client, "3").reply["execution_count"], before + 1)


@check
def user_expressions_are_evaluated_after_the_code(client):
    cell = execute(client, "var ux = 20;", user_expressions={"twice": "ux * 2", "bad": "noSuchName"})
    values = cell.reply["user_expressions"]
    equal(values["twice"]["status"], "ok")
    assert "40" in str(values["twice"]["data"]), values
    equal(values["bad"]["status"], "error")
    equal(cell.of("execute_result", "error"), [])


@check
def after_an_error_what_was_sent_is_aborted(client):
    requests = [client.execute(code) for code in ('System.Threading.Thread.Sleep(200); throw new Exception("first");', "var never = 1;", "2")]
    equal([reply_to(client, request)["content"]["status"] for request in requests], ["error", "aborted", "aborted"])
    drain(client)
    equal(execute(client, "never").reply["status"], "error")
    requests = [client.execute(code, stop_on_error=stop) for code, stop in (('System.Threading.Thread.Sleep(100); throw new Exception("x");', False), ("2", True))]
    equal([reply_to(client, request)["content"]["status"] for request in requests], ["error", "ok"])
    drain(client)


@check
def a_compile_error_points_at_its_line(client):
    cell = execute(client, "int fine = 1;\nint broken = \"text\";")
    equal(cell.reply["status"], "error")
    assert "(2,14): error CS0029" in cell.text("stderr"), cell.text("stderr")
    equal(cell.of("error")[0]["evalue"], "compilation error")


@check
def an_exception_points_at_the_cells_line(client):
    cell = execute(client, "int zero = 0;\nvar list = new List<int>();\nConsole.WriteLine(list[3]);")
    trace = "\n".join(cell.of("error")[0]["traceback"])
    assert "3" in trace and "Console.WriteLine(list[3]);" in trace, trace
    assert os.getcwd() not in trace and "/work" not in trace, trace


@check
def a_display_is_updated_under_its_id(client):
    code = 'var shown = Microsoft.DotNet.Interactive.KernelInvocationContext.Current.Display(HTML("<i>1</i>"), "text/html"); shown.Update(HTML("<i>2</i>"));'
    cell = execute(client, code)
    first, second = cell.of("display_data")[0], cell.of("update_display_data")[-1]
    equal(first["transient"]["display_id"], second["transient"]["display_id"])
    equal((first["data"]["text/html"], second["data"]["text/html"]), ("<i>1</i>", "<i>2</i>"))
    later = execute(client, 'shown.Update(HTML("<i>3</i>"));')
    equal(later.of("update_display_data")[-1]["transient"]["display_id"], first["transient"]["display_id"])


@check
def many_updates_are_thinned_and_the_last_is_sent(client):
    code = 'var fast = Microsoft.DotNet.Interactive.KernelInvocationContext.Current.Display(HTML("0"), "text/html");\nfor (int i = 1; i <= 2000; i++) fast.Update(HTML(i.ToString()));'
    updates = execute(client, code).of("update_display_data")
    equal(updates[-1]["data"]["text/html"], "2000")
    assert len(updates) < 200, len(updates)


@check
def streams_keep_their_order_among_other_output(client):
    cell = execute(client, 'Console.Write("a"); Console.Error.Write("b"); Console.Write("c"); display("d"); Console.Write("e");')
    order = [m["content"].get("text") or m["content"]["data"]["text/plain"] for m in cell.messages if m["msg_type"] in ("stream", "display_data")]
    equal("".join(order), "abcde")


@check
def text_is_shown_while_the_cell_runs(client):
    request = client.execute('Console.WriteLine("early"); System.Threading.Thread.Sleep(3000); Console.WriteLine("late");')
    started = time.monotonic()
    while True:
        message = client.get_iopub_msg(timeout=TIMEOUT)
        if message["msg_type"] == "stream":
            break
    elapsed = time.monotonic() - started
    equal(message["content"]["text"], "early\n")
    collect(client, request)
    assert elapsed < 2.5, elapsed  # half a second before the cell's second line
    return {"milliseconds": round(1000 * elapsed)}


@check
def a_million_lines_arrive_as_few_messages_with_a_notice_and_the_end(client):
    started = time.monotonic()
    cell = execute(client, "for (int i = 0; i < 1_000_000; i++) Console.WriteLine(i);", timeout=120)
    equal(cell.reply["status"], "ok")
    text = cell.text()
    messages = len(cell.of("stream"))
    assert text.startswith("0\n1\n2\n"), text[:50]
    assert text.endswith("999998\n999999\n"), text[-50:]
    assert "held back" in text and "not shown" in text
    assert messages < 200 and len(text) < 2_000_000, (messages, len(text))
    return {"messages": messages, "characters": len(text), "seconds": round(time.monotonic() - started, 2)}


@check
def text_of_any_script_survives(client):
    text = "Grüße, 世界, 🎈 µ_θ \\u0000 \\\" <b>"
    cell = execute(client, f'Console.Write("{text}");')
    equal(cell.text(), "Grüße, 世界, 🎈 µ_θ \0 \" <b>")
    equal(execute(client, 'Console.Write("\\ud800|");').text()[-1], "|")


@check
def positions_count_code_points(client):
    execute(client, 'var afterwards = 1;')
    code = 'var s = "🎈🎈"; afterw'
    content = reply_to(client, client.complete(code, len(code)))["content"]
    equal((content["matches"], content["cursor_start"], content["cursor_end"]), (["afterwards"], len(code) - 6, len(code)))


@check
def windows_line_ends_are_lines(client):
    cell = execute(client, "var first = 1;\r\nvar second = 2;\r\nConsole.Write(first + second);\r\n")
    equal((cell.reply["status"], cell.text()), ("ok", "3"))
    cell = execute(client, "var ok = 1;\r\nint bad = \"x\";\r\n")
    assert "(2,11): error CS0029" in cell.text("stderr"), cell.text("stderr")
    equal(reply_to(client, client.is_complete("if (true)\r\n{\r\n"))["content"]["status"], "incomplete")


@check
def completion_knows_initialisers_arguments_and_types(client):
    execute(client, "/// <summary>A point.</summary>\npublic sealed record Point3(double East, double North) { public double Height { get; init; } = 0; }\nvar here = new Point3(1, 2);")
    for code, wanted in (
        ("var there = here with { Hei }", "Height"),
        ("var p = new Point3(1, 2) { He", "Height"),
        ("new Point3(Eas", "East:"),
        ("here.Nor", "North"),
        ("var q = here?.Nor", "North"),
        ("Point3 z = here; z.Eas", "East"),
        ("using System.Tex", "Text"),
        ("Poin", "Point3"),
        ("$\"{here.Nor}\"", "North"),
        ("int Local(int argument) { return argum", "argument"),
        ("here.Equals(her", "here"),
    ):
        cursor = code.index("Hei") + 3 if "Hei }" in code else code.index("Nor}") + 3 if "Nor}" in code else len(code)
        content = reply_to(client, client.complete(code, cursor))["content"]
        assert wanted in content["matches"], (code, content["matches"][:20])
    for code in ('"in a string Console.W', "// in a comment Console.W", "3"):
        equal(reply_to(client, client.complete(code, len(code)))["content"]["matches"], [], code)
    content = reply_to(client, client.complete("#!ti", 4))["content"]
    equal(content["matches"], ["#!time"])


@check
def completion_says_types_and_is_quick(client):
    execute(client, 'var counted = "abc";')
    content = reply_to(client, client.complete("counted.IndexO", 14))["content"]
    kinds = {entry["text"]: entry for entry in content["metadata"]["_jupyter_types_experimental"]}
    equal(kinds["IndexOf"]["type"], "function")
    assert "int" in kinds["IndexOf"]["signature"], kinds["IndexOf"]
    started = time.monotonic()
    for _ in range(5):
        reply_to(client, client.complete("counted.", 8))
    return {"milliseconds": round(1000 * (time.monotonic() - started) / 5)}


@check
def inspection_reads_xml_documentation(client):
    execute(client, "/// <summary>Doubles a number.</summary>\n/// <param name=\"number\">What to double.</param>\nint Twice(int number) => 2 * number;\nvar pi = Math.PI;")
    text = reply_to(client, client.inspect("Twice(2)", 2))["content"]["data"]["text/plain"]
    for part in ("int Twice(int number)", "Doubles a number.", "number: What to double."):
        assert part in text, text
    text = reply_to(client, client.inspect("pi", 2))["content"]["data"]["text/plain"]
    assert "double" in text, text
    text = reply_to(client, client.inspect("Math.Sqrt(2)", 6))["content"]["data"]["text/plain"]
    return {"framework_documentation": "square root" in text}


@check
def input_is_asked_for_and_answered(client):
    for code, prompt in (('var name = await GetInputAsync("Your name?");\nConsole.Write(name);', "Your name?"), ("Console.Write(Console.ReadLine());", "")):
        request = client.execute(code)
        question = client.get_stdin_msg(timeout=TIMEOUT)
        equal(question["msg_type"], "input_request")
        equal(question["content"]["prompt"], prompt)
        equal(question["parent_header"]["msg_id"], request)
        client.input("Ada Λ")
        cell = collect(client, request)
        equal((cell.reply["status"], cell.text()), ("ok", "Ada Λ"))


@check
def cells_sent_while_the_kernel_warms_up_agree_on_their_types(client):
    # The kernel compiles a cell of its own in the background at its start: it once gave the first cells two kinds of Task.
    for _ in range(6):
        manager.restart_kernel(now=True)
        client.wait_for_ready(timeout=TIMEOUT)
        equal(execute(client, "int Twice(int number) => 2 * number;\nvar pi = Math.PI;").reply["status"], "ok")
        cell = execute(client, "await Task.FromResult(Twice(4))")
        equal((cell.reply["status"], cell.text("stderr")), ("ok", ""))


@check
def a_front_end_without_input_gets_an_error(client):
    cell = execute(client, 'await GetInputAsync("?")', allow_stdin=False)
    equal(cell.reply["status"], "error")
    assert "allow_stdin" in cell.reply["evalue"], cell.reply
    equal(execute(client, "Console.ReadLine()", allow_stdin=False).reply["status"], "error")


@check
def waiting_for_input_can_be_interrupted(client):
    def start():
        request = client.execute('await GetInputAsync("?")')
        client.get_stdin_msg(timeout=TIMEOUT)
        return request

    return interrupted(client, start)


def interrupted(client, start, by=None):
    """Starts a cell, interrupts it, and returns how long it took to end; again if that was long, because a busy machine holds up one interrupt, not each of several."""
    seconds = []
    while not seconds or (min(seconds) >= 1.0 and len(seconds) < 4):
        request = start()
        started = time.monotonic()
        (by or manager.interrupt_kernel)()
        cell = collect(client, request)
        seconds.append(time.monotonic() - started)
        equal(cell.reply["status"], "error")
        assert cell.of("error"), "no error shown"
    assert min(seconds) < 1.0, f"{', '.join(f'{value:.2f}' for value in seconds)} s"
    return {"milliseconds": round(1000 * min(seconds)), "interrupts": len(seconds)}


def interrupt_running(client, code, by=None, wait=0.7):
    def start():
        request = client.execute(code)
        time.sleep(wait)
        return request

    execute(client, "var kept = 11;")
    numbers = interrupted(client, start, by)
    cell = execute(client, "kept")
    equal(cell.reply["status"], "ok", "earlier variables")
    return numbers


@check
def interrupt_stops_an_endless_loop(client):
    return interrupt_running(client, "while (true) { }")


@check
def interrupt_stops_an_endless_loop_in_a_function(client):
    return interrupt_running(client, "void Spin() { int i = 0; for (;;) i++; }\nSpin();")


@check
def interrupt_stops_a_sleep(client):
    return interrupt_running(client, "System.Threading.Thread.Sleep(60_000);")


@check
def interrupt_stops_an_awaited_delay(client):
    return interrupt_running(client, "await Task.Delay(60_000);")


@check
def interrupt_stops_a_library_loop(client):
    return interrupt_running(client, "Console.Write(Enumerable.Range(0, int.MaxValue).Select(i => (long)i).Where(i => i < 0).Count() + Enumerable.Range(0, int.MaxValue).Sum(i => 0.5));")


@check
def interrupt_stops_a_loop_that_prints(client):
    return interrupt_running(client, 'while (true) Console.WriteLine("on and on");')


@check
def printing_goes_on_after_printing_was_interrupted(client):
    # Once the stopped cell took the lock of the console with it, and the next cell that printed waited for ever.
    for _ in range(10):
        interrupt_running(client, 'while (true) Console.WriteLine("on and on");', wait=0.1)
        equal(execute(client, 'Console.Write("here");', timeout=20).text(), "here")


@check
def interrupt_by_signal_does_the_same(client):
    return interrupt_running(client, "while (true) { }", by=lambda: manager.signal_kernel(signal.SIGINT))


@check
def interrupt_while_idle_does_nothing(client):
    manager.interrupt_kernel()
    manager.signal_kernel(signal.SIGINT)
    time.sleep(0.2)
    equal(execute(client, "1 + 1").reply["status"], "ok")


@check
def control_and_heartbeat_answer_while_a_cell_hogs_every_pool_thread(client):
    code = "var hogs = Enumerable.Range(0, 16).Select(_ => Task.Run(() => System.Threading.Thread.Sleep(2000))).ToArray();\nTask.WaitAll(hogs);"
    request = client.execute(code)
    time.sleep(0.8)
    context = zmq.Context.instance()
    heart = context.socket(zmq.REQ)
    heart.linger = 0
    heart.connect(f"tcp://{client.ip}:{client.hb_port}")
    started = time.monotonic()
    heart.send(b"ping")
    assert heart.poll(2000), "no heartbeat"
    equal(heart.recv(), b"ping")
    beat = time.monotonic() - started
    heart.close()
    started = time.monotonic()
    asked = client.session.msg("kernel_info_request")
    client.control_channel.send(asked)
    reply_to(client, asked["header"]["msg_id"], 2, "control")
    control = time.monotonic() - started
    collect(client, request)
    return {"heartbeat_milliseconds": round(1000 * beat), "control_milliseconds": round(1000 * control)}


@check
def comms_and_debug_are_refused_politely(client):
    asked = client.session.msg("comm_open", {"comm_id": "abc", "target_name": "jupyter.widget", "data": {}})
    client.shell_channel.send(asked)
    closed = [m for m in outputs_of(client, asked["header"]["msg_id"]) if m["msg_type"] == "comm_close"]
    equal([m["content"]["comm_id"] for m in closed], ["abc"])
    equal(reply_to(client, client.comm_info())["content"], {"status": "ok", "comms": {}})
    asked = client.session.msg("debug_request", {"type": "request", "seq": 1, "command": "initialize"})
    client.control_channel.send(asked)
    equal(reply_to(client, asked["header"]["msg_id"], channel="control")["content"]["success"], False)
    asked = client.session.msg("mystery_request", {})
    client.shell_channel.send(asked)
    equal(reply_to(client, asked["header"]["msg_id"])["content"]["status"], "error")
    asked = client.session.msg("connect_request", {})
    client.shell_channel.send(asked)
    equal(reply_to(client, asked["header"]["msg_id"])["content"]["shell_port"], client.shell_port)


@check
def what_vs_code_and_jupyterlab_send_is_answered(client):
    """What the Jupyter extension of VS Code and JupyterLab send around a cell: older header, empty or unknown members, requests for features that this kernel does not state."""
    def send(kind, content, channel="shell", metadata=None, **header):
        message = client.session.msg(kind, content, metadata=metadata)
        message["header"].update(version="5.2", **header)
        getattr(client, f"{channel}_channel").send(message)
        return message["header"]["msg_id"]

    def ask(kind, content, channel="shell", **options):
        request = send(kind, content, channel, **options)
        # The first completion loads Roslyn's editor services: a second or two alone, much longer beside other work.
        return reply_to(client, request, 60, channel)["content"]

    # On connecting: the shell is asked until it answers, both channels may be.
    for channel in ("shell", "control", "shell"):
        info = ask("kernel_info_request", {}, channel)
        equal((info["status"], info["protocol_version"], info["debugger"]), ("ok", "5.3", False), channel)
        assert not set(info.get("supported_features", [])) & {"debugger", "kernel subshells"}, info
    for target in ({}, {"target_name": "jupyter.widget"}, {"target_name": "jupyter.widget.control"}):
        equal(ask("comm_info_request", target), {"status": "ok", "comms": {}}, "comms")
    # The extension's own code: silent, not stored, nobody to ask, its failure is no reader's.
    before = execute(client, "1").reply["execution_count"]
    quiet = {"silent": True, "store_history": False, "user_expressions": {}, "allow_stdin": False, "stop_on_error": False}
    request = send("execute_request", {"code": "int probe = 1; probe + 1", **quiet})
    cell = collect(client, request, 10)
    equal((cell.reply["status"], [m["msg_type"] for m in cell.messages]), ("ok", ["status", "status"]), "silent")
    requests = [send("execute_request", {"code": code, **quiet}) for code in ("%matplotlib inline", "", "2")]
    equal([reply_to(client, request, 10)["content"]["status"] for request in requests], ["error", "ok", "ok"], "silent code of another language")
    drain(client)
    # A cell as it sends it: its id and more in the metadata, a subshell that is none in the header, only what must be in the content.
    request = send("execute_request", {"code": "probe + 41", "silent": False, "allow_stdin": True},
                   metadata={"cellId": "vscode-notebook-cell:/x.ipynb#W0", "trusted": True, "deletedCells": [], "recordTiming": True}, subshell_id=None)
    cell = collect(client, request, 10)
    equal((cell.reply["status"], cell.reply["execution_count"], cell.shown()), ("ok", before + 1, "42"), "cell")
    # Typing: at every position of an unfinished line, and positions that do not exist.
    line = "var words = probe.ToStr"
    for position in [*range(len(line) + 1), len(line) + 50, -1]:
        equal(ask("complete_request", {"code": line, "cursor_pos": position})["status"], "ok", "complete")
        equal(ask("inspect_request", {"code": line, "cursor_pos": position, "detail_level": position % 2})["status"], "ok", "inspect")
    assert "ToString" in ask("complete_request", {"code": line, "cursor_pos": len(line)})["matches"]
    for kind in ("complete_request", "inspect_request", "is_complete_request", "history_request"):
        assert ask(kind, {})["status"] in ("ok", "incomplete", "complete", "invalid"), kind
    # Features that were not stated, asked for nevertheless: refused, not left waiting.
    for command in ("debugInfo", "initialize", "dumpCell"):
        answer = ask("debug_request", {"type": "request", "seq": 4, "command": command, "arguments": {}}, "control")
        equal((answer["success"], answer["request_seq"], answer["command"]), (False, 4, command), "debug")
    for kind in ("create_subshell_request", "list_subshell_request", "usage_request"):
        answer = ask(kind, {}, "control")
        equal(answer["status"], "error", kind)
        assert kind in answer["evalue"], answer
    # An interrupt on the control channel while nothing runs, then while something does.
    equal(ask("interrupt_request", {}, "control")["status"], "ok", "interrupt")
    request = send("execute_request", {"code": "while (true) { }", "silent": False})
    time.sleep(0.5)
    equal(ask("interrupt_request", {}, "control")["status"], "ok", "interrupt of a cell")
    equal(collect(client, request, 10).reply["status"], "error", "interrupted")
    equal(execute(client, "probe").reply["status"], "ok", "the variable lives")
    # Its restart: shutdown on the control channel, then a new process with the same ports.
    process = manager.provisioner.process
    equal(ask("shutdown_request", {"restart": True}, "control"), {"status": "ok", "restart": True}, "shutdown")
    equal(process.wait(timeout=TIMEOUT), 0, "exit code")
    manager.restart_kernel(now=True)
    client.wait_for_ready(timeout=TIMEOUT)
    equal(execute(client, "probe").reply["status"], "error", "forgotten")


@check
def start_warns_of_a_connection_file_that_others_can_read(client):
    import subprocess
    import tempfile
    argv = [part for part in manager.kernel_spec.argv if part != "{connection_file}"]
    for mode, warned in ((0o600, False), (0o644, True)):
        with tempfile.TemporaryDirectory() as folder:
            file = os.path.join(folder, "connection.json")
            own = BlockingKernelClient(connection_file=file)
            own.write_connection_file()
            os.chmod(file, mode)
            # JPY_PARENT_PID belongs to the other kernel; this one is ended by its shutdown.
            kernel = subprocess.Popen([*argv, file], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, env={k: v for k, v in os.environ.items() if k != "JPY_PARENT_PID"})
            try:
                own.start_channels(hb=False)
                equal(reply_to(own, own.kernel_info())["content"]["status"], "ok", "it serves nevertheless")
                own.shutdown()
                said = kernel.communicate(timeout=20)[1]
            finally:
                own.stop_channels()
                if kernel.poll() is None:
                    kernel.kill()
            equal(kernel.returncode, 0, "exit code")
            equal("chmod 600" in said and file in said, warned, f"mode {mode:o}: {said!r}")


@check
def cells_run_on_when_the_notebooks_folder_is_deleted(client):
    import tempfile
    with tempfile.TemporaryDirectory() as folder:
        place = os.path.join(folder, "notebooks")
        os.mkdir(place)
        own_manager, own = start_new_kernel(kernel_name=sys.argv[1], startup_timeout=TIMEOUT, cwd=place)
        try:
            equal(execute(own, "int kept = 3;").reply["status"], "ok", "before")
            os.rmdir(place)
            cell = execute(own, "kept + 1")
            equal((cell.reply["status"], cell.shown()), ("ok", "4"), f"after: {cell.of('error')}")
            equal(len(execute(own, "Console.WriteLine?").reply["payload"]), 1, "a question")
            missing = execute(own, '#!import "setup.csx"')
            equal(missing.reply["status"], "error", "a file of the folder that is gone")
            assert "setup.csx" in missing.of("error")[0]["evalue"], missing.of("error")
            equal(execute(own, "kept").shown(), "3", "alive")
        finally:
            own.stop_channels()
            own_manager.shutdown_kernel(now=True)


@check
def unsigned_and_wrongly_signed_messages_are_dropped(client):
    context = zmq.Context.instance()
    socket = context.socket(zmq.DEALER)
    socket.linger = 0
    socket.connect(f"tcp://{client.ip}:{client.shell_port}")
    right = client.session
    wrong = Session(key=b"another key")
    code = {"code": "var hacked = 1;", "silent": False}
    wrong.send(socket, wrong.msg("execute_request", code))
    frames = right.serialize(right.msg("execute_request", code))
    delimiter = frames.index(b"<IDS|MSG>")
    for signature in (b"", b"0" * 64, b"0" * 63, frames[delimiter + 1].upper(), frames[delimiter + 1][:-1] + b"!"):
        socket.send_multipart(frames[:delimiter + 1] + [signature] + frames[delimiter + 2:])
    changed = [part.replace(b"hacked", b"hijack") for part in frames]
    socket.send_multipart(changed)
    for parts in ([b"<IDS|MSG>"], [b""], [b"x"] * 10, [b"<IDS|MSG>", b"", b"{", b"{", b"{", b"{"]):
        socket.send_multipart(parts)
    signed_nonsense = [b"not json", b"{}", b"{}", b"[1]"]
    socket.send_multipart([b"<IDS|MSG>", right.sign(signed_nonsense), *signed_nonsense])
    asked = right.msg("kernel_info_request")
    right.send(socket, asked)
    assert socket.poll(5000), "the right message was not answered"
    _, reply = right.feed_identities(socket.recv_multipart())
    equal(right.deserialize(reply)["parent_header"]["msg_id"], asked["header"]["msg_id"], "only the right one is answered")
    socket.close()
    drain(client)
    equal(execute(client, "hacked").reply["status"], "error")


@check
def random_bytes_on_every_port_leave_it_alive(client):
    import random
    import socket
    generator = random.Random(3)
    ports = [client.shell_port, client.iopub_port, client.stdin_port, client.hb_port, client.control_port]
    greeting = b"\xff" + bytes(8) + b"\x7f\x03\x00NULL" + bytes(48)
    for i in range(1000):
        with socket.create_connection((client.ip, ports[i % 5])) as raw:
            raw.settimeout(1)
            try:
                raw.sendall((greeting if i % 2 else b"") + generator.randbytes(generator.randrange(300)))
            except OSError:
                pass
        if i % 100 == 0:
            equal(execute(client, f"{i}").reply["status"], "ok")
    equal(execute(client, "1").reply["status"], "ok")


@check
def a_subscriber_that_does_not_read_does_not_hold_the_kernel_up(client):
    context = zmq.Context()
    stuck = context.socket(zmq.SUB)
    stuck.rcvhwm = 1
    stuck.subscribe(b"")
    stuck.connect(f"tcp://{client.ip}:{client.iopub_port}")
    time.sleep(0.3)
    started = time.monotonic()
    for _ in range(20):
        equal(execute(client, 'display(HTML(new string(\'x\', 1_000_000)));').reply["status"], "ok")
    elapsed = time.monotonic() - started
    stuck.close(0)
    context.term()
    return {"seconds": round(elapsed, 2)}


@check
def two_front_ends_share_one_kernel(client):
    second = BlockingKernelClient()
    second.load_connection_file(manager.connection_file)
    second.start_channels()
    try:
        second.wait_for_ready(timeout=TIMEOUT)
        execute(client, "var shared = 5;")
        drain(second)
        request = second.execute("Console.Write(shared + 1);")
        equal(reply_to(second, request)["content"]["status"], "ok")
        equal([m["content"]["text"] for m in outputs_of(client, request) if m["msg_type"] == "stream"], ["6"], "seen by the first")
        equal([m["content"]["text"] for m in outputs_of(second, request) if m["msg_type"] == "stream"], ["6"], "seen by the second")
        # Interleaved, all sent before the first answer is read.
        sent = [(who, who.execute(f"{i}")) for i in range(20) for who in (client, second)]
        equal([reply_to(who, request)["content"]["status"] for who, request in sent], ["ok"] * 40)
    finally:
        second.stop_channels()
    drain(client)


@check
def two_clients_of_one_session_are_both_served(client):
    twin = manager.client()  # the same session, and so the same identity on every socket
    twin.start_channels()
    try:
        twin.wait_for_ready(timeout=TIMEOUT)
        for i in range(10):
            equal(reply_to(twin, twin.execute(f"{i}"))["content"]["status"], "ok", "twin")
            equal(reply_to(client, client.execute(f"{i}"))["content"]["status"], "ok", "first")
    finally:
        twin.stop_channels()
    drain(client)


@check
def a_background_task_writes_under_its_own_cell(client):
    request = client.execute('_ = Task.Run(async () => { await Task.Delay(600); Console.WriteLine("from the past"); });')
    collect(client, request)
    execute(client, 'Console.Write("now");')
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        message = client.get_iopub_msg(timeout=5)
        if message["msg_type"] == "stream":
            break
    equal((message["content"]["text"], message["parent_header"]["msg_id"]), ("from the past\n", request))


@check
def a_large_display_arrives_whole(client):
    cell = execute(client, "display(HTML(new string('z', 8_000_000)));")
    equal(len(cell.of("display_data")[0]["data"]["text/html"]), 8_000_000)


@check
def restart_forgets_and_serves_again(client):
    execute(client, "var gone = 1;")
    started = time.monotonic()
    manager.restart_kernel()
    client.wait_for_ready(timeout=TIMEOUT)
    elapsed = time.monotonic() - started
    cell = execute(client, "gone")
    equal((cell.reply["status"], cell.reply["execution_count"]), ("error", 1))
    return {"seconds": round(elapsed, 2)}


@check
def restart_in_the_middle_of_an_endless_cell(client):
    client.execute("while (true) { }")
    time.sleep(0.5)
    manager.restart_kernel()
    client.wait_for_ready(timeout=TIMEOUT)
    equal(execute(client, "2").reply["status"], "ok")


@check
def shutdown_is_answered_and_the_process_ends(client):
    process = manager.provisioner.process
    drain(client)
    request = client.shutdown()
    equal(reply_to(client, request, channel="control")["content"], {"status": "ok", "restart": False})
    equal(process.wait(timeout=TIMEOUT), 0, "exit code")


def main():
    global manager
    manager, client = start_new_kernel(kernel_name=sys.argv[1], startup_timeout=TIMEOUT)

    def recover():
        """One fault is one check's: the next begins with a kernel that answers."""
        manager.restart_kernel(now=True)
        client.wait_for_ready(timeout=TIMEOUT)

    try:
        run(client, recover=recover)
    finally:
        client.stop_channels()
        if manager.is_alive():
            manager.shutdown_kernel(now=True)


if __name__ == "__main__":
    main()
