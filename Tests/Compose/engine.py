"""The container engine behind a compose command: `docker compose` and docker, or podman-compose and podman."""

import json
import os
import shlex
import subprocess
import sys

TAILS = [["docker", "compose"], ["docker-compose"], ["podman-compose"], ["podman", "compose"]]


class Failed(Exception):
    """A check that did not hold, or a command that failed, told in words."""


class Engine:
    """Runs commands of the engine that the environment's COMPOSE stands for."""

    def __init__(self, compose):
        self.compose = compose
        self.name = "podman" if "podman" in compose[0] else "docker"

    @classmethod
    def from_environment(cls):
        """The engine of COMPOSE. What stands in front of it, a sudo for example, is made to run this whole
        process: an engine may be of one mind only with what runs beside it."""
        words = shlex.split(os.environ.get("COMPOSE", "docker compose"))
        for tail in TAILS:
            before, last = words[: -len(tail)], words[-len(tail) :]
            if [os.path.basename(last[0])] + last[1:] != tail:
                continue
            if before:
                os.environ["COMPOSE"] = shlex.join(last)
                command = before + [sys.executable, "-B", *sys.argv]
                try:
                    os.execvp(command[0], command)
                except OSError as error:
                    raise Failed(f"cannot run {command[0]}: {error.strerror}") from error
            return cls(last)
        known = ", ".join(" ".join(tail) for tail in TAILS)
        raise Failed(f"COMPOSE is '{' '.join(words)}'; it has to end with one of: {known}")

    def __call__(self, *arguments, seconds=120, check=True, text=True):
        """The standard output of `docker ARGUMENTS`."""
        return run([self.name, *arguments], seconds=seconds, check=check, text=text)

    def inspect(self, kind, name):
        """What the engine knows about an image or a container."""
        return json.loads(self(kind, "inspect", name))[0]

    def build(self, tag):
        """Builds the image. Podman's own network reaches no registry where it is nested, and its own format of
        images has no health checks."""
        options = shlex.split(os.environ.get("BUILD_OPTIONS", ""))
        if self.name == "podman":
            options = ["--network", "host", "--format", "docker", "--layers", *options]
        command = [self.name, "build", *options, "-f", "docker/Dockerfile", "-t", tag, "."]
        run(command, seconds=3600, captured=False)


def run(command, *, seconds, check=True, text=True, environment=None, captured=True):
    """Runs a command within `seconds` and returns what it wrote to standard output."""
    pipe = subprocess.PIPE if captured else None
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=pipe, stderr=pipe, timeout=seconds, env=environment
        )
    except FileNotFoundError as error:
        raise Failed(f"{command[0]} is not there; say COMPOSE='...' to use another") from error
    except subprocess.TimeoutExpired as error:
        raise Failed(f"'{shlex.join(command)}' did not end within {seconds} s") from error
    if check and done.returncode != 0:
        said = (done.stderr or b"").decode(errors="replace").strip()
        raise Failed(f"'{shlex.join(command)}' exited with {done.returncode}: {said[-2000:]}")
    output = done.stdout or b""
    return output.decode(errors="replace") if text else output
