"""The disk fills while people send their answers: each is kept whole or refused, and then the work goes on.

The installation, its database, its files and what it says of itself lie in a file system of their own, of
some megabytes. Only who may mount one can run this drill.
"""

import os
import random
import secrets
import shutil
import subprocess
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import psycopg
import pytest
from tests.drills.installation import OFFICE, Installation
from tests.drills.people import LOST, Person
from tests.drills.serving import served, watched
from tests.drills.test_kill_serving import as_acknowledged, writers
from tests.on_postgresql import Cluster

LEFT = (0, 4_000, 20_000, 60_000, 300_000)  # bytes that are left free when the disk is full
REPORT = "/plans/be-2015-2019/report/government.{}?period_from=2015-01-01&period_to=2027-12-31&language=en"
FILLED = pytest.mark.parametrize(
    "rounds", [2, pytest.param(20, marks=[pytest.mark.long, pytest.mark.timeout(3600)])]
)


@pytest.fixture
def disk(tmp_path):
    """A file system of its own."""
    place = tmp_path / "disk"
    place.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", "size=120m,mode=0777", "tmpfs", str(place)]
    told = subprocess.run(words, capture_output=True, text=True, check=False)
    if told.returncode:
        pytest.skip(f"no disk was filled: this account may mount no file system ({told.stderr.strip()})")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.fixture
def in_a_file(disk):
    return prepared(Installation(disk / "office", "", settings_on(disk)))


@pytest.fixture
def on_a_server(disk, tmp_path_factory):
    """An office on a PostgreSQL of which the records and the log of changes lie on the small disk as well."""
    folder = tmp_path_factory.mktemp("server")
    for one in (folder, *folder.parents[:2]):
        one.chmod(0o755)
    for one in disk.parents:
        if "pytest" in str(one):
            one.chmod(0o755)
    server = Cluster(folder, "--wal-segsize=1", data=disk / "data", more={"max_wal_size": "8MB"})
    server.start()
    with psycopg.connect(server.address, autocommit=True) as known:
        known.execute("CREATE DATABASE office")
    address = server.address.replace("/postgres?", "/office?")
    yield prepared(Installation(disk / "office", address, settings_on(disk))), server
    server.stop()


def settings_on(disk):
    """Uploads wait on the same disk, and the secretary signs in with a password alone."""
    (disk / "uploads").mkdir()
    return (("TMPDIR", str(disk / "uploads")), ("PALERMO_SECOND_FACTOR", ""))


def prepared(office):
    office.done(OFFICE, "prepare")
    return office


def fill(disk, left):
    """Leave no more than some bytes of a disk."""
    with (disk / "filler").open("wb", buffering=0) as file, suppress(OSError):
        for size in (1 << 20, 1 << 12):
            while shutil.disk_usage(disk).free > left + size:
                file.write(bytes(size))
        while not left:
            file.write(bytes(1 << 12))


def full(disk, people, chance):
    """Fill the disk while everybody writes; how many answers were refused meanwhile."""
    stopped, first = threading.Event(), threading.Event()
    before = refused(people)
    with ThreadPoolExecutor(len(people)) as pool:
        at_work = [pool.submit(one.write, stopped, first) for one in people]
        try:
            assert first.wait(60), [one.exception() for one in at_work if one.done()]
            time.sleep(chance.uniform(0, 0.5))
            fill(disk, chance.choice(LEFT))
            until = time.monotonic() + 20
            while refused(people) - before < len(people) and time.monotonic() < until:
                time.sleep(0.05)
        finally:
            stopped.set()
    for one in at_work:
        one.result()
    return refused(people) - before


def refused(people):
    """How often somebody was told that something went wrong."""
    return sum(one.answers[500] for one in people)


def reports(secretary, seen):
    """Ask for the report in both its forms: a whole file, or a page that says that something went wrong."""
    for kind, begins in (("docx", "PK"), ("pdf", "%PDF")):
        with suppress(*LOST):
            came = secretary.read(REPORT.format(kind))
            seen[f"{kind} {came.status}"] += 1
            assert came.status in {200, 500}
            assert came.text.startswith(begins) if came.status == 200 else "Something went wrong" in came.text


def filled(office, disk, rounds, recovered):
    """Fill the disk so many times, and make room again."""
    seed = int(os.environ.get("PALERMO_DRILL_SEED") or secrets.randbelow(10**6))
    print(f"PALERMO_DRILL_SEED={seed}")
    begun, seen, down = time.monotonic(), Counter(), 0
    with served(office) as server, watched(office) as look:
        people, before = writers(office, server), look()
        secretary = Person(server.port, "ana@example.org", people[0].person.password, len(people))
        secretary.sign_in()
        for number in range(rounds):
            assert full(disk, people, random.Random(seed + number)), "nobody saw that the disk is full"
            reports(secretary, seen)
            (disk / "filler").unlink()
            down += recovered()
            found = look()
            as_acknowledged(people, before, found)
            assert not [name for name in found["files_of_nobody"] if name.startswith(".")], "half a file"
        reports(secretary, again := Counter())
        assert set(again) == {"docx 200", "pdf 200"}, again
        secretary.leave()
    print(
        f"{rounds} times full in {time.monotonic() - begun:.0f} s:"
        f" {sum(len(one.acknowledged) for one in people)} answers acknowledged, {refused(people)} refused,"
        f" none half; reports {dict(seen)}; the database went down {down} times;"
        f" {len(found['files_of_nobody'])} files of nobody"
    )


@FILLED
def test_a_full_disk_keeps_nothing_by_half(disk, in_a_file, rounds):
    filled(in_a_file, disk, rounds, lambda: 0)


@FILLED
@pytest.mark.postgresql
def test_a_full_disk_keeps_nothing_by_half_on_postgresql(disk, on_a_server, rounds):
    office, server = on_a_server

    def recovered():
        """Start the server again, where the full disk ended it."""
        time.sleep(0.5)
        if server.server.poll() is None:
            with suppress(psycopg.OperationalError):
                psycopg.connect(server.address).close()
                return 0
            server.stop()
        server.start()
        return 1

    filled(office, disk, rounds, recovered)
