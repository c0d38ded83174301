"""What a stranger finds out about a host: which ports answer, and with what."""

import concurrent.futures
import errno
import itertools
import random
import select
import socket
import sys
import time

IN_FLIGHT = 400
IN_PARALLEL = 20
ENOUGH = 65_536
PATIENCE = 1.5
# ZMTP 3.1, RFC 37: signature, version, mechanism, as-server, filler.
GREETING = 64


def greeting(mechanism, as_server=False):
    signature = b"\xff" + bytes(7) + b"\x01" + b"\x7f"
    return (signature + b"\x03\x01" + mechanism.ljust(20, b"\0") + bytes([as_server])).ljust(
        GREETING, b"\0")


def command(name, body):
    content = bytes([len(name)]) + name + body
    return b"\x04" + bytes([len(content)]) + content


def probes():
    """What is tried on each open port, by name."""
    numbers = random.Random(3)
    ready = b"\x0bSocket-Type\x00\x00\x00\x03SUB"
    # A data message of Millrace with a valid header but the wrong length, after an open greeting.
    message = b"\x01\x40" + bytes([1, 2, 2, 0]) + bytes(60) + b"\x00\x00"
    return {
        "nothing": b"",
        "HTTP": b"GET / HTTP/1.1\r\nHost: millrace\r\n\r\n",
        "TLS": bytes.fromhex("160301002f0100002b0303") + numbers.randbytes(40),
        "random bytes": numbers.randbytes(4096),
        "half a greeting": greeting(b"NULL")[:11],
        "no encryption": greeting(b"NULL") + command(b"READY", ready) + b"\x00\x01\x01",
        "messages without encryption":
            greeting(b"NULL") + command(b"READY", ready.replace(b"SUB", b"PUB")) + message * 10,
        "a password": greeting(b"PLAIN") + command(b"HELLO", b"\x04root\x04root"),
        "a made-up hello": greeting(b"CURVE") + command(
            b"HELLO", b"\x01\x00" + bytes(72) + numbers.randbytes(32) + bytes(7) + b"\x01"
            + numbers.randbytes(80)),
        "a hello that is too long": greeting(b"CURVE") + b"\x06" + b"\xff" * 8 + b"\x05HELLO",
    }


def open_ports(address, ports=range(1, 65_536)):
    """The TCP ports of a host at which somebody accepts."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    waiting, found, ports = {}, [], iter(ports)
    poller = select.epoll()
    is_over = False
    while not is_over or waiting:
        while not is_over and len(waiting) < IN_FLIGHT:
            port = next(ports, None)
            if port is None:
                is_over = True
                break
            one = socket.socket(family)
            one.setblocking(False)
            result = one.connect_ex((address, port))
            if result == errno.EINPROGRESS:
                waiting[one.fileno()] = (one, port, time.monotonic())
                poller.register(one.fileno(), select.EPOLLOUT)
            else:
                if result == 0:
                    found.append(port)
                one.close()
        for descriptor, _ in poller.poll(0.1):
            one, port, _ = waiting.pop(descriptor)
            if one.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) == 0:
                found.append(port)
            one.close()
        now = time.monotonic()
        # In the order of their beginning: the oldest comes first.
        for descriptor in [d for d, (_, _, since) in itertools.islice(waiting.items(), 16)
                           if now - since > PATIENCE]:
            waiting.pop(descriptor)[0].close()
    return sorted(found)


def ask(address, port, question):
    """All that comes back until the other side closes, or nothing more comes."""
    answer = b""
    try:
        with socket.create_connection((address, port), PATIENCE) as one:
            one.sendall(question)
            while data := one.recv(65_536):
                answer += data
                if len(answer) > ENOUGH:
                    break
    except OSError:
        pass  # Closed by the other side, or silence: what came until then is the answer.
    return answer


def is_greeting(answer):
    """Whether this is nothing, or no more than what every ZMTP peer says to everybody."""
    if len(answer) > GREETING:
        return False
    expected = greeting(b"CURVE", as_server=True)
    # The signature's length, the minor version and `as-server` are the sender's choice.
    return all(byte == other or position in (8, 11, 32)
               for position, (byte, other) in enumerate(zip(answer, expected)))


def flood(address, port, count):
    """Opens so many connections that say nothing; returns how many stood at once."""
    opened = []
    try:
        for _ in range(count):
            opened.append(socket.create_connection((address, port), PATIENCE))
    except OSError:
        pass
    standing = len(opened)
    for one in opened:
        one.close()
    return standing


def main():
    """Prints each open port of the addresses given, and each answer that tells too much."""
    for address in sys.argv[1:]:
        ports = open_ports(address)
        for port in ports:
            print("open", address, port)
        tries = [(port, name, question) for port in ports for name, question in probes().items()]
        with concurrent.futures.ThreadPoolExecutor(IN_PARALLEL) as pool:
            answers = pool.map(lambda one: ask(address, one[0], one[2]), tries)
        for (port, name, _), answer in zip(tries, answers):
            if not is_greeting(answer):
                print("answered", address, port, f"{name!r}", len(answer), answer[:100].hex())


if __name__ == "__main__":
    main()
