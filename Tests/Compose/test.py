"""What `make test-compose` runs: the image, the quickstart, and a long run whose containers are killed.

COMPOSE names the compose command (`docker compose`), IMAGE an image that is built already.
"""

import os
import pathlib
import shutil
import signal
import sys
import tempfile
import time

from engine import Engine, Failed
from project import Project, wait_for

LARGEST_IMAGE = 150_000_000
# Long enough for everything that is done to it, short enough to be run often.
PARTITIONS, MILLISECONDS = 8_000, 25
ROOT = pathlib.Path(__file__).resolve().parents[2]
TASKS = """\
topology: tasks
source:
  range: {{ from: 0, to: {partitions} }}
  partition: 1
stages:
  - name: wait
    operator: {{ name: sleep, configuration: {{ milliseconds: {milliseconds} }} }}
workers: 4
sink:
  file: {file}
"""


def check_image(engine, image):
    """The image is small, runs without rights, watches its health, and holds what it needs."""
    found = engine.inspect("image", image)
    if found["Size"] >= LARGEST_IMAGE:
        raise Failed(f"the image has {found['Size']:,} bytes; under {LARGEST_IMAGE:,} are allowed")
    user = engine("run", "--rm", "--network", "none", "--entrypoint", "id", image, "-u").strip()
    if user == "0":
        raise Failed("the image runs as root")
    if not (found["Config"].get("Healthcheck") or found.get("Healthcheck")):
        raise Failed("the image has no health check")
    version = engine("run", "--rm", "--network", "none", image, "version").split()[1]
    say(f"image: {found['Size'] / 1e6:.0f} MB, user {user}, millrace {version}")


def expected(engine, image, folder, topology, *, output=None):
    """What `millrace run` makes of a topology: its standard output, or the file it writes."""
    command = ["run", "--rm", "--network", "none", "--tmpfs", "/tmp", "-e", "HOME=/tmp"]
    command += ["-v", f"{folder}:/work:ro"]
    if output:
        command += ["-v", f"{output.parent}:/out"]
    table = engine(*command, image, "run", "--quiet", f"/work/{topology}", text=False)
    return output.read_bytes() if output else table


def same(what, found, wanted):
    """Fails unless two results are the same bytes."""
    if found != wanted:
        raise Failed(f"{what}: {len(found)} bytes that differ from the {len(wanted)} of `millrace run`")
    say(f"{what}: the same {len(wanted):,} bytes as `millrace run`")


def quickstart(engine, image, file, workers, folder):
    """The quickstart to its end, as its user starts it."""
    out = make(folder / "out")
    variables = {"MILLRACE_IMAGE": image, "INPUT": str(ROOT / "Topologies"), "OUTPUT": str(out)}
    with Project(engine, f"docker/{file}", f"millrace-test-{os.getpid()}", variables) as project:
        project.up(workers)
        project.finished("submit", 120)
        wanted = expected(engine, image, ROOT / "Topologies", "quickstart.yaml")
        same(f"{file} with {workers} workers", (out / "quickstart.txt").read_bytes(), wanted)
        check_nodes(project)


def check_nodes(project):
    """Every worker calls itself healthy, and holds no key but its own."""
    for container in project.containers("worker"):
        wait_for(
            f"{container} to be healthy",
            lambda: "yes" in project.engine(
                "exec", container, "sh", "-c", "millrace status --self >/dev/null && echo yes", check=False
            ),
            30,
        )
        keys = project.engine("exec", container, "ls", "-A", "/keys").split()
        if keys != ["worker.key"]:
            raise Failed(f"{container} holds {keys}; only worker.key is its own")


def pulled_plugs(engine, image, folder):
    """A long run: workers come and go, one is killed, then sink, ventilator and supervisor in turn."""
    topologies, out, reference = make(folder / "in"), make(folder / "out"), make(folder / "reference")
    for name, wait in [("slow.yaml", MILLISECONDS), ("fast.yaml", 0)]:
        text = TASKS.format(partitions=PARTITIONS, milliseconds=wait, file="/out/tasks.txt")
        (topologies / name).write_text(text)
    wanted = expected(engine, image, topologies, "fast.yaml", output=reference / "tasks.txt")
    variables = {
        "MILLRACE_IMAGE": image, "INPUT": str(topologies), "OUTPUT": str(out),
        "TOPOLOGY": "slow.yaml", "RESULT": "summary.txt",
    }
    with Project(engine, "docker/compose.yaml", f"millrace-test-{os.getpid()}", variables) as project:
        project.up(1)
        steps = [
            (0.02, "4 workers", lambda: project.scale(4)),
            (0.15, "2 workers", lambda: project.scale(2)),
            (0.25, "a worker killed", lambda: project.kill(project.containers("worker")[0])),
            (0.40, "sink killed", lambda: project.kill(project.containers("sink")[0])),
            (0.55, "ventilator killed", lambda: project.kill(project.containers("ventilator")[0])),
            (0.70, "supervisor killed", lambda: project.kill(project.containers("supervisor")[0])),
        ]
        for share, what, step in steps:
            done = wait_for(f"{share:.0%} of the run", lambda: at_least(project, share), 180)
            say(f"{done:.0%} done: {what}")
            step()
        project.finished("submit", 180)
        same("killed and scaled", (out / "tasks.txt").read_bytes(), wanted)


def at_least(project, share):
    """How much of the run is stored, if that is at least `share`."""
    if project.state(project.containers("submit")[0])["Status"] == "exited":
        raise Failed(f"the run ended before {share:.0%} of it were seen")
    stored = project.stored() / PARTITIONS
    return stored if stored >= share else None


def make(folder):
    """A folder that containers may read and write whoever they run as."""
    folder.mkdir(parents=True)
    folder.chmod(0o777)
    return folder


def say(text):
    """One line of what was found."""
    print(f"{time.strftime('%H:%M:%S')} {text}", flush=True)


def main():
    # An end from outside cleans up like any other.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    os.chdir(ROOT)
    engine = Engine.from_environment()
    image = os.environ.get("IMAGE") or "millrace-test"
    folder = pathlib.Path(tempfile.mkdtemp(prefix="millrace-compose-"))
    folder.chmod(0o755)
    try:
        if "IMAGE" not in os.environ:
            engine.build(image)
        check_image(engine, image)
        quickstart(engine, image, "compose.yaml", 4, folder / "quickstart")
        quickstart(engine, image, "compose.coordinator.yaml", 2, folder / "coordinator")
        pulled_plugs(engine, image, folder / "long")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    say("everything holds")


if __name__ == "__main__":
    try:
        main()
    except Failed as failure:
        sys.exit(f"error: {failure}")
