"""One start of a compose file: its containers, and what is done to them."""

import json
import os
import re
import time

from engine import Failed, run


def wait_for(what, condition, seconds):
    """What `condition` gives, once that is true; fails when it is not within `seconds`."""
    deadline = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise Failed(f"waited {seconds} s for {what}")
        time.sleep(0.25)


class Project:
    """The services of a compose file under a name of their own, removed with all they made at the end."""

    def __init__(self, engine, file, name, variables):
        self.engine = engine
        self.name = name
        self.command = [*engine.compose, "-f", file, "-p", name]
        self.environment = {**os.environ, **variables}

    def __enter__(self):
        self.remove()
        return self

    def __exit__(self, kind, error, trace):
        try:
            if kind is not None:
                self.tell()
        finally:
            self.remove()

    def compose(self, *arguments, seconds=180, check=True):
        """Runs the compose command on this project."""
        return run(
            [*self.command, *arguments], seconds=seconds, check=check, environment=self.environment
        )

    def up(self, workers):
        """Starts everything with so many workers."""
        self.compose("up", "-d", "--scale", f"worker={workers}")

    def scale(self, workers):
        """Brings the number of workers up or down. The surplus is told to go, as `docker compose` does."""
        self.compose("up", "-d", "--no-deps", "--no-recreate", "--scale", f"worker={workers}", "worker")
        for container in self.containers("worker")[workers:]:
            self.engine("stop", "-t", "60", container)
            self.engine("rm", container)
        running = [name for name in self.containers("worker") if self.is_running(name)]
        if len(running) != workers:
            raise Failed(f"{len(running)} workers run after scaling to {workers}")

    def containers(self, service=None):
        """The names of the project's containers, or of one service's, by their numbers."""
        filters = ["--filter", f"label=com.docker.compose.project={self.name}"]
        if service:
            filters += ["--filter", f"label=com.docker.compose.service={service}"]
        names = self.engine("ps", "-a", *filters, "--format", "{{.Names}}").split()
        return sorted(names, key=lambda name: (len(name), name))

    def state(self, container):
        """The engine's `State` of a container."""
        return self.engine.inspect("container", container)["State"]

    def is_running(self, container):
        """Whether a container runs."""
        return self.state(container)["Running"]

    def kill(self, container):
        """Kills a container with SIGKILL and starts it again."""
        before = self.state(container)["StartedAt"]
        self.engine("kill", "-s", "KILL", container)
        # It may have been started by its restart policy already, which is as good.
        wait_for(
            f"the end of {container}",
            lambda: not self.is_running(container) or self.state(container)["StartedAt"] != before,
            30,
        )
        self.engine("start", container)
        wait_for(f"{container} to run again", lambda: self.is_running(container), 30)

    def finished(self, service, seconds):
        """Waits for the end of a one-shot service and fails unless that was a success."""
        (container,) = self.containers(service)
        state = wait_for(
            f"{service} to end",
            lambda: next((s for s in [self.state(container)] if s["Status"] == "exited"), None),
            seconds,
        )
        if state["ExitCode"] != 0:
            raise Failed(f"{service} exited with {state['ExitCode']}")

    def stored(self):
        """How many partitions of the run that goes on are stored; 0 while nobody can say."""
        (container,) = self.containers("supervisor")
        said = self.engine("exec", container, "millrace", "status", "--json", check=False)
        for line in said.splitlines():
            told = json.loads(line)
            if told["event"] == "run" and (found := re.search(r"([\d,]+)/", told.get("progress", ""))):
                return int(found[1].replace(",", ""))
        return 0

    def tell(self):
        """Prints the last lines of every container, for somebody who looks for the cause of a failure."""
        for container in self.containers():
            state = self.state(container)
            print(f"--- {container}: {state['Status']}, exit code {state['ExitCode']}", flush=True)
            run(
                [self.engine.name, "logs", "--tail", "40", container],
                seconds=30, check=False, captured=False,
            )

    def remove(self):
        """Removes containers, networks and volumes, also those that the compose command has lost sight of."""
        self.compose("down", "-v", "-t", "5", check=False)
        for _ in range(5):
            left = self.containers()
            if not left:
                break
            self.engine("rm", "-f", *reversed(left), check=False)
        self.compose("down", "-v", "-t", "5", check=False)
        if left := self.containers():
            raise Failed(f"cannot remove {', '.join(left)}")
