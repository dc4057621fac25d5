"""Whether the ports of kernel_ports.py are nobody else's."""
import json
import os
import socket
import subprocess
import sys

from jupyter_client.connect import LocalPortCache

import kernel_ports
from checks import check, equal, run

IP = "127.0.0.1"
HERE = os.path.dirname(os.path.abspath(__file__))

# Names forty ports, and lives until its input ends.
OTHER = """
import json, sys
from jupyter_client.connect import LocalPortCache
import kernel_ports
print(json.dumps([LocalPortCache.instance().find_available_port("127.0.0.1") for _ in range(40)]), flush=True)
sys.stdin.read()
"""


def ask(count):
    return [LocalPortCache.instance().find_available_port(IP) for _ in range(count)]


@check
def two_processes_are_given_no_port_in_common():
    own = ask(40)
    others = [subprocess.Popen([sys.executable, "-c", OTHER], cwd=HERE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    try:
        given = own + [port for other in others for port in json.loads(other.stdout.readline())]
        equal(len(given), 120)
        equal(len(set(given)), 120)
    finally:
        for other in others:
            other.communicate()


@check
def no_port_is_one_that_the_system_gives_by_itself():
    first = kernel_ports.given_by_itself()
    # Below 14,000 there is no room: see kernel_ports.py.
    assert max(ask(40)) < first or first <= 14_000, first


@check
def a_port_on_which_somebody_listens_is_passed_over():
    port = ask(1)[0]
    with socket.socket() as listener:
        listener.bind((IP, port + 1))
        listener.listen()
        equal(ask(1), [port + 2])


@check
def the_ports_come_round_again():
    given = ask(3 * kernel_ports.BLOCK)
    equal(len(set(given)), kernel_ports.BLOCK - 1)


if __name__ == "__main__":
    run()
