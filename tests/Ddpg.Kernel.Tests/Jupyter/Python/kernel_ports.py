"""Ports for kernels that nobody else is given; imported for its effect.

jupyter-client asks the system for a free port, lets it go and names it to the kernel, which listens on it seconds later. The system may have given
it to another program by then (a test run opens hundreds of sockets), and a kernel that cannot listen ends: "Kernel died before replying to
kernel_info". Jupyter's own server then begins again with other ports, a script does not. The ports given here lie below those that the system
gives by itself, in a block that is this process's own while it holds the block's first port.
"""
import socket
import threading

from jupyter_client.connect import LocalPortCache

BLOCK = 100
BLOCKS = 120


def given_by_itself():
    """The first of the ports that the system gives by itself: 32,768 unless it was told otherwise."""
    try:
        with open("/proc/sys/net/ipv4/ip_local_port_range", encoding="ascii") as file:
            return int(file.read().split()[0])
    except OSError:
        return 32_768


# Where the system gives nearly all by itself, there is nothing below: then only processes that ask here are kept apart.
BEYOND = (given_by_itself() if given_by_itself() > 2_000 + BLOCKS * BLOCK else 32_768) // BLOCK * BLOCK
FIRST = BEYOND - BLOCKS * BLOCK

_lock = threading.Lock()
_held = None
_next = 0


def _listener(ip, port):
    listener = socket.socket()
    # As a kernel does: a port whose last connection has just ended is free.
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((ip, port))
        listener.listen()
    except OSError:
        listener.close()
        return None
    return listener


def _block(ip):
    """Takes the first block that no other process holds, for as long as this one lives."""
    for base in range(FIRST, BEYOND, BLOCK):
        if listener := _listener(ip, base):
            return listener
    raise RuntimeError(f"Every block of ports from {FIRST} to {BEYOND} is held.")


def find_available_port(_cache, ip):
    """Stands in for LocalPortCache's own: the block's next port on which nobody listens."""
    global _held, _next
    with _lock:
        _held = _held or _block(ip)
        base = _held.getsockname()[1]
        for _ in range(BLOCK - 1):
            port = base + 1 + _next % (BLOCK - 1)
            _next += 1
            if listener := _listener(ip, port):
                listener.close()
                return port
    raise RuntimeError(f"No port from {base + 1} to {base + BLOCK - 1} is free.")


LocalPortCache.find_available_port = find_available_port
