"""Two people of one organisation answer the same question in the same second, many times over.

`python -m palermo.plan.tests.races 40` in an installation of its own (PALERMO_HOME, or DATABASE_URL): each
race is two processes behind one barrier. Prints what was acknowledged and what is stored, as JSON.
"""

import json
import multiprocessing
import sys

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from palermo.audit.asking import asked_by_system  # noqa: E402
from palermo.audit.queries import verify_chain  # noqa: E402
from palermo.plan.models import Contribution, Question  # noqa: E402
from palermo.plan.tests import make  # noqa: E402


def runner(number, races, barrier, acknowledged):
    """One of the two people, in a process of their own."""
    question = Question.objects.get(measure__number=1, organisation__code="be/fps-foreign-affairs")
    person = make.contact("fps-foreign-affairs", f"Person {number}")
    for race in range(races):
        barrier.wait(60)
        told = make.told(question, account=f"{number}/{race}", by=person, on=make.DAY, after=0)
        acknowledged.put((told.version, told.account))


def prepared():
    """An installation with an open question and two contact points."""
    call_command("migrate", verbosity=0)
    make.Office()
    for number in (1, 2):
        make.contact("fps-foreign-affairs", f"Person {number}")


def raced(races):
    """Run the races; what was acknowledged to the two people."""
    context = multiprocessing.get_context("spawn")
    barrier, acknowledged = context.Barrier(2), context.Queue()
    people = [
        context.Process(target=runner, args=(number, races, barrier, acknowledged)) for number in (1, 2)
    ]
    for one in people:
        one.start()
    found = [acknowledged.get(timeout=120) for _ in range(2 * races)]
    for one in people:
        one.join(60)
    return sorted(found)


def outcome(races):
    """What the races left behind."""
    prepared()
    found = raced(races)
    kept = sorted(Contribution.objects.values_list("version", "account"))
    alone = [version for version, after in Contribution.objects.values_list("version", "after") if after]
    return {
        "acknowledged": len(found),
        "kept_as_acknowledged": kept == found,
        "versions": [version for version, _account in kept] == list(range(1, len(kept) + 1)),
        "accounts": len({account for _version, account in kept}),
        "claimed_to_have_seen": len(alone),
        "chain_holds": verify_chain().broken_at is None,
    }


if __name__ == "__main__":
    with asked_by_system():
        sys.stdout.write(json.dumps(outcome(int(sys.argv[1]))))
