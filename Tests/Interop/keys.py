"""A node's CURVE keys, and the answers that ZeroMQ asks for before it lets a peer in."""

import os

import zmq
from zmq.utils import z85


class KeyProblem(Exception):
    """Why there are no keys, and what to do."""


class NodeKey:
    """A node's pair and the supervisor's public key, 40 characters of Z85 each."""

    def __init__(self, text, place):
        values = {}
        for line in text.splitlines():
            name, equals, value = line.partition("=")
            if equals and not name.lstrip().startswith("#"):
                values[name.strip()] = value.strip()
        for name in ("public", "secret", "supervisor"):
            if len(values.get(name, "")) != 40:
                raise KeyProblem(f"{place}: no `{name} = ` with 40 characters; "
                                 "take the file that `millrace keys add` made")
        self.public, self.secret, self.supervisor = (
            values[name].encode() for name in ("public", "secret", "supervisor"))

    @classmethod
    def load(cls, path):
        """Reads a key file, which nobody else may."""
        mode = os.stat(path).st_mode & 0o777
        if mode & 0o077:
            raise KeyProblem(f"{path}: others may read it (mode {mode:04o}); chmod 0600 {path}")
        with open(path, encoding="ascii") as file:
            return cls(file.read(), path)

    def serve(self, socket):
        """Has a socket that binds let in only whom `Gate` admits."""
        socket.curve_server = True
        socket.curve_publickey, socket.curve_secretkey = self.public, self.secret
        socket.zap_domain = b"millrace"

    def connect(self, socket, server):
        """Has a socket that connects talk to the holder of this public key only (Z85)."""
        socket.curve_serverkey = server
        socket.curve_publickey, socket.curve_secretkey = self.public, self.secret


class Gate:
    """Answers ZeroMQ's question whether a peer may come in (ZAP, RFC 27) from a list of keys."""

    def __init__(self, context):
        self.allowed, self.refused = set(), 0
        self.socket = context.socket(zmq.REP)
        self.socket.bind("inproc://zeromq.zap.01")

    def allow(self, keys):
        """Replaces the list: public keys, 40 characters of Z85 each."""
        self.allowed = set(keys)

    def answer(self):
        """Answers one question."""
        version, request, _, _, _, mechanism, *credentials = self.socket.recv_multipart()
        key = z85.encode(credentials[0]) if mechanism == b"CURVE" else None
        if key in self.allowed:
            status, text, user = b"200", b"", key
        else:
            # Not 400, after which a client never tries again: its key may be listed later.
            status, text, user = b"300", b"not on the list", b""
            self.refused += 1
        self.socket.send_multipart([version, request, status, text, user, b""])
