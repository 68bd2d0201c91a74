"""What the benchmark of plans measures: an office, and a plan of any size with what is told about it.

A large plan is a block of some thousand measures, derived as every plan is, and copies of the block: facts
and what was derived from them alike, so that a copy stands exactly as its facts say. `agrees` looks again.
"""

import os
import time
from datetime import date, timedelta
from itertools import count, islice
from random import Random

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "palermo.config.settings")
django.setup()

from django.core.management.color import no_style  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import Count, F, Max, Min  # noqa: E402

from palermo.accounts.models import Role, RoleKind, User  # noqa: E402
from palermo.organisations.directory import load  # noqa: E402
from palermo.organisations.models import Organisation  # noqa: E402
from palermo.organisations.reference import store  # noqa: E402
from palermo.plan import models as plan  # noqa: E402
from palermo.plan import standings  # noqa: E402
from palermo.plan.models.measures import RANKS  # noqa: E402
from palermo.plan.models.standings import AFTER_A_KIND  # noqa: E402
from palermo.plan.queries.state import states, wordings  # noqa: E402
from palermo.plan.queries.tallies import status_counts  # noqa: E402

ROWS, BLOCK = 5_000, 3_000
SINCE, UNTIL, TODAY = date(2021, 1, 1), date(2025, 12, 31), date(2024, 11, 15)
SHARES = [6] * 4 + [1] * 21  # of the parties: a few own most of a plan, so that any plan fills their pages
STATUSES = ["not-started", "limited", "limited", "substantial", "substantial", "completed", "completed"]
WORDS = (
    "Train the first-line services of the region in the signals of trafficking, and report what was learned"
)


def stored(model, rows):
    """Bring in many rows."""
    rows = iter(rows)
    while some := list(islice(rows, ROWS)):
        model.objects.bulk_create(some)


def times():
    """What plans say of time: quarters, halves and whole years, now and then nothing."""
    found = [("none", "", None, None)]
    for year in range(SINCE.year, UNTIL.year + 1):
        found.append(("window", f"{year}", date(year, 1, 1), date(year, 12, 31)))
        found.append(("window", f"Late {year}", date(year, 9, 1), date(year, 12, 31)))
        found.append(("window", f"by mid {year}", None, date(year, 6, 30)))
        for month in (1, 4, 7, 10):
            first = date(year, month, 1)
            last = (first + timedelta(days=95)).replace(day=1) - timedelta(days=1)
            found.append(("window", f"Q{month // 3 + 1} {year}", first, last))
    return found


class Office:
    """A secretary, a reader, an organisation's contact point, and the directory."""

    def __init__(self):
        store(load())
        self.bureau = Organisation.objects.get(code="be/bureau")
        kinds = {"party": Organisation.objects.filter(kind="party").order_by("pk")}
        self.parties = list(kinds["party"][:25])
        self.classes = list(Organisation.objects.filter(kind="class").order_by("pk")[:2])
        self.ana = self.person("Ana", self.bureau, RoleKind.SECRETARY)
        self.sofie = self.person("Sofie", self.parties[3], RoleKind.CONTACT_POINT)
        self.rita = self.person("Rita", self.bureau, RoleKind.READER)

    def person(self, name, organisation, kind):
        made = User.objects.create(email=f"{name}@example.org", handle=name.lower(), name=name, password="!")
        Role.objects.create(user=made, organisation=organisation, kind=kind, since_on=SINCE)
        return made


class Made:
    """A plan of so many measures with what is told about them."""

    def __init__(self, office, size):
        self.office, self.chance = office, Random(size)
        self.size = size if size % BLOCK else BLOCK
        self.known = {"by": office.ana, "on": SINCE}
        self.plan = plan.Plan.objects.create(
            code="plan", title=f"{size} measures", country="be", language="en",
            since_on=SINCE, until_on=UNTIL, **self.known,
        )  # fmt: skip
        self.promise()
        self.tell()
        self.evaluate()
        begun = time.monotonic()
        standings.stand_anew(self.plan)
        self.derived = (time.monotonic() - begun) * 1000 / self.size  # of a thousand measures
        if size > self.size:
            copied(self.plan, size // self.size)

    def promise(self):
        """Measures as a document said them, with their owners."""
        document = plan.Import.objects.create(
            plan=self.plan, name="plan.docx", document_kind="docx", sha256="0" * 64, published_on=SINCE,
            language="en", added=self.size, changed=0, unchanged=0, missing=0, **self.known,
        )  # fmt: skip
        sections = [
            plan.Section(plan=self.plan, number=f"{n // 5 + 1}.{n % 5 + 1}", title=f"Section {n}", order=n)
            for n in range(40)
        ]
        self.sections = plan.Section.objects.bulk_create(sections)
        numbers = {kind: count(1) for kind in plan.Kind.values}
        kinds = self.chance.choices(list(plan.Kind.values), [90, 8, 2], k=self.size)
        stored(
            plan.Measure,
            (
                plan.Measure(
                    plan=self.plan, kind=one, number=next(numbers[one]), rank=RANKS[one], **self.known
                )
                for one in kinds
            ),
        )
        self.measures = list(plan.Measure.objects.filter(plan=self.plan).order_by("rank", "number"))
        stored(plan.ImportedRow, (self.row(document, n, one) for n, one in enumerate(self.measures, 1)))
        rows = dict(plan.ImportedRow.objects.filter(imported=document).values_list("measure", "pk"))
        when = times()
        stored(
            plan.Wording, (self.wording(one, rows[one.pk], self.chance.choice(when)) for one in self.measures)
        )
        stored(plan.Ownership, (held for one in self.measures for held in self.owners(one)))
        waiting = (self.row(document, self.size + n, None) for n in range(1, self.size // 100 + 1))
        stored(plan.ImportedRow, waiting)

    def row(self, document, position, measure):
        decided = (
            {"decided_on": SINCE, "decided_by": self.office.ana, "decision": "accepted"} if measure else {}
        )
        return plan.ImportedRow(
            imported=document, position=position, kind="measure", text=WORDS, reading={}, measure=measure,
            difference="added", **decided,
        )  # fmt: skip

    def wording(self, measure, row, time):
        kind, text, earliest, latest = time
        return plan.Wording(
            measure=measure, version=1, section=self.chance.choice(self.sections), language="en",
            text=f"{WORDS} ({measure})", timing_text=text, timing_kind=kind, earliest=earliest, latest=latest,
            topics=["training"] if self.chance.random() < 0.2 else [], origin_id=row, **self.known,
        )  # fmt: skip

    def owners(self, measure):
        chance = self.chance.random()
        if chance < 0.01:
            return
        if chance < 0.03:
            yield self.owner(measure, None, "To be discussed", "undecided", "lead", 1)
            return
        if chance < 0.08:
            one = self.chance.choice(self.office.classes)
            yield self.owner(measure, one, one.name, "class", "lead", 1)
            return
        roles = ["lead", "with", "consulted"][: self.chance.choice([1, 1, 1, 2, 2, 3])]
        for order, role in enumerate(roles, 1):
            [one] = self.chance.choices(self.office.parties, SHARES)
            yield self.owner(measure, one, one.name, "party", role, order)

    def owner(self, measure, organisation, text, kind, role, order):
        return plan.Ownership(
            measure=measure, organisation=organisation, text=text, role=role, kind=kind, basis="stated",
            order=order, since_on=SINCE, **self.known,
        )  # fmt: skip

    def tell(self):
        """Eight rounds, six released, the last open. Ten answers a measure, a fourth of them signed."""
        owned = plan.Ownership.objects.filter(
            measure__plan=self.plan, kind="party", role__in=["lead", "with"]
        )
        asked = list(owned.values_list("measure", "organisation", "role").order_by("measure", "order"))
        for number in range(1, 9):
            opened = SINCE + timedelta(days=number * 160)
            closed = None if number == 8 else opened + timedelta(days=100)
            held = plan.Round.objects.create(
                plan=self.plan, number=number, title=f"Round {number}",
                period_from=opened - timedelta(days=160), period_to=opened,
                opened_on=opened, opened_by=self.office.ana,
                deadline_on=opened + timedelta(days=60), closed_on=closed,
                closed_by=self.office.ana if closed else None,
            )  # fmt: skip
            stored(plan.Question, self.questions(held, asked))
            self.answers(held)
            if number < 7:
                told = closed + timedelta(days=20)
                plan.Release.objects.create(round=held, decision="The Cell.", by=self.office.ana, on=told)

    def questions(self, held, asked):
        seen = set()
        for measure, organisation, role in asked:
            if (measure, organisation) not in seen:
                seen.add((measure, organisation))
                yield plan.Question(
                    round=held,
                    measure_id=measure,
                    organisation_id=organisation,
                    role=role,
                    tone="duty",
                    why="due",
                )

    def answers(self, held):
        asked = (
            plan.Question.objects.filter(round=held).values_list("pk", flat=True).order_by("pk").iterator()
        )
        answered = (one for one in asked if self.chance.random() < (0.95 if held.closed_on else 0.6))
        first = plan.Contribution.objects.order_by("pk").values_list("pk", flat=True).last() or 0
        stored(plan.Contribution, (self.answer(held, one) for one in answered))
        told = plan.Contribution.objects.filter(pk__gt=first).values_list("pk", "on", "needs_signature")
        told = list(told.order_by("pk"))
        signed = [one for one in told if one[2] and self.chance.random() < 0.9]
        ana = self.office.ana
        stored(plan.Signature, (plan.Signature(contribution_id=key, by=ana, on=on) for key, on, _ in signed))
        late = {one[0] for one in told if one[2]} - {one[0] for one in signed}
        judged = (
            one
            for one in told
            if one[0] not in late and self.chance.random() < (0.9 if held.closed_on else 0.5)
        )
        stored(
            plan.Verdict,
            (plan.Verdict(contribution_id=key, outcome="accepted", by=ana, on=on) for key, on, _ in judged),
        )

    def answer(self, held, question):
        days = (min(held.deadline_on, TODAY) - held.opened_on).days
        return plan.Contribution(
            question_id=question, version=1, status=self.chance.choice(STATUSES), language="en",
            account="Two posts were informed, and the third follows in the spring.",
            needs_signature=self.chance.random() < 0.25, by=self.office.sofie,
            on=held.opened_on + timedelta(days=self.chance.randint(1, days)),
        )  # fmt: skip

    def evaluate(self):
        """What is to be evaluated and what was, and whom the Bureau means to speak to."""
        plan.Obligation.objects.create(
            plan=self.plan, duty="evaluate", section=self.sections[7], text="Training is evaluated.",
            topics=["training"], **self.known,
        )  # fmt: skip
        some = (one for one in self.measures if self.chance.random() < 0.03)
        day = date(2024, 3, 1)
        stored(
            plan.Evaluation,
            (
                plan.Evaluation(
                    measure=one, held_on=day, summary="It works.", language="en", by=self.office.ana, on=day
                )
                for one in some
            ),
        )
        stored(
            plan.Contact,
            (
                plan.Contact(
                    plan=self.plan, organisation=one, next_on=TODAY, words="Ask.", by=self.office.ana, on=day
                )
                for one in self.office.parties[:5]
            ),
        )


COPIED = [
    plan.Measure, plan.ImportedRow, plan.Wording, plan.Ownership, plan.Question, plan.Contribution,
    plan.Signature, plan.Verdict, plan.Evaluation, plan.Standing, plan.Holding,
]  # fmt: skip


def copied(made, times):
    """Copy a plan's only block of measures, with all that is known and derived of them."""
    first = {one: one.objects.aggregate(low=Min("pk"), high=Max("pk")) for one in COPIED}
    wide = {one: own["high"] - own["low"] + 1 for one, own in first.items()}
    numbers = [plan.Measure.objects.filter(rank=rank).count() for rank in RANKS.values()]
    rows = plan.ImportedRow.objects.aggregate(most=Max("position"))["most"]
    table = connection.ops.quote_name
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA cache_size = -3000000")  # indexes are filled in memory
        for model in COPIED:
            fields = model._meta.concrete_fields
            names = ", ".join(table(field.column) for field in fields)
            values = ", ".join(moved(model, field, wide, numbers, rows) for field in fields)
            cursor.execute(
                f"WITH RECURSIVE copy(n) AS "
                f"(SELECT 1 UNION ALL SELECT n + 1 FROM copy WHERE n < {times - 1}) "
                f"INSERT INTO {table(model._meta.db_table)} ({names}) SELECT {values} "
                f"FROM copy CROSS JOIN {table(model._meta.db_table)} AS one "
                f"WHERE one.id <= {first[model]['high']}"
            )
        for statement in connection.ops.sequence_reset_sql(no_style(), COPIED):
            cursor.execute(statement)
    for counted in SUMMED:
        counted.objects.filter(plan=made).update(number=F("number") * times)
    standings.spoken_anew(made)


SUMMED = [plan.Tally, plan.TallyStep]


def moved(model, field, wide, numbers, rows):
    """The value of a column in the n-th copy of a row."""
    column = f"one.{connection.ops.quote_name(field.column)}"
    if field.primary_key:
        return f"{column} + n * {wide[model]}"
    if field.is_relation and field.related_model in wide:
        return f"{column} + n * {wide[field.related_model]}"
    if field.name == "number" and model is plan.Measure:
        return f"{column} + n * CASE one.rank {whens(numbers)} END"
    if field.name == "position" and model is plan.ImportedRow:
        return f"{column} + n * {rows}"
    if field.name == "position":
        return f"{column} + n * CASE {column} / {AFTER_A_KIND} {whens(numbers)} END"
    return column


def whens(numbers):
    return " ".join(f"WHEN {rank} THEN {number}" for rank, number in enumerate(numbers))


def agrees(chance):
    """Whether some measures, wherever they lie, stand as their facts say, and are counted so."""
    made, ana = plan.Plan.objects.get(), User.objects.get(handle="ana")
    keys = list(plan.Measure.objects.filter(plan=made).values_list("pk", flat=True))
    some = plan.Measure.objects.filter(pk__in=chance.sample(keys, 100))
    for day in [SINCE, TODAY, *(SINCE + timedelta(days=chance.randrange(1_400)) for _ in range(8))]:
        found = states(ana, made, day, wordings(made, day).filter(measure__in=some))
        known = {one.measure.pk: one for one in found}
        spans = plan.Standing.objects.filter(measure__in=some, in_part=False)
        spans = spans.filter(since_on__lte=day, until_on__gte=day)
        kept = {one.measure_id: one for one in spans}
        if known.keys() != kept.keys() or any(known[key].status != one.status for key, one in kept.items()):
            return False
    last = plan.Standing.objects.filter(plan=made, is_last=True, in_part=False, kind=plan.Kind.MEASURE)
    counted = dict(last.values_list("status").annotate(n=Count("pk")))
    told = status_counts(ana, made, date.max)["by_status"]
    return {key: n for key, n in told.items() if n} == counted
