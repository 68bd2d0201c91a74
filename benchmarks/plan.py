"""A plan of 300 to 300,000 measures: what each page asks of the database, and how long it takes.

`palermo bench plan 300 30000` makes a plan of each size in one temporary database, or in the empty one
that DATABASE_URL names; the full size is 300000, with ten answers a measure. Each page is asked for as the
secretary does, in one process. Bare is what Django with its own middleware needs for the same fifty rows.
Limits: as many queries, and at most 1.5 times the time, as at the first size; the register at most 3 times
bare.
"""

import os
import statistics
import sys
import tempfile
import time
from datetime import date, timedelta
from itertools import count, islice
from random import Random

FOLDER = tempfile.TemporaryDirectory()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "palermo.config.settings")
os.environ |= {"PALERMO_HOME": FOLDER.name, "PALERMO_INSECURE": "1"}

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.db.models import Count  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.template import Context, Engine  # noqa: E402
from django.test import Client, override_settings  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import path  # noqa: E402

from palermo.accounts.models import Role, RoleKind, User  # noqa: E402
from palermo.audit.asking import asked_by_system  # noqa: E402
from palermo.organisations.directory import load  # noqa: E402
from palermo.organisations.models import Organisation  # noqa: E402
from palermo.organisations.reference import store  # noqa: E402
from palermo.plan import models as plan  # noqa: E402
from palermo.plan import standings  # noqa: E402
from palermo.plan.models.measures import RANKS  # noqa: E402

SIZES, TIMES, ROWS = [300, 30_000], 9, 5_000
SLOWER, BARE, LONG = 1.5, 3.0, 5_000
SINCE, UNTIL, TODAY = date(2021, 1, 1), date(2025, 12, 31), date(2024, 11, 15)
STATUSES = ["not-started", "limited", "limited", "substantial", "substantial", "completed", "completed"]
WORDS = (
    "Train the first-line services of the region in the signals of trafficking, and report what was learned"
)
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]


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
    """A secretary, an organisation's contact point, and the directory."""

    def __init__(self):
        store(load())
        self.bureau = Organisation.objects.get(code="be/bureau")
        kinds = {"party": Organisation.objects.filter(kind="party").order_by("pk")}
        self.parties = list(kinds["party"][:25])
        self.classes = list(Organisation.objects.filter(kind="class").order_by("pk")[:2])
        self.ana = self.person("Ana", self.bureau, RoleKind.SECRETARY)
        self.sofie = self.person("Sofie", self.parties[0], RoleKind.CONTACT_POINT)

    def person(self, name, organisation, kind):
        made = User.objects.create(email=f"{name}@example.org", handle=name.lower(), name=name, password="!")
        Role.objects.create(user=made, organisation=organisation, kind=kind, since_on=SINCE)
        return made


class Made:
    """A plan of so many measures with what is told about them."""

    def __init__(self, office, size):
        self.office, self.size, self.chance = office, size, Random(size)
        self.known = {"by": office.ana, "on": SINCE}
        self.plan = plan.Plan.objects.create(
            code=f"plan-{size}", title=f"{size} measures", country="be", language="en",
            since_on=SINCE, until_on=UNTIL, **self.known,
        )  # fmt: skip
        self.promise()
        self.tell()
        self.evaluate()
        begun = time.monotonic()
        standings.stand_anew(self.plan)
        self.derived = time.monotonic() - begun

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
            topics=["training"] if self.chance.random() < 0.1 else [], origin_id=row, **self.known,
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
            one = self.chance.choice(self.office.parties)
            yield self.owner(measure, one, one.name, "party", role, order)

    def owner(self, measure, organisation, text, kind, role, order):
        return plan.Ownership(
            measure=measure, organisation=organisation, text=text, role=role, kind=kind, basis="stated",
            order=order, since_on=SINCE, **self.known,
        )  # fmt: skip

    def tell(self):
        """Eight rounds; the last is open. Ten answers a measure, the fourth of them signed."""
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


BARE_PAGE = Engine().from_string("""<!doctype html><title>Register</title><table>
{% for one in rows %}<tr><td>{{ one.measure.reference }}</td>
<td><a href="/measures/{{ one.measure.pk }}/">{{ one.text|truncatechars:160 }}</a></td>
<td>{% for held in one.measure.ownerships.all %}{{ held.organisation|default:held.text }}<br>{% endfor %}</td>
<td>{{ one.timing_text }}<br>{{ one.earliest|date:"j F Y" }} {{ one.latest|date:"j F Y" }}</td>
<td>open</td></tr>
{% endfor %}</table>{{ user }}""")


def bare(request, code):
    """The same fifty rows as Django alone gives them."""
    rows = plan.Wording.objects.filter(measure__plan__code=code, measure__kind="measure")
    rows = rows.select_related("measure").prefetch_related("measure__ownerships__organisation")
    rows = rows.order_by("measure__rank", "measure__number")[:50]
    return HttpResponse(BARE_PAGE.render(Context({"rows": list(rows), "user": request.user})))


urlpatterns = [path("<slug:code>/", bare)]


def measured(client, address):
    """How many queries a page asks and the median of its milliseconds."""
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        page = client.get(address)
        queries = len(asked)
    if page.status_code != 200:
        sys.exit(f"{address}: {page.status_code}")
    lasted = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        client.get(address)
        lasted.append(1000 * (time.perf_counter() - begun))
        if sum(lasted) > LONG:
            break
    return queries, statistics.median(lasted)


def signed_in(user):
    found = Client()
    found.force_login(user)
    return found


def measured_bare(user, made):
    with override_settings(MIDDLEWARE=MIDDLEWARE, ROOT_URLCONF=__name__):
        return measured(signed_in(user), f"/{made.plan.code}/")


def pages(made):
    """Each page with its address."""
    start = f"/plans/{made.plan.code}"
    asked = plan.Measure.objects.filter(plan=made.plan, evaluations=None).annotate(times=Count("questions"))
    reference = asked.filter(times=16, kind="measure").order_by("number")[0].reference  # two owners
    return {
        "register": f"{start}/",
        "register, late": f"{start}/?stands=overdue",
        "register, a party": f"{start}/?party={made.office.parties[3].code}",
        "register, by day": f"{start}/?sort=deadline",
        "register, a year ago": f"{start}/?on=2023-11-15",
        "timeline": f"{start}/timeline/",
        "timeline, parties": f"{start}/timeline/?by=party",
        "who owes me": f"{start}/owners/",
        "today": "/",
        "a measure": f"{start}/measures/{reference}/",
    }


def main():
    sizes = [int(one) for one in sys.argv[1:]] or SIZES
    call_command("migrate", verbosity=0)
    settings.TODAY, settings.ALLOWED_HOSTS = TODAY.isoformat(), ["testserver"]
    if plan.Plan.objects.exists():
        sys.exit("The benchmark makes its own plans: name an empty database.")
    office, first, failed = Office(), {}, False
    for size in sizes:
        begun = time.monotonic()
        with transaction.atomic():
            made = Made(office, size)
        lasted = time.monotonic() - begun
        told = plan.Contribution.objects.filter(question__round__plan=made.plan).count()
        print(
            f"\n{size} measures, {told} contributions, made in {lasted:.0f} s, {made.derived:.0f} s to derive"
        )
        asked, floor = measured_bare(office.ana, made)
        print(f"{'':24}{'queries':>8}{'ms':>9}{f'/ {sizes[0]}':>8}{'/ bare':>8}")
        print(f"{'bare Django page':24}{asked:>8}{floor:>9.1f}")
        client = signed_in(office.ana)
        for name, address in pages(made).items():
            asked, lasted = measured(client, address)
            before = first.setdefault(name, (asked, lasted))
            ratio, beside = lasted / before[1], lasted / floor
            print(f"{name:24}{asked:>8}{lasted:>9.1f}{ratio:>8.1f}{beside:>8.1f}", flush=True)
            failed |= ratio > SLOWER or asked > before[0] or (name == "register" and beside > BARE)
    sys.exit(failed)


if __name__ == "__main__":
    with asked_by_system():
        main()
