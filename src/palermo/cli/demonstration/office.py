"""The demonstration office: Belgium's Bureau in the middle of its plan, made by the real reader and actions.

Everything here happens through actions that a person could have taken, each on its own day.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction

from palermo.accounts.actions import free_handle
from palermo.accounts.models import Demonstration, Role, RoleKind, User
from palermo.accounts.queries import DEMONSTRATION_ADDRESS
from palermo.organisations import actions as directory_actions
from palermo.organisations.directory import load
from palermo.organisations.models import Organisation
from palermo.organisations.storing import store
from palermo.plan import actions, queries
from palermo.plan.actions import Answer
from palermo.plan.models import Contribution, Plan, Question
from palermo.plan.rules.collection import Terms
from palermo.plan.rules.document import as_json, read_plan
from palermo.reading import read

CODE = "be-2015-2019"
DOCUMENT = Path(__file__).with_name("action-plan-2015-2019.docx")
STARTED = date(2014, 7, 21)
ADOPTED = date(2015, 7, 15)
ROUND_OPENED = date(2017, 1, 9)
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
)


def make(today: date, step: Step) -> None:
    """Fill an empty, migrated database, in one transaction: a demonstration is whole or not there."""
    with transaction.atomic():
        Demonstration.objects.create(id=1, made_on=today)
        step("Ministries, services and centres")
        people = accounts()
        secretary = people["Bureau secretary"]
        directory_actions.load_reference(by=secretary, directory=load(), on=STARTED)
        step("The action plan, read from its Word file and accepted")
        plan = imported(secretary)
        step("A first collection round, answered in part")
        collected(plan, people, today)


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
    plan = actions.create_plan(
        by=secretary,
        code=CODE,
        title="Action Plan against Trafficking in Human Beings 2015–2019",
        language="en",
        since_on=date(2015, 1, 1),
        until_on=date(2019, 12, 31),
        on=ADOPTED,
    )
    actions.import_document(by=secretary, plan=plan, reading=reading, path=DOCUMENT, on=ADOPTED)
    actions.accept_all(by=secretary, plan=plan, on=ADOPTED)
    return plan


def collected(plan: Plan, people: dict[str, User], today: date) -> None:
    """The first round: opened in January 2017, answered by some, signed and judged in part."""
    if today < ROUND_OPENED:
        return
    secretary = people["Bureau secretary"]
    terms = Terms("First round", date(2015, 7, 1), date(2017, 2, 28), date(2017, 3, 15))
    opened = actions.open_round(by=secretary, plan=plan, terms=terms, on=ROUND_OPENED)
    answering = {code: people[name] for name, kind, code, _ in PEOPLE if kind == RoleKind.CONTACT_POINT}
    authorities = {
        code: people[name] for name, kind, code, _ in PEOPLE if kind == RoleKind.VALIDATING_AUTHORITY
    }
    given = tomllib.loads(Path(__file__).with_name("answers.toml").read_text("utf-8"))["answer"]
    for number, told in enumerate(given):
        measure = queries.measure_named(secretary, plan, told["reference"])
        asked = Question.objects.filter(round=opened, measure=measure, organisation__code=told["party"])
        told_on = ROUND_OPENED + timedelta(days=7 + 4 * number)
        question = asked.first()
        if told_on > today:
            continue
        if question is None:
            raise LookupError(f"{told['reference']} was not asked of {told['party']}")
        words = {key: told.get(key, "") for key in ("status", "account", "language", "reason", "decision")}
        by = answering[told["party"]]
        made = actions.contribute(by=by, question=question, answer=Answer(**words), on=told_on)
        if told["party"] in authorities and told.get("signed", True):
            actions.sign(by=authorities[told["party"]], contribution=made, on=told_on)
        judged(secretary, made, told, told_on)


def judged(secretary: User, made: Contribution, told: dict[str, str], on: date) -> None:
    """What the Bureau made of an answer."""
    remark = told.get("remark", "")
    if told.get("outcome") == "accepted":
        actions.accept_for_report(by=secretary, contribution=made, remark=remark, on=on)
    elif told.get("outcome") == "asked":
        actions.ask(by=secretary, contribution=made, remark=remark, on=on)
