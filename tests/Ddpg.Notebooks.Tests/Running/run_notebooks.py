"""Runs notebooks through the real protocol with Debian's nbclient, two at a time, and saves what they made.

Usage: run_notebooks.py OUTPUT KERNEL NOTEBOOK[=COPY]... ; prints one line of JSON for each notebook. The notebooks themselves are not changed.
A COPY is run in the notebook's stead, in the notebook's folder.
By hand: JUPYTER_PATH=PREFIX/share/jupyter /usr/bin/python3 run_notebooks.py /tmp/executed .net-csharp notebooks/00-start-here.ipynb
"""
import json
import os
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

import kernel_ports  # noqa: F401 - imported for its effect

CELL_TIMEOUT = 600
_print = threading.Lock()


def run(argument, output, kernel):
    path, _, copy = argument.partition("=")
    notebook = nbformat.read(copy or path, as_version=4)
    client = NotebookClient(notebook, kernel_name=kernel, timeout=CELL_TIMEOUT, startup_timeout=180, resources={"metadata": {"path": os.path.dirname(os.path.abspath(path))}})
    started = time.monotonic()
    detail = ""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        try:
            client.execute(stderr=said)
        except (CellExecutionError, CellTimeoutError, DeadKernelError, RuntimeError) as error:
            said.seek(0)
            # A kernel that ends by itself says why there, and nowhere else.
            detail = f"{type(error).__name__}: {error}\n{said.read()[-2000:]}".strip()
    seconds = time.monotonic() - started
    target = os.path.join(output, path.replace("/", "--"))
    temporary = target + ".new"
    with open(temporary, "w", encoding="utf-8", newline="\n") as file:
        nbformat.write(notebook, file)
    os.replace(temporary, target)
    with _print:
        print(json.dumps({"name": path, "ok": not detail, "detail": detail, "seconds": round(seconds, 1), "executed": target}), flush=True)


def main():
    output, kernel, *notebooks = sys.argv[1:]
    os.makedirs(output, exist_ok=True)
    with ThreadPoolExecutor(2) as pool:
        for result in [pool.submit(run, argument, output, kernel) for argument in notebooks]:
            result.result()


if __name__ == "__main__":
    main()
