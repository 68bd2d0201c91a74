"""Requests from everybody to every address: none breaks, none shows what is another's.

The office of the matrix with words planted in what is private. `./check` sends 12,000 requests in all, most
of them on SQLite, the long drill a million in parts. A storm that fails prints its seed;
PALERMO_DRILL_SEED makes the same storm again, PALERMO_DRILL_SIZE a larger one.
"""

import logging
import os
import random
import secrets
import time

import pytest
from django.db import connection
from tests.drills import storm
from tests.test_permissions import (  # noqa: F401 - the office is a fixture
    ADMINISTRATOR,
    ASKED,
    ASKED_SIGNS,
    DECLARED,
    SECRETARY,
    office,
    office_of_all,
)

from palermo.accounts.models import RoleKind
from palermo.plan import actions
from palermo.plan.actions import Answer
from palermo.plan.models import Question
from palermo.plan.tests import make

SIZES = {"sqlite": 8_000, "postgresql": 4_000}  # requests of ./check
SEED = int(os.environ.get("PALERMO_DRILL_SEED") or secrets.randbelow(10**6))
PARTS = 50
WANDERING = 15  # requests whose changes stay, one after the other
PARTIES = {SECRETARY, ASKED, ASKED_SIGNS}
CANARIES = {
    "zqanswer": PARTIES,
    "zqreason": PARTIES,
    "zqdraft": {ASKED},
    "zqevidence": PARTIES,
    "zqcontent": PARTIES,
    "zqremark": {SECRETARY},
    "zqaddress": {ADMINISTRATOR},
    "Something that no document had said before": {SECRETARY},  # a row that waits for its review
}


@pytest.fixture
def storm_office(office):  # noqa: F811
    """The office of the matrix, where words are planted that few may read, all with the mark of HTML."""
    people, numbers = office
    question = Question.objects.get(measure__number=1, organisation__code="be/fps-foreign-affairs")
    evidence = actions.add_evidence(
        by=people[ASKED],
        about=question,
        organisation=question.organisation,
        title=f"zqevidence {storm.MARK}",
        name=f"zqevidence {storm.MARK}.txt",
        content=b"zqcontent",
        on=make.DAY,
    )
    words = {"account": f"zqanswer {storm.MARK}", "reason": f"zqreason {storm.MARK}"}
    make.told(question, by=people[ASKED], after=1, evidence=[evidence], on=make.DAY, **words)
    draft = Answer("limited", f"zqdraft {storm.MARK}", "en", "Late.", after=2)
    actions.save_draft(by=people[ASKED], question=question, answer=draft, on=make.DAY)
    other = Question.objects.filter(organisation__code="be/fps-justice").first()
    told = make.told(other, account=f"zqanswer of Justice {storm.MARK}", on=make.DAY)
    remark = f"zqremark {storm.MARK}"
    actions.ask(by=people[SECRETARY], contribution=told, remark=remark, on=make.DAY)
    zoe = make.person(f"zqaddress {storm.MARK}", "fps-labour", RoleKind.CONTACT_POINT)
    zoe.name, zoe.handle, zoe.email = f"Zoe {storm.MARK}", "zoe", "zqaddress@example.org"
    zoe.save()
    yield people, numbers
    logging.disable(logging.NOTSET)


def blown(storm_office, seed, count):
    """A storm of so many requests, and nothing that went wrong in it."""
    print(f"PALERMO_DRILL_SEED={seed}")
    logging.disable(logging.CRITICAL)  # thousands of refusals are what is asked for
    made = storm.Storm(*storm_office, CANARIES, random.Random(seed))
    begun = time.monotonic(), time.process_time()
    made.blow(count, wandering=WANDERING)
    took, worked = time.monotonic() - begun[0], time.process_time() - begun[1]
    sent = made.answers.total()
    print(
        f"{sent} requests, {sent / took:.0f} a second, {sent / worked:.0f} a second of a core: {made.answers}"
    )
    assert sent >= count
    assert {fault: (len(how), how[0]) for fault, how in made.faults.items()} == {}
    return made


@pytest.mark.timeout(900)
def test_no_request_breaks_the_office_or_shows_what_is_anothers(storm_office):
    made = blown(storm_office, SEED, int(os.environ.get("PALERMO_DRILL_SIZE") or SIZES[connection.vendor]))
    meant = {(name, method) for name in DECLARED for method in ("GET", "POST") if storm.allowed(name, method)}
    missed = meant - made.reached
    assert len(missed) < len(meant) / 3, f"a storm proves little that does not come in: {sorted(missed)}"


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("part", range(PARTS))
def test_no_request_of_a_million_does(storm_office, part):
    blown(storm_office, SEED + 1 + part, 1_000_000 // PARTS)
