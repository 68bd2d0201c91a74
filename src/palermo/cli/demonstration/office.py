"""The demonstration office: Belgium's Bureau in the middle of its plan, made by the real reader and actions.

The accounts are there first, since nobody could invite them; everything after happens through actions that
a person could have taken, each on its own day.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction

from palermo.accounts.models import Demonstration, Role, RoleKind, User
from palermo.accounts.queries import DEMONSTRATION_ADDRESS, free_handle
from palermo.cli.demonstration.earlier import came_before
from palermo.cli.demonstration.steps import followed_beside
from palermo.cli.demonstration.works import commissioned
from palermo.organisations import actions as directory_actions
from palermo.organisations.directory import load
from palermo.organisations.models import Organisation
from palermo.organisations.reference import store
from palermo.plan import actions, queries
from palermo.plan.actions import Answer, PlanTerms
from palermo.plan.models import Contribution, Measure, Plan, Question, Round
from palermo.plan.rules.collection import Terms
from palermo.plan.rules.document import as_json, read_plan
from palermo.reading import read

CODE = "be-2015-2019"
DOCUMENT = Path(__file__).with_name("action-plan-2015-2019.docx")
FOLLOW_UP = Path(__file__).with_name("follow_up.toml")
STARTED = date(2014, 7, 21)
ADOPTED = date(2015, 7, 15)
ROUND_OPENED = date(2017, 1, 9)
TODAY_PAGE = "http://127.0.0.1:8000/"  # where the demonstration is served unless it is told otherwise
LINK_PAGE = TODAY_PAGE + "answer/TOKEN/"
Step = Callable[[str], None]

PEOPLE = (
    ("Bureau secretary", RoleKind.SECRETARY, "be/bureau", "en"),
    ("Contact point, Immigration Office", RoleKind.CONTACT_POINT, "be/immigration-office", "fr"),
    ("Contact point, FPS Foreign Affairs", RoleKind.CONTACT_POINT, "be/fps-foreign-affairs", "en"),
    (
        "Validating authority, FPS Foreign Affairs",
        RoleKind.VALIDATING_AUTHORITY,
        "be/fps-foreign-affairs",
        "en",
    ),
    ("Contact point, FPS Justice", RoleKind.CONTACT_POINT, "be/fps-justice", "fr"),
    ("Contact point, College of Attorneys-General", RoleKind.CONTACT_POINT, "be/college", "fr"),
    ("Contact point, FPS Labour", RoleKind.CONTACT_POINT, "be/fps-labour", "en"),
    ("Contact point, Bureau", RoleKind.CONTACT_POINT, "be/bureau", "en"),
    ("Reader, national rapporteur", RoleKind.READER, "be/rapporteur", "en"),
    ("Administrator", RoleKind.ADMINISTRATOR, "be/bureau", "en"),
    ("Data protection officer", RoleKind.OVERSEER, "be/fps-justice", "en"),
)


def make(today: date, step: Step) -> None:
    """Fill an empty, migrated database, in one transaction: a demonstration is whole or not there."""
    with transaction.atomic():
        Demonstration.objects.create(id=1, stands_on=today)
        step("Ministries, services and centres")
        people = accounts()
        secretary = people["Bureau secretary"]
        directory_actions.load_reference(by=secretary, directory=load(), on=STARTED)
        step("The action plan, read from its Word file and accepted")
        plan = imported(secretary)
        step("The plan before it, and what GRETA recommended")
        came_before(plan, secretary, ADOPTED, today)
        commissioned(plan, people, ADOPTED, today)
        step("Bills on their road")
        followed_beside(plan, people, today)
        step("A first collection round, answered in part")
        collected(plan, people, today)


def move(today: date) -> None:
    """Let the demonstration stand on a later day."""
    Demonstration.objects.update(stands_on=today)


def accounts() -> dict[str, User]:
    """The accounts of the demonstration, each with one role; nobody has a password."""
    store(load())
    made = {}
    for name, kind, code, language in PEOPLE:
        handle = free_handle(name)
        user = User(email=handle + DEMONSTRATION_ADDRESS, handle=handle, name=name, language=language)
        user.set_unusable_password()
        user.save()
        organisation = Organisation.objects.get(code=code)
        Role.objects.create(user=user, organisation=organisation, kind=kind, since_on=STARTED)
        made[name] = user
    return made


def imported(secretary: User) -> Plan:
    """The plan as its document says it, every row accepted on the day of its adoption."""
    document = read(DOCUMENT)
    reading: dict[str, Any] = as_json(read_plan(document, load()), document)
    title = "Action Plan against Trafficking in Human Beings 2015–2019"
    terms = PlanTerms(CODE, title, "en", date(2015, 1, 1), date(2019, 12, 31))
    plan = actions.create_plan(by=secretary, terms=terms, on=ADOPTED)
    actions.import_document(by=secretary, plan=plan, reading=reading, path=DOCUMENT, on=ADOPTED)
    actions.accept_all(by=secretary, plan=plan, on=ADOPTED)
    return plan


def collected(plan: Plan, people: dict[str, User], today: date) -> None:
    """The first round, opened in January 2017, and what was followed up beside it until today."""
    if today < ROUND_OPENED:
        return
    secretary = people["Bureau secretary"]
    terms = Terms("First round", date(2015, 7, 1), date(2017, 2, 28), date(2017, 3, 15))
    opened = actions.open_round(
        by=secretary, plan=plan, terms=terms, on=ROUND_OPENED, link=TODAY_PAGE, one_question=LINK_PAGE
    )
    given = tomllib.loads(FOLLOW_UP.read_text("utf-8"))
    for number, told in enumerate(given["answer"]):
        told_on = ROUND_OPENED + timedelta(days=7 + 4 * number)
        if told_on <= today:
            answered(opened, people, told, told_on)
    for what, follow in (("evidence", shown), ("evaluation", evaluated), ("contact", contacted)):
        for one in given[what]:
            if one["on"] <= today:
                follow(plan, people, one)


def answered(opened: Round, people: dict[str, User], told: dict[str, Any], on: date) -> None:
    """One answer, signed where the organisation has a validating authority, and what became of it."""
    measure = measure_of(people["Bureau secretary"], opened.plan, told["reference"])
    question = Question.objects.get(round=opened, measure=measure, organisation__code=told["party"])
    words = {key: told.get(key, "") for key in ("status", "account", "language", "reason", "decision")}
    by = people[holder(RoleKind.CONTACT_POINT, told["party"])]
    made = actions.contribute(by=by, question=question, answer=Answer(**words), on=on)
    authority = holder(RoleKind.VALIDATING_AUTHORITY, told["party"])
    if authority and told.get("signed", True):
        actions.sign(by=people[authority], contribution=made, on=on)
    judged(people["Bureau secretary"], made, told, on)


def judged(secretary: User, made: Contribution, told: dict[str, str], on: date) -> None:
    """What the Bureau made of an answer."""
    remark = told.get("remark", "")
    if told.get("outcome") == "accepted":
        actions.accept_for_report(by=secretary, contribution=made, remark=remark, on=on)
    elif told.get("outcome") == "asked":
        actions.ask(by=secretary, contribution=made, remark=remark, on=on)


def shown(plan: Plan, people: dict[str, User], one: dict[str, Any]) -> None:
    """Evidence that an owner shows."""
    by = people[holder(RoleKind.CONTACT_POINT, one["party"])]
    actions.add_evidence(
        by=by,
        about=measure_of(by, plan, one["reference"]),
        organisation=Organisation.objects.get(code=one["party"]),
        title=one["title"],
        address=one.get("address", ""),
        reference=one.get("kept_as", ""),
        on=one["on"],
    )


def evaluated(plan: Plan, people: dict[str, User], one: dict[str, Any]) -> None:
    """An evaluation on record."""
    by = people["Bureau secretary"]
    actions.record_evaluation(
        by=by,
        measure=measure_of(by, plan, one["reference"]),
        held_on=one["held_on"],
        summary=one["summary"],
        language=one["language"],
        on=one["on"],
    )


def contacted(plan: Plan, people: dict[str, User], one: dict[str, Any]) -> None:
    """The Bureau's note on whom it speaks to next."""
    actions.plan_contact(
        by=people["Bureau secretary"],
        plan=plan,
        organisation=Organisation.objects.get(code=one["party"]),
        note=one["words"],
        next_on=one["next_on"],
        on=one["on"],
    )


def measure_of(by: User, plan: Plan, reference: str) -> Measure:
    """The measure that a line of the follow-up speaks of."""
    found = queries.measure_named(by, plan, reference)
    if found is None:
        raise LookupError(f"The demonstration's plan has no measure {reference}")
    return found


def holder(kind: RoleKind, party: str) -> str:
    """The account that holds a role for a party; empty where none does."""
    return next((name for name, held, code, _language in PEOPLE if (held, code) == (kind, party)), "")
