"""Many people at once at one installation: half of them read, half of them answer what they are asked."""

import json
import os
import random
import statistics
import threading
import time
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from tests.drills.installation import ROOT, Installation
from tests.drills.people import LOST, Person
from tests.drills.serving import Served

PREPARE = str(ROOT / "benchmarks/_crowded.py")

PAGES = {
    "today": "/",
    "plans": "/plans/",
    "register": "/plans/{plan}/",
    "register, late": "/plans/{plan}/?stands=overdue",
    "register, by day": "/plans/{plan}/?sort=deadline",
    "register, a year ago": "/plans/{plan}/?on=2025-01-15",
    "timeline": "/plans/{plan}/timeline/",
    "who owes": "/plans/{plan}/owners/",
    "a measure": "/plans/{plan}/measures/{measure}/",
}
READS = (5.0, 15.0)  # seconds that somebody looks at a page before the next
WRITES = (20.0, 40.0)  # seconds that somebody writes at an answer
EVIDENCE = 5  # each so many-th answer brings a file
FILE = 200_000  # bytes


@dataclass
class Crowd:
    """The people, and what they met."""

    port: int
    told: dict
    chance: random.Random
    took: dict = field(default_factory=lambda: defaultdict(list))
    wrong: Counter = field(default_factory=Counter)
    acknowledged: list = field(default_factory=list)
    people: dict = field(default_factory=dict)

    def sign_in(self):
        """Everybody signs in, one after the other."""
        for place, one in enumerate(self.told["people"]):
            person = Person(self.port, one["email"], one["password"], place)
            self.took["sign in"].append(person.sign_in().took)
            self.people[one["email"]] = person

    def seen(self, name, page, status=200):
        """Note how long a page took, and what nobody expected."""
        self.took[name].append(page.took)
        if page.status != status:
            self.wrong[f"{name}: {page.status}"] += 1
        return page.status == status

    def read(self, person, name, chance):
        measure = chance.choice(self.told["measures"])
        return self.seen(name, person.read(PAGES[name].format(plan=self.told["plan"], measure=measure)))

    def write(self, person, path, number, pause):
        """Open a question, write an answer, send it and look at what became of it."""
        account = f"{person.email} tells for the time {number} in {id(self)}."
        content = os.urandom(FILE) if number % EVIDENCE == 0 else b""
        page = person.read(path)
        if not self.seen("a question", page):
            return
        if pause():
            return  # it is over: nobody hurries to send at that moment
        sent = person.sent_answer(path, page, account, content and ("scan.bin", content))
        if self.seen("send, with a file" if content else "send an answer", sent, 302) and sent.to == path:
            self.acknowledged.append(account)
            self.seen("a question", person.read(path))

    def alone(self, times):
        """One person at a time: how long everything takes when nobody else is there."""
        reader, writer = (self.people[self.one_of(kind)["email"]] for kind in ("reader", "contact"))
        questions = self.one_of("contact")["questions"]
        for name in PAGES:
            for _ in range(times):
                self.read(reader, name, self.chance)
        for number in range(2 * times):
            self.write(writer, questions[number % len(questions)], number, lambda: False)

    def one_of(self, kind):
        return next(one for one in self.told["people"] if one["kind"] == kind)

    def together(self, seconds, *, thinks):
        """Everybody at once for some seconds; how many seconds it was."""
        over, begun = threading.Event(), time.monotonic()
        with ThreadPoolExecutor(len(self.told["people"])) as pool:
            seeds = [self.chance.random() for _ in self.told["people"]]
            at_work = [
                pool.submit(self.live, one, random.Random(seed), over, thinks)
                for one, seed in zip(self.told["people"], seeds, strict=True)
            ]
            over.wait(seconds)
            over.set()
        for one in at_work:
            one.result()
        return time.monotonic() - begun

    def live(self, who, chance, over, thinks):
        """One person, until it is over."""
        person, number = self.people[who["email"]], 0

        def pause(seconds):
            """Think for some seconds; whether it is over."""
            return thinks and over.wait(chance.uniform(*seconds))

        pause((0, READS[1]))
        while not over.is_set():
            number += 1
            try:
                if who["kind"] == "reader":
                    self.read(person, chance.choice(list(PAGES)), chance)
                else:
                    self.write(person, chance.choice(who["questions"]), number, lambda: pause(WRITES))
            except LOST as reason:
                self.wrong[f"no answer: {reason!r}"] += 1
            pause(READS)

    def leave(self):
        for one in self.people.values():
            one.leave()


class Party:
    """A server on a PostgreSQL of its own, with a crowd at its door."""

    def __init__(self, cluster, folder, people, measures, port=0):
        self.cluster, self.office = cluster, Installation(folder / "office", cluster.address)
        self.told = json.loads(self.office.done(PREPARE, str(people), str(measures)))
        cluster.settle()
        self.server = Served(self.office, port)
        self.server.start()

    def crowd(self, people=None):
        """A crowd that goes on in the sessions of another."""
        made = Crowd(self.server.port, self.told, random.Random(1))
        made.people.update(people or {})
        return made

    def spent(self):
        """How long the server, the database and those who ask have worked so far, in seconds."""
        return worked(self.server.process.pid), worked(self.cluster.server.pid), time.process_time()


def kept(before, found, acknowledged):
    """What is wrong with what is kept of the answers that were acknowledged."""
    there = Counter(account for account, _evidence in found["answers"][len(before["answers"]) :])
    faults = {
        "answers lost": len([one for one in acknowledged if not there[one]]),
        "answers kept twice": len([one for one, times in there.items() if times > 1]),
        "answers of nobody": len(set(there) - set(acknowledged)),
        "entries missing": len(there) - (found["entries"] - before["entries"]),
        "files that are not whole": len(found["files_not_whole"]),
        "trail broken": int(not found["holds"]),
        "standings that do not follow": int(not found["standings_follow"]),
    }
    return {fault: number for fault, number in faults.items() if number}


def worked(pid):
    """How many seconds a process and all that it started have worked."""
    found, ticks, waiting = 0, os.sysconf("SC_CLK_TCK"), [pid]
    while waiting:
        one = waiting.pop()
        try:
            told = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
            waiting += Path(f"/proc/{one}/task/{one}/children").read_text().split()
        except OSError:
            continue
        found += sum(map(int, told[11:13] if one != pid else told[11:15]))
    return found / ticks


def spread(seconds):
    """The median and the 95th percentile, in milliseconds."""
    known = sorted(1000 * one for one in seconds)
    return statistics.median(known), known[min(len(known) - 1, int(0.95 * len(known)))]
