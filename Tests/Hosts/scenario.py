"""What the scenarios have in common: hosts, a cluster on them, a run and its bytes."""

import sys
import unittest

from cluster import HOSTS, ROOT, Cluster, lines_with
from hosts import Network

sys.path.insert(0, str(ROOT / "Tests/Interop"))
from processes import expect, wait_for  # noqa: E402

# 4 workers take about half a minute.
LONG = {"partition": "16KiB", "milliseconds": 250}
SHORT = {"partition": "64KiB", "milliseconds": 20}


class HostsTest(unittest.TestCase):
    """A network and a cluster on it; nothing of either is left."""

    def build(self, is_v6=False, keys=True, more=()):
        self.network = self.enterContext(Network([*HOSTS, *more], is_v6))
        self.cluster = self.enterContext(Cluster(self.network, keys))
        return self.cluster

    def begin(self, text, **values):
        """Submits a topology and waits until its run is going on."""
        self.expected = self.cluster.expected(text, **values)
        path, self.out = self.cluster.topology(text, **values)
        self.submitted = self.cluster.submit(path)

    def wait_for_work(self):
        """Waits until the run is well under way."""
        self.submitted.wait_to_say("partitions")

    def expect_bytes(self, deadline=240):
        self.submitted.succeed(deadline)
        found = self.out.read_bytes()
        expect(found == self.expected,
               f"{len(found)} bytes instead of {len(self.expected)}, or not the same")

    def complete(self, text, **values):
        self.begin(text, **values)
        self.expect_bytes()

    def expect_told(self, *words, deadline=30):
        """Waits until a line of the supervisor's log has all of these words."""
        log = self.cluster.supervisor
        return wait_for(lambda: lines_with(log, *words),
                        lambda: f"a line with {words} in the supervisor's log:\n{log.tail()}",
                        deadline)
