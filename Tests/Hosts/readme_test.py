#!/usr/bin/python3
"""The README's steps from nothing to four workers on two hosts, each as it is written there."""

import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

from cluster import MILLRACE, ROOT
from hosts import Network
from processes import expect, wait_for

HOSTS = ["first", "second"]


def steps():
    """The commands under "Across hosts", as pairs of a host and its script."""
    section = (ROOT / "README.md").read_text().partition("\n## Across hosts\n")[2]
    block = re.search(r"```sh\n(.*?)```", section, re.DOTALL)
    expect(block, "the README has no commands under 'Across hosts'")
    found, host = [], None
    for line in block[1].splitlines():
        named = re.match(r"#.*\b(both|first|second) hosts?\b", line)
        if named:
            host = named[1]
            found.append((host, []))
        elif host:
            found[-1][1].append(line)
    # What is done on both is to build and install.
    return [(host, "\n".join(lines)) for host, lines in found if host in HOSTS]


class Readme(unittest.TestCase):
    """Two hosts with nothing but the command and the README's own topologies."""

    def setUp(self):
        self.network = self.enterContext(Network(HOSTS))
        temporary = self.enterContext(tempfile.TemporaryDirectory(prefix="mrr", dir="/tmp"))
        self.folders = {host: pathlib.Path(temporary, host) for host in HOSTS}
        for folder in self.folders.values():
            folder.mkdir()
            (folder / "bin").mkdir()
            (folder / "bin/millrace").symlink_to(pathlib.Path(MILLRACE).resolve())
        shutil.copytree(ROOT / "Topologies", self.folders["first"] / "Topologies",
                        ignore=shutil.ignore_patterns("generated", "out"))
        # The second host has none of the first one's files.
        self.network["second"].hidden.append(self.folders["first"])

    def on(self, host, script):
        """Carries out a script on a host, and returns what it has written."""
        folder = self.folders[host]
        with open(folder / "log", "ab") as log:
            done = subprocess.run(
                self.network[host].inside(
                    "env", "-C", folder, f"HOME={folder}", f"PATH={folder}/bin:/usr/bin:/bin",
                    "sh", "-euc", script),
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, text=True,
                timeout=120)
        expect(done.returncode == 0, f"{script}\n{(folder / 'log').read_text()}")
        return done.stdout

    def test_each_step_as_written(self):
        said = ""
        for host, script in steps():
            if host == "second":
                shutil.copy(self.folders["first"] / "keys/second.key", self.folders["second"])
            # What goes on in the background is not to be waited for.
            script = re.sub(r" &$", " >>output 2>&1 &", script, flags=re.MULTILINE)
            said += self.on(host, script)
        table = self.on("first", "millrace run --quiet Topologies/quickstart.yaml")
        expect(table in said, f"the result is not that of `millrace run`:\n{said}")
        status = "MILLRACE_KEY_FILE=keys/client.key millrace status --to 10.77.0.1"
        wait_for(lambda: self.on("first", status).count(" worker  on ") == 4,
                 lambda: f"four workers:\n{self.on('first', status)}")


if __name__ == "__main__":
    unittest.main(verbosity=2)
