"""libzmq's own sockets against the kernel's: a router that echoes, a publisher driven through it, a heartbeat. Ports come as arguments."""
import sys
import time

import zmq

from checks import check, equal, run

context = zmq.Context()


def open_socket(kind, port, **options):
    socket = context.socket(kind)
    socket.linger = 0
    socket.rcvtimeo = socket.sndtimeo = 10_000
    for name, value in options.items():
        setattr(socket, name, value)
    socket.connect(f"tcp://127.0.0.1:{port}")
    return socket


@check
def version_is_known(router, publisher, echo):
    return {"libzmq": zmq.zmq_version()}


@check
def frames_of_every_length_come_back(router, publisher, echo):
    socket = open_socket(zmq.DEALER, router)
    for length in (0, 1, 254, 255, 256, 257, 65535, 65536, 1_000_000, 20_000_000):
        message = [b"echo", bytes(length), b"", b"end"]
        socket.send_multipart(message)
        assert socket.recv_multipart() == message, length
    socket.close()


@check
def many_dealers_each_get_their_own(router, publisher, echo):
    sockets = [open_socket(zmq.DEALER, router, **({"identity": b"peer-%d" % i} if i % 2 else {})) for i in range(50)]
    for turn in range(20):
        for i, socket in enumerate(sockets):
            socket.send_multipart([b"echo", b"%d %d" % (turn, i)])
    for turn in range(20):
        for i, socket in enumerate(sockets):
            equal(socket.recv_multipart(), [b"echo", b"%d %d" % (turn, i)])
    for socket in sockets:
        socket.close()


@check
def a_request_socket_is_answered(router, publisher, echo):
    socket = open_socket(zmq.REQ, router)
    socket.send_multipart([b"echo", b"request"])
    equal(socket.recv_multipart(), [b"echo", b"request"])
    socket.close()


@check
def the_heartbeat_beats(router, publisher, echo):
    socket = open_socket(zmq.REQ, echo)
    times = []
    for i in range(200):
        started = time.perf_counter()
        socket.send(b"%d" % i)
        equal(socket.recv(), b"%d" % i)
        times.append(time.perf_counter() - started)
    socket.close()
    return {"median_microseconds": round(1e6 * sorted(times)[100])}


@check
def subscribers_get_what_they_asked_for_and_all_of_it(router, publisher, echo):
    everything, some = open_socket(zmq.SUB, publisher, rcvhwm=0), open_socket(zmq.SUB, publisher, rcvhwm=0)
    everything.subscribe(b"")
    some.subscribe(b"kernel.1")
    time.sleep(0.5)
    driver = open_socket(zmq.DEALER, router)
    driver.send_multipart([b"publish", b"20000"])
    for i in range(20_000):
        equal(everything.recv_multipart(), [b"kernel.%d" % (i % 2), b"%d" % i])
    for i in range(10_000):
        equal(some.recv_multipart(), [b"kernel.1", b"%d" % (2 * i + 1)])
    some.unsubscribe(b"kernel.1")
    time.sleep(0.3)
    driver.send_multipart([b"publish", b"2"])
    everything.recv_multipart()
    everything.recv_multipart()
    assert not some.poll(300), "unsubscribed, and still served"
    for socket in (everything, some, driver):
        socket.close()


@check
def a_peer_of_the_wrong_type_is_refused(router, publisher, echo):
    socket = context.socket(zmq.SUB)
    monitor = socket.get_monitor_socket()
    socket.linger = 0
    socket.subscribe(b"")
    socket.connect(f"tcp://127.0.0.1:{router}")
    from zmq.utils.monitor import recv_monitor_message
    deadline, events = time.monotonic() + 5, []
    while time.monotonic() < deadline and zmq.EVENT_HANDSHAKE_FAILED_PROTOCOL not in events and zmq.EVENT_DISCONNECTED not in events:
        if monitor.poll(100):
            events.append(recv_monitor_message(monitor)["event"])
    assert zmq.EVENT_HANDSHAKE_SUCCEEDED not in events, events
    socket.disable_monitor()
    socket.close()


@check
def heartbeats_of_the_protocol_are_answered(router, publisher, echo):
    socket = open_socket(zmq.DEALER, router, heartbeat_ivl=200, heartbeat_timeout=1500)
    time.sleep(3.5)
    socket.send_multipart([b"echo", b"still connected"])
    equal(socket.recv_multipart(), [b"echo", b"still connected"])
    socket.close()


if __name__ == "__main__":
    run(*(int(port) for port in sys.argv[1:4]))
