"""Hosts of a test: network namespaces, each with one interface, joined by a bridge.

Everything is inside namespaces of this process's own, whose names begin with `mr` and its process
id; removing them removes all. Nothing outside of them is touched but files in /etc/netns.
"""

import ctypes
import fcntl
import os
import pathlib
import re
import shutil
import signal
import socket
import struct
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
NAMED = pathlib.Path("/etc/netns")
NAMESPACES = pathlib.Path("/run/netns")
SIOCETHTOOL = 0x8946
# ETHTOOL_STXCSUM, _STSO, _SGSO, _SGRO: a raw socket sees frames as they would be on a cable.
OFFLOADS = (0x17, 0x1F, 0x24, 0x2C)


def command(*arguments):
    done = subprocess.run([str(a) for a in arguments], capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(map(str, arguments))}: {done.stderr.strip()}")
    return done.stdout


class Host:
    """A namespace with an address of its own."""

    def __init__(self, network, name, number):
        self.network, self.name = network, name
        self.namespace = f"mr{os.getpid()}-{name}"
        self.address = f"fd6d:7272::{number}" if network.is_v6 else f"10.77.0.{number}"
        # Directories that this host does not have.
        self.hidden = []
        # So that messages name the host, and so that names can be made known to it later.
        self.etc = NAMED / self.namespace
        self.etc.mkdir(parents=True)
        (self.etc / "hosts").write_text("127.0.0.1 localhost\n::1 localhost\n")
        (self.etc / "resolv.conf").write_text("nameserver 127.0.0.1\n")
        command("ip", "netns", "add", self.namespace)
        self.ip("link", "set", "lo", "up")
        if network.is_v6:
            self.run("sysctl", "-qw", "net.ipv6.conf.default.accept_dad=0")

    def ip(self, *arguments):
        return command("ip", "-n", self.namespace, *arguments)

    def inside(self, *arguments):
        """A command line that does this on the host, with its host name."""
        # `ip netns exec` has given it mounts of its own.
        hide = [f"mount -t tmpfs none {path}" for path in self.hidden]
        script = " && ".join([f"hostname {self.name}", *hide, 'exec "$@"'])
        return ["ip", "netns", "exec", self.namespace, "unshare", "--uts", "sh", "-c", script,
                "sh", *map(str, arguments)]

    def run(self, *arguments):
        return command(*self.inside(*arguments))

    def knows(self, name, address):
        """Has a name resolve on this host from now on."""
        with open(self.etc / "hosts", "a") as file:
            file.write(f"{address} {name}\n")

    def cut_off(self):
        """Nothing goes out or comes in any more, and nobody is told."""
        self.firewall("-A", "DROP")

    def heal(self):
        self.firewall("-D", "DROP")

    def firewall(self, action, target):
        for program in ("iptables", "ip6tables"):
            self.run(program, action, "INPUT", "-i", "eth0", "-j", target)
            self.run(program, action, "OUTPUT", "-o", "eth0", "-j", target)


class Network:
    """Hosts on one cable; a context manager that leaves nothing behind."""

    def __init__(self, names, is_v6=False):
        self.is_v6 = is_v6
        self.hosts, self.links = {}, []
        remove_leftovers()
        # Who is told to end leaves nothing behind either.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
        try:
            self.switch = Host(self, "switch", 254)
            self.switch.ip("link", "add", "bridge", "type", "bridge")
            self.switch.ip("link", "set", "bridge", "up")
            for number, name in enumerate(names, start=1):
                self.hosts[name] = Host(self, name, number)
                self.plug_in(self.hosts[name])
        except BaseException:
            self.close()
            raise

    def __getitem__(self, name):
        return self.hosts[name]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def plug_in(self, host):
        port = f"p-{host.name}"
        self.switch.ip("link", "add", port, "type", "veth", "peer", "name", "eth0", "netns",
                       host.namespace)
        self.switch.ip("link", "set", port, "master", "bridge", "up")
        self.bring_up(host)

    def bring_up(self, host):
        if self.is_v6:
            host.ip("address", "add", f"{host.address}/64", "dev", "eth0", "nodad")
        else:
            host.ip("address", "add", f"{host.address}/24", "dev", "eth0")
        host.ip("link", "set", "eth0", "up")

    def spoil(self, host, delay, loss):
        """Has frames from and to the host be late by `delay` seconds, each way, and loses a share
        `loss` of them: by `tc netem` where the kernel has it, by a program otherwise."""
        port = f"p-{host.name}"
        try:
            for at, device in ((host, "eth0"), (self.switch, port)):
                at.ip("link", "show", device)
                at.run("tc", "qdisc", "add", "dev", device, "root", "netem", "delay",
                       f"{delay * 1000:g}ms", "loss", f"{loss * 100:g}%")
        except RuntimeError:
            host.ip("link", "set", "eth0", "down")
            self.switch.ip("link", "set", port, "nomaster")
            patch, end = f"x-{host.name}", f"y-{host.name}"
            self.switch.ip("link", "add", patch, "type", "veth", "peer", "name", end)
            self.switch.ip("link", "set", end, "master", "bridge", "up")
            self.switch.ip("link", "set", patch, "up")
            without_offloads(host, "eth0")
            without_offloads(self.switch, end)
            link = subprocess.Popen(
                self.switch.inside(sys.executable, HERE / "link.py", port, patch,
                                   "--delay", delay, "--loss", loss),
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
            self.links.append(link)
            if link.stdout.read(1) != b"+":
                raise RuntimeError("link.py did not begin") from None
            host.ip("link", "set", "eth0", "up")
            if self.is_v6:
                # It went with the interface.
                self.bring_up(host)

    def close(self):
        for link in self.links:
            link.terminate()
            link.wait()
            link.stdout.close()
        self.links = []
        for host in [*self.hosts.values(), getattr(self, "switch", None)]:
            if host:
                remove(host.namespace)


def without_offloads(host, device):
    """Has the kernel cut and sum up frames before this interface, as a real one would have it."""
    program = f"import sys; sys.path.insert(0, {str(HERE)!r}); import hosts; " \
              f"hosts.set_offloads({device!r})"
    host.run(sys.executable, "-c", program)


def set_offloads(device):
    """Turns them off, on the host this runs on."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        for feature in OFFLOADS:
            value = (ctypes.c_uint32 * 2)(feature, 0)
            request = struct.pack("16sP16x", device.encode(), ctypes.addressof(value))
            fcntl.ioctl(any_socket, SIOCETHTOOL, request)


def remove(namespace):
    """Ends what runs in a namespace of this test and removes it."""
    if (NAMESPACES / namespace).exists():
        for pid in command("ip", "netns", "pids", namespace).split():
            try:
                os.kill(int(pid), signal.SIGKILL)
            except ProcessLookupError:
                pass
        command("ip", "netns", "delete", namespace)
    shutil.rmtree(NAMED / namespace, ignore_errors=True)


def remove_leftovers():
    """Removes what a test left behind that was killed itself."""
    names = {path.name for folder in (NAMESPACES, NAMED) if folder.exists()
             for path in folder.iterdir()}
    for name in names:
        owner = re.fullmatch(r"mr(\d+)-[a-z0-9-]+", name)
        if owner and not pathlib.Path("/proc", owner[1]).exists():
            remove(name)
