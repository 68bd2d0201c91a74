"""Run a command with DATABASE_URL naming a PostgreSQL cluster that lives as long as the command.

`python tests/on_postgresql.py pytest src/palermo/audit`. Debian's own programs, a socket in its own folder,
no network. The program comes as what an office gives it: a role that owns its database and may make others,
and that is no superuser, so that it meets every rule of the tables.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DEBIAN = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
PROGRAMS = os.pathsep.join([*map(str, DEBIAN), os.environ["PATH"]])
OPTIONS = "-c listen_addresses='' -c max_connections=120 -c unix_socket_directories="
FORGETFUL = "-c fsync=off -c full_page_writes=off"  # tests that outlive no machine need not wait for its disk
ROLE = (
    "CREATE ROLE palermo LOGIN NOSUPERUSER NOBYPASSRLS CREATEDB",
    "ALTER DATABASE postgres OWNER TO palermo",
)


@contextmanager
def cluster(more: str = "") -> Iterator[str]:
    """A new cluster, started with more options; yields the address of its database."""
    folder = Path(tempfile.mkdtemp(prefix="palermo-pg-"))
    unprivileged: dict[str, object] = {}
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        known = pwd.getpwnam("postgres")
        os.chown(folder, known.pw_uid, known.pw_gid)
        unprivileged = {"user": known.pw_uid, "group": known.pw_gid, "extra_groups": []}

    def run(program: str, *words: str) -> None:
        found = shutil.which(program, path=PROGRAMS) or program
        log = subprocess.run([found, *words], check=False, cwd=folder, capture_output=True, **unprivileged)
        if log.returncode:
            sys.exit(f"{program}: {log.stdout.decode()}{log.stderr.decode()}")

    data = str(folder / "data")
    run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
    # pg_ctl's own output goes to a file: a server that inherits a pipe would keep it open
    run("pg_ctl", "-D", data, "-w", "-l", str(folder / "log"), "-o", f"{OPTIONS}{folder} {more}", "start")
    try:
        for statement in ROLE:
            run("psql", "-h", str(folder), "-U", "postgres", "-c", statement)
        yield f"postgresql://palermo@/postgres?host={folder}"
    finally:
        run("pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder)


def main() -> None:
    """Run the command."""
    with cluster(FORGETFUL) as address:
        os.environ["DATABASE_URL"] = address
        command = [str(Path(sys.executable).with_name("pytest")) if sys.argv[1] == "pytest" else sys.argv[1]]
        ended = subprocess.run([*command, *sys.argv[2:]], check=False).returncode
    sys.exit(ended)


if __name__ == "__main__":
    main()
