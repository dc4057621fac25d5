"""What the scripts beside this one share: they drive the kernel with Debian's jupyter-client and print one line of JSON for each check.

Run by the C# tests; by hand: JUPYTER_PATH=PREFIX/share/jupyter /usr/bin/python3 conformance.py .net-csharp
(after: ddpg-kernel install --prefix PREFIX).
"""
import json
import queue
import sys
import time
import traceback

TIMEOUT = 60
_checks = []


def check(function):
    """Marks a function as a check; its name is the test's."""
    _checks.append(function)
    return function


def report(name, ok, detail="", **numbers):
    print(json.dumps({"name": name, "ok": ok, "detail": detail, **numbers}), flush=True)


def run(*arguments, recover=None):
    """Runs every marked function, or those named after '--only'; `recover` is called after a failed one."""
    only = sys.argv[sys.argv.index("--only") + 1:] if "--only" in sys.argv else None
    for function in _checks:
        if only and function.__name__ not in only:
            continue
        try:
            numbers = function(*arguments)
            report(function.__name__, True, **(numbers or {}))
        except Exception:  # every fault of a check is that check's result
            report(function.__name__, False, traceback.format_exc())
            if recover:
                recover()


def slowdown():
    """How many times slower than alone this process runs just now: 1 on an idle machine. Limits of time are stated for an idle one."""
    started, used = time.monotonic(), time.process_time()
    while time.process_time() - used < 0.2:
        sum(range(1000))
    return max(1.0, (time.monotonic() - started) / (time.process_time() - used))


class Cell:
    """What came back for one execute request."""

    def __init__(self, reply, messages):
        self.reply = reply["content"]
        self.messages = messages

    def of(self, *types):
        return [m["content"] for m in self.messages if m["msg_type"] in types]

    def shown(self):
        """What a reader sees of values, as plain text where they came so."""
        return "".join(m["data"].get("text/plain") or m["data"].get("text/html", "") for m in self.of("execute_result", "display_data"))

    def text(self, name="stdout"):
        return "".join(m["text"] for m in self.of("stream") if m["name"] == name)

    @property
    def states(self):
        return [m["execution_state"] for m in self.of("status")]


def execute(client, code, timeout=TIMEOUT, **options):
    """Runs code and collects its reply and everything published up to idle."""
    request = client.execute(code, **options)
    return collect(client, request, timeout)


def collect(client, request, timeout=TIMEOUT):
    return Cell(reply_to(client, request, timeout), outputs_of(client, request, timeout))


def reply_to(client, request, timeout=TIMEOUT, channel="shell"):
    deadline = time.monotonic() + timeout
    while True:
        message = getattr(client, f"get_{channel}_msg")(timeout=max(0.01, deadline - time.monotonic()))
        if message["parent_header"].get("msg_id") == request:
            return message


def outputs_of(client, request, timeout=TIMEOUT):
    deadline = time.monotonic() + timeout
    messages = []
    while True:
        message = client.get_iopub_msg(timeout=max(0.01, deadline - time.monotonic()))
        if message["parent_header"].get("msg_id") != request:
            continue
        messages.append(message)
        if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
            return messages


def drain(client):
    for get in (client.get_shell_msg, client.get_iopub_msg, client.get_control_msg, client.get_stdin_msg):
        while True:
            try:
                get(timeout=0.05)
            except queue.Empty:
                break


def equal(actual, expected, what=""):
    assert actual == expected, f"{what}: {actual!r}; expected {expected!r}"
