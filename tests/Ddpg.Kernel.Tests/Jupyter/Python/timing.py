"""How long the kernel takes to start and to answer, and how its memory grows. Prints numbers; the C# tests hold them against their limits."""
import os
import statistics
import sys
import time

from jupyter_client.manager import start_new_kernel

import kernel_ports  # noqa: F401 - imported for its effect
from checks import TIMEOUT, check, execute, run, slowdown


def resident(pid):
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS"))


@check
def start_and_first_cell(name):
    ready, first, factors = [], [], [slowdown()]
    for _ in range(3):
        started = time.monotonic()
        manager, client = start_new_kernel(kernel_name=name, startup_timeout=TIMEOUT)
        ready.append(time.monotonic() - started)
        started = time.monotonic()
        assert execute(client, "1 + 1").reply["status"] == "ok"
        first.append(time.monotonic() - started)
        client.stop_channels()
        manager.shutdown_kernel(now=True)
        factors.append(slowdown())
    return {"slowdown": round(max(factors), 1), "ready_seconds": round(statistics.median(ready), 2), "first_cell_seconds": round(statistics.median(first), 2)}


@check
def round_trip_and_growth(name):
    manager, client = start_new_kernel(kernel_name=name, startup_timeout=TIMEOUT)
    pid = manager.provisioner.process.pid
    for i in range(20):
        execute(client, f"var warm{i} = {i};")
    before = resident(pid)
    times, factors = [], [slowdown()]
    for i in range(1000):
        started = time.monotonic()
        cell = execute(client, f"var v{i} = {i}; v{i} + 1" if i % 2 else f"Console.WriteLine({i});")
        times.append(time.monotonic() - started)
        assert cell.reply["status"] == "ok", cell.reply
    growth = resident(pid) - before
    factors.append(slowdown())
    client.stop_channels()
    manager.shutdown_kernel(now=True)
    return {
        "slowdown": round(max(factors), 1),
        "median_milliseconds": round(1000 * statistics.median(times), 2),
        "percentile99_milliseconds": round(1000 * sorted(times)[989], 2),
        "growth_mebibytes": round(growth, 1),
        "resident_mebibytes": round(before + growth, 1),
    }


if __name__ == "__main__":
    os.environ.setdefault("LANG", "C.UTF-8")
    run(sys.argv[1])
