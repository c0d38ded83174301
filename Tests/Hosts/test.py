#!/usr/bin/python3
"""A cluster on hosts of its own, with all that befalls hosts: `make test-hosts`.

Each scenario has a host for the supervisor, the ventilator and the sink each and two for workers,
and is over when the bytes are those of `millrace run`. Takes the command from MILLRACE.
"""

import signal
import time
import unittest

from cluster import BEAT, DELAYS, HOSTS, PORT, TASKS, lines_with
from processes import expect
from scenario import LONG, SHORT, HostsTest

CUT = 10


class Runs(HostsTest):
    """Hosts at which nothing is wrong."""

    def test_plain(self):
        cluster = self.build()
        cluster.start_all()
        self.complete(DELAYS, partition="64KiB")
        # It knows no SQL, and a run in which it takes part must not have any.
        python = cluster.start_python("two")
        python.wait_to_say("joined")
        self.complete(TASKS, **SHORT)
        expect("answered" in python.text(), f"the Python worker did nothing:\n{python.text()}")
        for host in ("one", "two"):
            self.expect_told(host)

    def test_without_keys(self):
        cluster = self.build(keys=False)
        cluster.start_all()
        self.complete(DELAYS)

    def test_ipv6_only(self):
        cluster = self.build(is_v6=True)
        cluster.start_all(workers=1)
        self.complete(DELAYS)
        cluster.start_python("two").wait_to_say("joined")
        self.complete(TASKS, **SHORT)

    def test_any_order_of_starting(self):
        cluster = self.build()
        path, self.out = cluster.topology(TASKS, **SHORT)
        self.expected = cluster.expected(TASKS, **SHORT)
        cluster.start_worker("one")
        cluster.start_sink()
        self.submitted = cluster.submit(path)
        cluster.start_ventilator()
        cluster.supervisor = cluster.start_supervisor()
        self.expect_bytes()

    def test_a_worker_drains(self):
        cluster = self.build()
        cluster.start_all()
        python = cluster.start_python("two")
        self.begin(TASKS, **LONG)
        self.wait_for_work()
        python.wait_to_say("answered")
        for worker in (cluster.workers[0], python):
            worker.signal(signal.SIGTERM)
            worker.succeed()
        self.expect_bytes()
        told = lines_with(cluster.supervisor, "one-1|python", "dead|lost|missed")
        expect(not told, f"who leaves in good order is not lost: {told}")


class Cables(HostsTest):
    """Cables that are pulled, long or bad."""

    def cut(self, host):
        """Cuts a host off in mid-run, for so long that all notice, and heals it."""
        self.wait_for_work()
        self.network[host].cut_off()
        time.sleep(CUT)  # The length of the cut is what is tested.
        self.network[host].heal()

    def test_a_worker_host_is_cut_off(self):
        self.build().start_all()
        self.begin(TASKS, **LONG)
        self.cut("two")
        self.expect_bytes()
        self.expect_told("two-1", "beats")

    def test_the_supervisors_host_is_cut_off(self):
        self.build().start_all()
        self.begin(TASKS, **LONG)
        self.cut("supervisor")
        self.expect_bytes()

    def test_the_ventilators_host_is_cut_off(self):
        self.build().start_all()
        self.begin(TASKS, **LONG)
        self.cut("ventilator")
        self.expect_bytes()

    def test_the_sinks_host_is_cut_off(self):
        self.build().start_all()
        self.begin(TASKS, **LONG)
        self.cut("sink")
        self.expect_bytes()

    def test_delay_and_loss(self):
        cluster = self.build()
        for host in ("one", "two"):
            self.network.spoil(self.network[host], delay=0.05, loss=0.05)
        cluster.start_all()
        self.complete(DELAYS, partition="64KiB")


class Mistakes(HostsTest):
    """What people get wrong."""

    def test_an_address_that_nobody_can_reach(self):
        cluster = self.build()
        cluster.start_all(workers=1)
        nowhere = "10.77.0.199"
        lost = cluster.start_worker("two", 2, "--advertise", nowhere)
        self.expect_told("two-2", "joined")
        self.begin(TASKS, **LONG)
        self.expect_told("begins")
        start = time.monotonic()
        self.expect_told("two-2", nowhere, self.network["two"].address)
        took = time.monotonic() - start
        expect(took < 5 * BEAT + 1, f"reported {took:.1f} s after its work was sent")
        lost.kill()
        self.expect_bytes()

    def test_a_name_that_resolves_late(self):
        cluster = self.build()
        cluster.start_all(workers=1)
        late = cluster.start_worker("two", 2, to=f"supervisor.test:{PORT}")
        self.complete(TASKS, **SHORT)
        expect(not lines_with(cluster.supervisor, "two-2"), "it joined without a name")
        self.network["two"].knows("supervisor.test", cluster.address)
        self.expect_told("two-2")
        self.complete(TASKS, **SHORT)
        expect(late.process.poll() is None, late.text())

    def test_clocks_hours_apart(self):
        cluster = self.build()
        cluster.supervisor = cluster.start_supervisor()
        cluster.start_ventilator(prefix=["faketime", "-f", "+7h"])
        cluster.start_sink(prefix=["faketime", "-f", "-3h"])
        cluster.start_worker("one", prefix=["faketime", "-f", "-400d"])
        # The clock that only goes forward, too.
        cluster.start_worker("two", prefix=["unshare", "--time", "--monotonic", "100000",
                                            "--boottime", "100000"])
        self.complete(DELAYS)
        self.complete(TASKS, **SHORT)

    def test_two_supervisors_on_one_address(self):
        cluster = self.build()
        cluster.start_all(workers=1)
        self.expect_told("one-1")
        second = cluster.start_supervisor(name="second", state="second-state")
        expect(second.wait() in (1, 2), second.text())
        expect(cluster.to in second.text() or str(PORT) in second.text(), second.text())
        self.complete(TASKS, **SHORT)

    def test_open_doors_are_refused(self):
        cluster = self.build()
        cluster.keys = None
        for role in ("supervisor", "ventilator", "sink", "worker"):
            address = ["--listen" if role == "supervisor" else "--to", cluster.to]
            refused = cluster.start(role, role if role in HOSTS else "one", role, *address)
            expect(refused.wait() == 2, f"{role}: {refused.text()}")
            expect("millrace keys" in refused.text(), refused.text())


if __name__ == "__main__":
    unittest.main(verbosity=2)
