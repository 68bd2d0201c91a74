"""The protection procedure: how many cases are traced in a second, and a million open cases re-clocked.

`palermo bench procedure` traces cases of every stage on one core, then asks of 1,000,000 open cases, each
with days of its own, how it stands; on two cores at most. Limits: 5,000 traces a second on one core, four
minutes for the million. No trace can avoid the replay: its share tells how far from that a trace is.
"""

import multiprocessing
import sys
import time
from datetime import date, timedelta
from random import Random

from palermo.law.file import load
from palermo.referral.rules.case import QUESTIONS, Case, Event, Person
from palermo.referral.rules.trace import replayed, trace

TRACES, OPEN, CORES = 50_000, 1_000_000, 2
FASTEST, LONGEST = 5_000, 240
# The road of a case: days after the event before, the event, what it says.
ROAD = (
    (0, "detected", {}),
    (0, "immigration_informed", {}),
    (1, "person_informed", {}),
    (1, "centre_contacted", {}),
    (2, "centre_accepted", {}),
    (3, "document_issued", {"kind": "annex-15"}),
    (30, "statement_made", {}),
    (10, "document_issued", {"kind": "provisional"}),
    (60, "prosecutor_asked", {}),
    (10, "prosecutor_answered", {**dict.fromkeys(QUESTIONS, "yes"), "still_victim": "unknown"}),
    (5, "document_extended", {}),
    (50, "prosecutor_answered", dict.fromkeys(QUESTIONS, "yes")),
    (10, "document_issued", {"kind": "temporary"}),
    (150, "document_renewed", {}),
    (170, "document_renewed", {}),
)
PEOPLE = (
    Person(("MA",), date(1990, 1, 1)),
    Person(("NG",), date(1997, 5, 1)),
    Person(("CN",), date(1985, 1, 1), ground="smuggling-77quater-3"),
    Person(("PH",), date(1980, 1, 1), diplomatic_household=True),
    Person(("RO",), date(1995, 1, 1)),
)
FIRST = date(2017, 6, 1)


def drawn(chance):
    """An open case: as far on its road as chance has it, on days of its own, asked about some weeks later."""
    on, events = FIRST + timedelta(days=chance.randrange(3000)), []
    for number, (after, kind, said) in enumerate(ROAD[: chance.randint(1, len(ROAD))]):
        on += timedelta(days=after)
        events.append(Event(number, on, kind, said))
    return Case(chance.choice(PEOPLE), tuple(events), on + timedelta(days=chance.randrange(40)))


def reclock(told):
    """Trace so many drawn cases; the number of clocks that are overdue."""
    seed, number = told
    law, union, chance, overdue = load("be"), load("eu"), Random(seed), 0
    for _ in range(number):
        overdue += sum(one.state == "overdue" for one in trace(drawn(chance), law, union).clocks)
    return overdue


def timed(work):
    """How long some work takes of this process."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def main():
    law, union, chance = load("be"), load("eu"), Random(1)
    cases = [drawn(chance) for _ in range(TRACES)]
    events = sum(len(one.events) for one in cases)
    whole = timed(lambda: [trace(one, law, union) for one in cases])
    floor = timed(lambda: [replayed(one, one.events, law, union) for one in cases])
    rate = TRACES / whole
    print(f"{TRACES:,} cases of {events / TRACES:.1f} events: {rate:,.0f} traces a second on one core;")
    print(f"the replay of the events alone takes {100 * floor / whole:.0f} % of that")
    cores = min(CORES, multiprocessing.cpu_count())
    parts = [(seed, OPEN // (8 * cores)) for seed in range(8 * cores)]
    begun = time.perf_counter()
    with multiprocessing.get_context("spawn").Pool(cores) as pool:
        overdue = sum(pool.map(reclock, parts, chunksize=1))
    lasted = time.perf_counter() - begun
    print(f"{OPEN:,} open cases re-clocked in {lasted:.0f} s on {cores} cores; {overdue:,} clocks overdue")
    if missed := [name for name, late in (("traces", rate < FASTEST), ("million", lasted > LONGEST)) if late]:
        sys.exit(f"Too slow: {', '.join(missed)}")


if __name__ == "__main__":
    main()
