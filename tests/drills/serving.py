"""The real server of an installation, which may be killed, and somebody who looks into its database."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager

from tests.drills.installation import OFFICE
from tests.drills.people import LOST, Person

LONG = 60  # seconds until a server must answer


def free_port():
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return tried.getsockname()[1]


class Served:
    """`palermo serve` as in production, in a group of processes of its own."""

    def __init__(self, installation, port=0):
        self.installation, self.port, self.process = installation, port or free_port(), None
        self.log = installation.home.with_name(f"{installation.home.name}.log")

    def start(self):
        """Start it, and wait until it answers."""
        known = {
            key: value
            for key, value in self.installation.environment.items()
            if key not in {"PALERMO_INSECURE", "PALERMO_DEMONSTRATION", "PALERMO_TODAY"}
        }
        command = [sys.executable, "-m", "palermo", "serve", "--port", str(self.port)]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command, env=known, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )
        until = time.monotonic() + LONG
        while not self.answers():
            assert self.process.poll() is None, self.log.read_text()[-2000:]
            assert time.monotonic() < until, "the server does not answer"
            time.sleep(0.02)

    def answers(self):
        stranger = Person(self.port, "", "")
        try:
            return stranger.read("/sign-in/").status == 200
        except LOST:
            return False
        finally:
            stranger.leave()

    def kill(self):
        """End it and its workers with a signal that no program can catch."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self):
        """End it as an administrator does."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(LONG)


@contextmanager
def served(installation, port=0):
    """A server that runs."""
    made = Served(installation, port)
    made.start()
    try:
        yield made
    finally:
        made.stop()


@contextmanager
def watched(installation):
    """Ask what is in the database, as often as needed."""
    child = installation.started(OFFICE, "watch")

    def look():
        child.stdin.write("\n")
        child.stdin.flush()
        told = child.stdout.readline()
        assert told, child.stderr.read()
        return json.loads(told)

    try:
        yield look
    finally:
        child.kill()
        child.communicate()
