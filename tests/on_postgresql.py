"""Run a command with DATABASE_URL naming a PostgreSQL cluster that lives as long as the command.

`python tests/on_postgresql.py pytest src/palermo/audit`. Debian's own programs, a socket in its own folder,
no network. The program comes as what an office gives it: a role that owns its database and may make others,
and that is no superuser, so that it meets every rule of the tables.
"""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

DEBIAN = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
PROGRAMS = os.pathsep.join([*map(str, DEBIAN), os.environ["PATH"]])
ROLE = """CREATE ROLE palermo LOGIN NOSUPERUSER NOBYPASSRLS CREATEDB;
ALTER DATABASE postgres OWNER TO palermo;
"""
# what a test need not wait for: it outlives no crash of the machine
FORGETFUL = {"fsync": "off", "full_page_writes": "off"}
LONG = 60  # seconds that a server may need until it answers


def unprivileged() -> dict[str, object]:
    """As whom PostgreSQL runs: it refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    known = pwd.getpwnam("postgres")
    return {"user": known.pw_uid, "group": known.pw_gid, "extra_groups": []}


class Cluster:
    """A cluster in a folder of its own, which can be started, stopped and killed."""

    def __init__(
        self,
        folder: Path,
        *words: str,
        port: int = 0,
        data: Path | None = None,
        more: dict[str, str] | None = None,
    ) -> None:
        """Make it, with more words for initdb; `port` is one on loopback, `data` is where its data lie.

        `more` are settings of PostgreSQL.
        """
        self.folder, self.data, self.port = folder, data or folder / "data", port
        self.more = more or {}
        self.server: subprocess.Popen[bytes] | None = None
        if user := unprivileged():
            os.chown(folder, user["user"], user["group"])
        words = ("-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", *words)
        self.run("initdb", "-D", self.data, *words)
        self.run("postgres", "--single", "-D", self.data, "postgres", told=ROLE)

    def run(self, program: str, *words: str | Path, told: str = "") -> None:
        """A program of PostgreSQL that comes to an end."""
        done = subprocess.run(
            [self.program(program), *words],
            input=told.encode(), check=False, cwd=self.folder, capture_output=True, **unprivileged(),
        )  # fmt: skip
        if done.returncode:
            sys.exit(f"{program}: {done.stdout.decode()}{done.stderr.decode()}")

    @staticmethod
    def program(name: str) -> str:
        return shutil.which(name, path=PROGRAMS) or name

    @property
    def address(self) -> str:
        if self.port:
            return f"postgresql://palermo@127.0.0.1:{self.port}/postgres"
        return f"postgresql://palermo@/postgres?host={self.folder}"

    def start(self) -> None:
        """Start it, and wait until it answers; a start after a kill recovers first."""
        settings = {
            "listen_addresses": "127.0.0.1" if self.port else "",
            "port": self.port or 5432,
            "max_connections": 120,
            "unix_socket_directories": self.folder,
            **self.more,
        }
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        with (self.folder / "log").open("ab") as log:
            self.server = subprocess.Popen(
                [self.program("postgres"), "-D", self.data, *options],
                cwd=self.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log, **unprivileged(),
            )  # fmt: skip
        until = time.monotonic() + LONG
        while True:
            try:
                psycopg.connect(self.address).close()
            except psycopg.OperationalError:
                if self.server.poll() is not None or time.monotonic() > until:
                    sys.exit(f"PostgreSQL: {(self.folder / 'log').read_text()[-2000:]}")
                time.sleep(0.02)
            else:
                return

    def settle(self) -> None:
        """Bring to the disk what was just made in bulk, which an office has long behind it."""
        superuser = self.address.replace("palermo@", "postgres@", 1)
        with psycopg.connect(superuser, autocommit=True) as connection:
            connection.execute("CHECKPOINT")
        os.sync()

    def stop(self) -> None:
        """End it without waiting for whoever is connected."""
        if self.server and self.server.poll() is None:
            self.server.send_signal(signal.SIGQUIT)
            self.server.wait()

    def kill(self) -> None:
        """End it and every process that it started with a signal that no program can catch."""
        self.server.send_signal(signal.SIGSTOP)  # it starts no more of them meanwhile
        children = Path(f"/proc/{self.server.pid}/task/{self.server.pid}/children").read_text().split()
        for one in [*map(int, children), self.server.pid]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)
        self.server.wait()


@contextmanager
def cluster(port: int = 0, more: dict[str, str] | None = None) -> Iterator[Cluster]:
    """A new cluster that runs."""
    folder = Path(tempfile.mkdtemp(prefix="palermo-pg-"))
    made = Cluster(folder, port=port, more=more)
    made.start()
    try:
        yield made
    finally:
        made.stop()
        shutil.rmtree(folder)


def main() -> None:
    """Run the command."""
    with cluster(more=FORGETFUL) as made:
        os.environ["DATABASE_URL"] = made.address
        command = [str(Path(sys.executable).with_name("pytest")) if sys.argv[1] == "pytest" else sys.argv[1]]
        ended = subprocess.run([*command, *sys.argv[2:]], check=False).returncode
    sys.exit(ended)


if __name__ == "__main__":
    main()
