"""Where a worker's sockets are: in a run's private directory, or across hosts."""

import os
import socket as sockets
import sys
import time

import wire
import zmq
from keys import Gate
from zmq.utils import z85

HIGH_WATER_MARK = 200_000
FORMER_INTERVALS = 8


class Local:
    """The private directory of a run on this host, as `millrace run` makes it."""

    stays = False  # A local worker's life is one run.

    def __init__(self, directory):
        self.directory = directory
        self.beats = f"ipc://{directory}/supervisor.beats"
        self.roster = f"ipc://{directory}/supervisor.roster"
        self.gate, self.key = None, b""

    def start(self, context):
        pass

    def bind_lane(self, socket, me):
        """Binds a lane that no other incarnation ever had; returns where to connect to."""
        endpoint = f"ipc://{self.directory}/lane-{me[0]}-{me[1]:x}"
        socket.bind(endpoint)
        return endpoint

    def unbind_lane(self, endpoint):
        try:
            os.unlink(endpoint.removeprefix("ipc://"))
        except FileNotFoundError:
            pass

    def to_supervisor(self, socket):
        pass

    def to_member(self, socket, member):
        pass

    def follow(self, roster):
        pass

    def admits(self, frame):
        return True


class Cluster:
    """A supervisor at HOST[:PORT]: beats at PORT, rosters at PORT + 1."""

    stays = True  # A cluster's worker waits for the next run.

    def __init__(self, to, bind=None, advertise=None, key=None):
        self.host, self.port = split(to)
        self.beats = tcp(self.host, self.port)
        self.roster = tcp(self.host, self.port + 1)
        self.node_key, self.key = key, z85.decode(key.public) if key else b""
        self.bind, self.advertise, self.gate = bind, advertise, None
        self.supervisor, self.listed, self.former, self.former_until = None, set(), set(), 0

    def start(self, context):
        self.own = self.advertise or self.wait_for_address()
        if self.node_key:
            self.gate = Gate(context)
            self.gate.allow({self.node_key.supervisor})

    def bind_lane(self, socket, me):
        if self.node_key:
            self.node_key.serve(socket)
        socket.bind(tcp(self.bind or self.own, "*"))
        port = socket.last_endpoint.rstrip(b"\0").decode().rpartition(":")[2]
        return tcp(self.own, port)

    def wait_for_address(self):
        """This host's address as the supervisor's host sees it, once that one's name resolves."""
        while True:
            try:
                return towards(self.host, self.port)
            except OSError as error:
                print(f"{self.host}: {error}; trying again", file=sys.stderr, flush=True)
                time.sleep(1)

    def unbind_lane(self, endpoint):
        pass

    def to_supervisor(self, socket):
        if self.node_key:
            self.node_key.connect(socket, self.node_key.supervisor)

    def to_member(self, socket, member):
        if self.node_key:
            self.node_key.connect(socket, z85.encode(member.endpoints.key))

    def follow(self, roster):
        """Lets in who is on the roster, and the supervisor."""
        if not self.gate:
            return
        now, supervisor = time.monotonic(), roster.supervisor.incarnation
        if supervisor != self.supervisor:
            # It lists its nodes by and by: those whom the one before it listed may stay so long.
            self.former, self.supervisor = self.listed, supervisor
            self.former_until = now + FORMER_INTERVALS * roster.interval_nanoseconds / 1e9
        self.listed = {z85.encode(m.endpoints.key) for m in roster.members if m.endpoints.key}
        former = self.former if now < self.former_until else set()
        self.gate.allow({self.node_key.supervisor} | self.listed | former)

    def admits(self, frame):
        """Whether the sender of a message is let in still."""
        return not self.gate or frame.get("User-Id").encode() in self.gate.allowed


def split(address):
    """`HOST`, `HOST:PORT`, `[IPv6]` or `[IPv6]:PORT` as host and port."""
    if address.startswith("["):
        host, _, rest = address[1:].partition("]")
        return host, int(rest[1:] or 5700)
    host, _, port = address.partition(":")
    return host, int(port or 5700)


def tcp(host, port):
    return f"tcp://[{host}]:{port}" if ":" in host else f"tcp://{host}:{port}"


def towards(host, port):
    """The local address from which a host is reached; nothing is sent."""
    family, kind, _, _, address = sockets.getaddrinfo(host, port, type=sockets.SOCK_DGRAM)[0]
    with sockets.socket(family, kind) as probe:
        probe.connect(address)
        return probe.getsockname()[0]


def options(socket, data):
    """What every socket has: limits, and a peer that is gone is noticed and tried again."""
    socket.ipv6 = True
    socket.linger = 0
    socket.maxmsgsize = wire.MAXIMUM_FRAME if data else wire.MAXIMUM_ROSTER + 4
    socket.reconnect_ivl, socket.reconnect_ivl_max = 10, 1000
    socket.handshake_ivl = 2000
    socket.tcp_keepalive, socket.tcp_keepalive_idle = 1, 2
    socket.tcp_keepalive_intvl, socket.tcp_keepalive_cnt = 1, 5
    socket.setsockopt(zmq.TCP_MAXRT, 5000)
    socket.setsockopt(zmq.CONNECT_TIMEOUT, 2000)
    if data:
        socket.sndhwm = socket.rcvhwm = HIGH_WATER_MARK
    return socket
