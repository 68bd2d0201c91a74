"""A plan with accounts that read it or answer for its parties, in the empty database that DATABASE_URL names.

`python benchmarks/_crowded.py PEOPLE MEASURES` makes it, and prints as JSON who can sign in and what they are
asked.
"""

import json
import sys

from django.contrib.auth.hashers import make_password
from django.core.management import call_command

import _plan_made as benchmark  # it sets Django up
from palermo.accounts.models import RoleKind
from palermo.audit.asking import asked_by_system
from palermo.plan.models import Question

PASSWORD = "they answer what they are asked"
QUESTIONS = 40  # of each who answers


def contact(party, plan, one):
    """Somebody who answers, and the questions to their organisation."""
    asked = Question.objects.filter(organisation=party, round__plan=plan, round__closed_on=None)
    known = asked.select_related("round", "measure")[:QUESTIONS]
    paths = [
        f"/plans/{plan.code}/rounds/{each.round.number}/{each.measure.reference}/{party.code}/"
        for each in known
    ]
    return {"email": one.email, "password": PASSWORD, "kind": "contact", "questions": paths}


def prepared(people, measures):
    """The plan, some of its measures, and the people: every second one reads."""
    call_command("migrate", verbosity=0)
    office = benchmark.Office()
    plan = benchmark.Made(office, measures).plan
    password, told = make_password(PASSWORD), []
    for number in range(people):
        reads = number % 2
        party = office.bureau if reads else office.parties[number // 2 % len(office.parties)]
        one = office.person(f"person-{number}", party, RoleKind.READER if reads else RoleKind.CONTACT_POINT)
        one.password = password
        one.save()
        reader = {"email": one.email, "password": PASSWORD, "kind": "reader"}
        told.append(reader if reads else contact(party, plan, one))
    references = [one.reference for one in plan.measures.filter(kind="measure")[:200]]
    return {"plan": plan.code, "measures": references, "people": told}


if __name__ == "__main__":
    with asked_by_system():
        print(json.dumps(prepared(*map(int, sys.argv[1:]))))
