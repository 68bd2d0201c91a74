"""The plug is pulled while people send their answers: the server's, or that of the database.

People answer over HTTP without a pause, and each answer that the server acknowledged is counted. At a random
moment the server with its workers, or PostgreSQL with all its processes, is killed with a signal that no
program can catch, and started again. PALERMO_DRILL_SEED repeats the moments of a drill.
"""

import hashlib
import json
import os
import random
import secrets
import statistics
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field

import pytest
from tests.drills.installation import OFFICE
from tests.drills.people import LOST, Person
from tests.drills.serving import served, watched

WRITING = (0, 1)  # seconds between the first answer that was acknowledged and the kill
ROUNDS = pytest.mark.parametrize(
    "rounds", [3, pytest.param(150, marks=[pytest.mark.long, pytest.mark.timeout(7200)])]
)


@dataclass
class Writer:
    """Somebody who answers one question for ever, and remembers what came of each answer."""

    person: Person
    path: str
    acknowledged: dict = field(default_factory=dict)  # the words of an answer: the digest of its evidence
    unsure: dict = field(default_factory=dict)  # what was sent and never acknowledged
    answers: Counter = field(default_factory=Counter)
    number: int = 0
    mark: str = field(default_factory=lambda: secrets.token_hex(4))

    def write(self, stopped, first):
        """Answer until the plug is pulled; every third answer brings a file."""
        with suppress(*LOST):
            while not stopped.is_set():
                self.send(first)
        self.person.leave()

    def send(self, first):
        """One answer."""
        self.number += 1
        account = f"{self.person.email} {self.mark} tells for the time {self.number}."
        content = secrets.token_bytes(20_000) if self.number % 3 == 0 else b""
        self.unsure[account] = hashlib.sha256(content).hexdigest() if content else ""
        page, sent = self.person.answer(self.path, account, content and ("scan.bin", content))
        came = sent or page
        self.answers[came.status] += 1
        if sent and (sent.status, sent.to) == (302, self.path):
            self.acknowledged[account] = self.unsure.pop(account)
            first.set()
        else:  # the database is gone: a page says so, and shows nothing of the program
            assert came.status == 500, f"{came.status} {came.text[:3000]}"
            assert "Something went wrong" in came.text
            time.sleep(0.1)


def writers(office, server):
    """Those who answer, signed in."""
    told = json.loads(office.done(OFFICE, "people"))
    found = [
        Writer(Person(server.port, one["email"], one["password"], place), one["path"])
        for place, one in enumerate(told)
    ]
    for one in found:
        one.person.sign_in()
    return found


def interrupted(people, chance, kill):
    """Let everybody write, and pull the plug once somebody was told that an answer is kept."""
    stopped, first = threading.Event(), threading.Event()
    with ThreadPoolExecutor(len(people)) as pool:
        at_work = [pool.submit(one.write, stopped, first) for one in people]
        try:
            assert first.wait(60), [one.exception() for one in at_work if one.done()]
            time.sleep(chance.uniform(*WRITING))
            kill()
        finally:
            stopped.set()
    for one in at_work:
        one.result()


def as_acknowledged(people, before, found):
    """Nothing lost, nothing doubled, nothing half; how many were kept though nobody was told so."""
    new = found["answers"][len(before["answers"]) :]
    kept = Counter(account for account, _evidence in new)
    told = {account: digest for one in people for account, digest in one.acknowledged.items()}
    sent = {account: digest for one in people for account, digest in one.unsure.items()} | told
    assert not [one for one in told if one not in kept], "an answer that was acknowledged is gone"
    assert not [one for one, times in kept.items() if times > 1], "an answer is there twice"
    assert not [one for one in kept if one not in sent], "an answer is nobody's"
    for account, digests in new:
        assert digests == [one for one in [sent[account]] if one], "an answer came without its evidence"
    assert found["entries"] - before["entries"] == len(new), "an answer stands without its entry"
    assert found["files_not_whole"] == []
    assert found["standings_follow"]
    assert found["holds"], "the trail is broken"
    assert found["database"] == "ok"
    return len(kept) - len(told)


def pulled(office, rounds, plug):
    """Pull a plug so many times, and tell what was acknowledged and what was kept."""
    seed = int(os.environ.get("PALERMO_DRILL_SEED") or secrets.randbelow(10**6))
    print(f"PALERMO_DRILL_SEED={seed}")
    begun, down, more = time.monotonic(), [], 0
    with served(office) as server, watched(office) as look:
        people, before = writers(office, server), look()
        for number in range(rounds):
            interrupted(people, random.Random(seed + number), plug(server).kill)
            at = time.monotonic()
            plug(server).start()
            down.append(time.monotonic() - at)
            found = look()
            more = as_acknowledged(people, before, found)
    told = sum(len(one.acknowledged) for one in people)
    unsure = sum(len(one.unsure) for one in people)
    print(
        f"{rounds} kills in {time.monotonic() - begun:.0f} s, up again in {statistics.median(down):.1f} s"
        f" ({max(down):.1f} s at most); {told} answers acknowledged, none lost;"
        f" {unsure} others sent, {more} of them kept whole; {len(found['files_of_nobody'])} files of nobody;"
        f" {dict(sum((one.answers for one in people), Counter()))}"
    )
    assert told >= rounds


@ROUNDS
def test_what_the_server_acknowledged_outlives_it(sqlite, rounds):
    pulled(sqlite, rounds, lambda server: server)


@ROUNDS
@pytest.mark.postgresql
def test_what_the_server_acknowledged_outlives_it_on_postgresql(postgresql, rounds):
    pulled(postgresql, rounds, lambda server: server)


@ROUNDS
@pytest.mark.postgresql
def test_what_was_acknowledged_outlives_the_database_that_keeps_it(postgresql, server, rounds):
    pulled(postgresql, rounds, lambda _server: server)
