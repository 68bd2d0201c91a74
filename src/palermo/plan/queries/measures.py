"""The register: the measures of a plan, filtered, sorted and in pages that open in constant time."""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from palermo.accounts.models import User
from palermo.errors import Refused, words
from palermo.organisations.models import Membership, Organisation
from palermo.organisations.queries import held_on
from palermo.plan.models import Evidence, Kind, Measure, Ownership, Plan, Section, Wording
from palermo.plan.models.measures import LETTERS
from palermo.plan.queries.standing import owned_on
from palermo.plan.queries.state import State, known_on, states, wordings
from palermo.plan.queries.visibility import visible_on, visible_to
from palermo.plan.rules.follow_up import INTERNAL, STATUSES
from palermo.ui.alphabet import alphabetical

NEVER = date(9999, 12, 31)  # what has no last day sorts after all that has one
BATCH = 200
REFERENCE = re.compile(rf"([{''.join(LETTERS.values())}])(\d+)", re.IGNORECASE)

# How the register can be sorted: the keys of a page's order, last the ones that make it unambiguous.
SORTS = {
    "reference": ("measure__rank", "measure__number"),
    "section": ("section__order", "measure__rank", "measure__number"),
    "deadline": ("last_day", "measure__rank", "measure__number"),
}
STANDS: dict[str, Callable[[State], bool]] = {
    "due": lambda state: state.is_due,
    "overdue": lambda state: state.is_overdue,
    "no-owner": lambda state: state.has_no_owner,
    "evaluation-duty": lambda state: state.duty is not None,
    "evaluation-due": lambda state: state.is_evaluation_due,
}


@dataclass(frozen=True)
class Filters:
    """What the register is narrowed to; empty means everything."""

    kind: str = ""  # measure, training, commitment
    chapter: str = ""  # "7" holds 7.1 to 7.7; "7.5" itself
    party: str = ""  # an organisation's code; a class's members own what the class owns
    year: int | None = None  # a year that the measure's time meets
    status: str = ""
    stands: str = ""  # due, overdue, no-owner, evaluation-duty, evaluation-due
    q: str = ""  # words of the text, or a reference


@dataclass(frozen=True)
class Page:
    """One page of the register, and where the next one begins."""

    rows: list[State]
    next: str | None


def plan_named(user: User, code: str) -> Plan:
    """The plan with this code. Raises Refused where there is none that this person may see."""
    found = visible_to(user, Plan).filter(code=code).first()
    if found is None:
        raise Refused(
            "no-plan",
            words("There is no plan with the code “{plan}”."),
            words("Check the code, or import the plan's document first."),
            plan=code,
        )
    return found


def measure_named(user: User, plan: Plan, reference: str) -> Measure | None:
    """The measure with a reference such as M09, when there is one that this person may see."""
    found = REFERENCE.fullmatch(reference)
    if not found:
        return None
    kind = next(kind for kind, letter in LETTERS.items() if letter == found[1].upper())
    return visible_to(user, Measure).filter(plan=plan, kind=kind, number=int(found[2])).first()


def as_of(user: User, plan: Plan, on: date, *, kind: str = "") -> list[State]:
    """Every measure of a plan as it stood on a day, by reference. A constant number of queries."""
    chosen = narrowed(user, plan, on, Filters(kind=kind))
    return states(user, plan, on, chosen.order_by(*SORTS["reference"]))


def state_of(user: User, measure: Measure, on: date) -> State | None:
    """One measure as it stood on a day; None before it was known, or where it may not be seen."""
    known = narrowed(user, measure.plan, on, Filters()).filter(measure=measure)
    return next(iter(states(user, measure.plan, on, known)), None)


def register(
    user: User,
    plan: Plan,
    on: date,
    filters: Filters | None = None,
    *,
    sort: str = "reference",
    after: str | None = None,
    size: int = 50,
) -> Page:
    """One page of measures as they stood on a day, from the key of the page before.

    What the database can tell is filtered there; status and lateness follow from several records and are
    filtered while the page is filled.
    """
    wanted = filters or Filters()
    keys = SORTS.get(sort, SORTS["reference"])
    chosen = narrowed(user, plan, on, wanted).annotate(last_day=Coalesce("latest", Value(NEVER)))
    rows: list[State] = []
    for one in matching(user, plan, on, chosen.order_by(*keys), keys, wanted, decoded(after, keys)):
        if len(rows) == size:
            return Page(rows, encoded(key_of(rows[-1].wording, keys)))
        rows.append(one)
    return Page(rows, None)


def matching(
    user: User,
    plan: Plan,
    on: date,
    ordered: QuerySet[Wording],
    keys: tuple[str, ...],
    wanted: Filters,
    after: list[Any] | None,
) -> Iterator[State]:
    """The states that the filters let through, read in batches from a key on."""
    while True:
        batch = list((ordered.filter(beyond(keys, after)) if after else ordered)[:BATCH])
        for one in states(user, plan, on, batch):
            if wanted.status in ("", one.status) and STANDS.get(wanted.stands, bool)(one):
                yield one
        if len(batch) < BATCH:
            return
        after = key_of(batch[-1], keys)


def narrowed(user: User, plan: Plan, on: date, wanted: Filters) -> QuerySet[Wording]:
    """The standing wordings of the visible measures of a plan, as far as the database can narrow them."""
    chosen = wordings(plan, on).filter(measure__in=visible_to(user, Measure).filter(plan=plan))
    if wanted.kind:
        chosen = chosen.filter(measure__kind=wanted.kind)
    if wanted.chapter:
        chapter = wanted.chapter
        chosen = chosen.filter(Q(section__number=chapter) | Q(section__number__startswith=f"{chapter}."))
    if wanted.year:
        first, last = date(wanted.year, 1, 1), date(wanted.year, 12, 31)
        begun = Q(earliest=None) | Q(earliest__lte=last)
        chosen = chosen.filter(begun, latest__gte=first)
    if wanted.party:
        chosen = chosen.filter(Exists(owned_by(wanted.party, known_on(plan, on))))
    for word in wanted.q.split():
        chosen = chosen.filter(said(word))
    return chosen


def said(word: str) -> Q:
    """That a measure's text or actor holds a word, or that the word is its reference."""
    found = REFERENCE.fullmatch(word)
    named = Q()
    if found:
        kind = next(kind for kind, letter in LETTERS.items() if letter == found[1].upper())
        named = Q(measure__kind=kind, measure__number=int(found[2]))
    return named | Q(text__icontains=word) | Q(actor__icontains=word)


def owned_by(code: str, day: date) -> QuerySet[Ownership]:
    """The outer measure's ownerships that hold for an organisation on a day, itself or through a class."""
    classes = Membership.objects.filter(held_on(day), member__code=code, body__kind="class").values("body")
    held = Ownership.objects.filter(owned_on(day), measure=OuterRef("measure"))
    return held.filter(Q(organisation__code=code) | Q(organisation__in=classes))


def beyond(keys: tuple[str, ...], after: list[Any]) -> Q:
    """Everything whose keys come after the given ones, compared from the first key on."""
    condition, equal = Q(), Q()
    for key, value in zip(keys, after, strict=True):
        condition |= equal & Q(**{f"{key}__gt": value})
        equal &= Q(**{key: value})
    return condition


def key_of(wording: Wording, keys: tuple[str, ...]) -> list[Any]:
    """The values by which a row is sorted."""
    own = {
        "measure__rank": wording.measure.rank,
        "measure__number": wording.measure.number,
        "section__order": wording.section.order,
        "last_day": (wording.latest or NEVER).isoformat(),
    }
    return [own[key] for key in keys]


def encoded(key: list[Any]) -> str:
    """A key as it stands in an address."""
    return urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


def decoded(after: str | None, keys: tuple[str, ...]) -> list[Any] | None:
    """The key from an address; a broken one begins at the first page."""
    try:
        key = json.loads(urlsafe_b64decode((after or "") + "=" * (-len(after or "") % 4)))
        values = zip(keys, key, strict=True)
        return [date.fromisoformat(one) if name == "last_day" else int(one) for name, one in values]
    except (OverflowError, TypeError, ValueError):
        return None


def sections(user: User, plan: Plan) -> QuerySet[Section]:
    """The sections of a plan, in its order."""
    return visible_to(user, Section).filter(plan=plan).order_by(F("order"))


def status_counts(user: User, plan: Plan, on: date) -> dict[str, Any]:
    """How the measures of a plan stood on a day, in numbers; training and commitments are not counted.

    Those of which who asks is not told how far they are, are counted as "internal" and nowhere else.
    """
    found = as_of(user, plan, on, kind=Kind.MEASURE)
    counted = Counter(one.status for one in found)
    told = [*STATUSES, INTERNAL] if counted[INTERNAL] else STATUSES
    return {
        "on": on.isoformat(),
        "measures": len(found),
        "by_status": {status: counted[status] for status in told},
        "due": sum(one.is_due for one in found),
        "overdue": sum(one.is_overdue for one in found),
        "no_owner": sum(one.has_no_owner for one in found),
        "evaluation_due": sum(one.is_evaluation_due for one in found),
    }


def owners_of(user: User, plan: Plan) -> list[Organisation]:
    """Every organisation that owns or owned a measure of a plan, by name."""
    owned = visible_to(user, Ownership).filter(measure__plan=plan)
    known = Organisation.objects.filter(pk__in=owned.values("organisation"))
    return sorted(known, key=lambda one: alphabetical(one.name))


def evidence_of(user: User, measure: Measure, on: date) -> list[Evidence]:
    """The evidence about a measure that was given up to a day, the latest first."""
    found = visible_on(user, Evidence, on).filter(measure=measure, on__lte=on)
    return list(found.select_related("organisation").order_by("-on", "-pk"))
