"""The register: the measures of a plan, filtered, sorted and in pages that open in constant time."""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from palermo.accounts.models import User
from palermo.errors import Refused, words
from palermo.organisations.models import Membership, Organisation
from palermo.organisations.queries import held_on
from palermo.plan.models import Evidence, Kind, Measure, Ownership, Plan, Section, Standing, Wording
from palermo.plan.models.measures import LETTERS, RANKS
from palermo.plan.models.standings import position
from palermo.plan.queries.standing import owned_on
from palermo.plan.queries.state import Owner, State, known_on, states, wordings
from palermo.plan.queries.visibility import spans_for, visible_on, visible_to
from palermo.plan.rules import follow_up
from palermo.ui.alphabet import alphabetical

NOT_LISTED = ("wording__place", "wording__topics", "wording__origin", "wording__reason", "wording__actor")
BY_REFERENCE = ("measure__rank", "measure__number")
REFERENCE = re.compile(rf"([{''.join(LETTERS.values())}])(\d{{1,9}})", re.IGNORECASE)


def is_past(on: date) -> Q:
    """The time of a measure was over on a day, and that is told."""
    return Q(latest__lt=on) & Q(latest__lt=F("told_until"))


# How the register can be sorted: the keys of a page's order, last the one that makes it unambiguous.
SORTS = {"reference": ("position",), "section": ("place", "position"), "deadline": ("last_on", "position")}
# What a span must be for a measure to stand so on a day; rules.follow_up says the same of one measure.
STANDS: dict[str, Callable[[date], Q]] = {
    "due": lambda on: (
        (Q(is_finished=False) & ~Q(status=follow_up.INTERNAL))
        & (Q(earliest=None, latest__isnull=False) | Q(earliest__lte=on))
        & (Q(latest=None) | Q(latest__gte=on))
    ),
    "overdue": lambda on: Q(is_finished=False) & is_past(on),
    "no-owner": lambda _on: Q(has_no_owner=True),
    "evaluation-duty": lambda _on: Q(has_duty=True),
    "evaluation-due": lambda on: (
        Q(has_duty=True, is_evaluated=False, evaluate_after__lt=on) & Q(evaluate_after__lt=F("told_until"))
    ),
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
class Listed:
    """A measure in a list, as it stood on a day."""

    span: Standing
    on: date
    owners: tuple[Owner, ...]  # as the plan names them, without the members of classes

    @property
    def is_internal(self) -> bool:
        """How far it is, is not told to who asks."""
        return self.status == follow_up.INTERNAL

    @property
    def told_until(self) -> date:
        """The day up to which who asks is told how far it is."""
        return min(self.span.told_until, self.on)

    @property
    def measure(self) -> Measure:
        """The measure itself."""
        return self.span.measure

    @property
    def wording(self) -> Wording:
        """What it says."""
        return self.span.wording

    @property
    def status(self) -> str:
        """How far it is."""
        return self.span.status

    @property
    def reference(self) -> str:
        """M09."""
        return self.span.measure.reference

    @property
    def earliest(self) -> date | None:
        """The first day on which it is expected next."""
        return self.span.earliest

    @property
    def latest(self) -> date | None:
        """The last one."""
        return self.span.latest

    @property
    def is_overdue(self) -> bool:
        """Its time has passed and it is not finished."""
        return follow_up.is_overdue(self.span.latest, self.span.status, self.told_until)

    @property
    def is_evaluation_due(self) -> bool:
        """It must be evaluated, its time is over, and no evaluation is on record."""
        return follow_up.is_evaluation_due(
            has_duty=self.span.has_duty,
            latest=self.span.evaluate_after,
            evaluated=self.span.is_evaluated,
            on=self.told_until,
        )

    @property
    def late_since(self) -> date | None:
        """The first day on which it was late."""
        return follow_up.late_since(self.span.latest, self.span.status, self.told_until)


@dataclass(frozen=True)
class Page:
    """One page of the register, and where the next one begins."""

    rows: Sequence[Listed]
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
    named = referred(reference)
    return visible_to(user, Measure).filter(named, plan=plan).first() if named else None


def referred(reference: str, measure: str = "") -> Q | None:
    """The measures, behind a path, with a reference such as M09; None where it is none."""
    found = REFERENCE.fullmatch(reference)
    if not found:
        return None
    kind = next(kind for kind, letter in LETTERS.items() if letter == found[1].upper())
    return Q(**{f"{measure}kind": kind, f"{measure}number": int(found[2])})


def as_of(user: User, plan: Plan, on: date, *, kind: str = "") -> list[State]:
    """Every measure of a plan as it stood on a day, by reference. A constant number of queries."""
    chosen = narrowed(user, plan, on, Filters(kind=kind))
    return states(user, plan, on, chosen.order_by(*BY_REFERENCE))


def other_measures(user: User, measure: Measure, on: date) -> QuerySet[Wording]:
    """The wordings of the other measures of a plan as it stood on a day, by reference."""
    return narrowed(user, measure.plan, on, Filters()).exclude(measure=measure).order_by(*BY_REFERENCE)


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
    """One page of measures as they stood on a day, from the key of the page before. A constant time."""
    wanted = filters or Filters()
    keys = SORTS.get(sort, SORTS["reference"])
    by_reference = keys == SORTS["reference"]
    # A database reads the register in its order: only there the kind is a part of the key.
    chosen = standing_on(spans_for(user, on), plan, on, wanted, by_reference=by_reference)
    if wanted.party and by_reference:
        chosen = chosen.order_by("holdings__position")  # as the owner's own index has it
    else:
        chosen = chosen.order_by(*keys)
    key = decoded(after, keys)
    if key:
        chosen = chosen.filter(beyond(keys, key))
    spans = chosen.select_related("measure", "wording", "section").defer(*NOT_LISTED)
    found = list(spans[: size + 1])
    rows = listed(plan, on, found[:size])
    return Page(rows, encoded(key_of(found[size - 1], keys)) if len(found) > size else None)


def whole(user: User, plan: Plan, on: date, page: Page) -> list[State]:
    """All that this person is told of the measures of a page."""
    worded = Wording.objects.select_related("measure__plan", "section")
    known = worded.in_bulk([one.wording.pk for one in page.rows])
    return states(user, plan, on, [known[one.wording.pk] for one in page.rows])


def listed(plan: Plan, on: date, spans: Iterable[Standing]) -> list[Listed]:
    """These spans as rows of a list, with their owners. One query."""
    found = list(spans)
    day = known_on(plan, on)
    held = Ownership.objects.filter(owned_on(day), measure__in=[one.measure_id for one in found])
    owners: dict[int, list[Owner]] = defaultdict(list)
    for one in held.select_related("organisation").order_by("measure", "order", "pk"):
        owners[one.measure_id].append(Owner(one, ()))
    return [Listed(one, on, tuple(owners[one.measure_id])) for one in found]


def standing_on(
    spans: QuerySet[Standing], plan: Plan, on: date, wanted: Filters, *, by_reference: bool = False
) -> QuerySet[Standing]:
    """Those of these spans that hold a day of a plan, narrowed."""
    chosen = spans.filter(plan=plan, since_on__lte=on, until_on__gte=on)
    if wanted.kind:
        chosen = chosen.filter(of_kind(wanted.kind) if by_reference else Q(kind=wanted.kind))
    if wanted.chapter:
        own = Q(number=wanted.chapter) | Q(number__startswith=f"{wanted.chapter}.")
        chosen = chosen.filter(section__in=Section.objects.filter(own, plan=plan).values("pk"))
    if wanted.year:
        first, last = date(wanted.year, 1, 1), date(wanted.year, 12, 31)
        chosen = chosen.filter(Q(said_earliest=None) | Q(said_earliest__lte=last), said_latest__gte=first)
    if wanted.party:
        party = Organisation.objects.filter(code=wanted.party).values_list("pk", flat=True).first()
        chosen = chosen.filter(holdings__organisation=party or 0, holdings__plan=plan)
    if wanted.status:
        chosen = chosen.filter(status=wanted.status)
    if wanted.stands in STANDS:
        chosen = chosen.filter(STANDS[wanted.stands](on))
    for word in wanted.q.split():
        chosen = chosen.filter(said(word, "wording__"))
    return chosen


def narrowed(user: User, plan: Plan, on: date, wanted: Filters) -> QuerySet[Wording]:
    """The standing wordings of the visible measures of a plan, as far as the database can narrow them."""
    chosen = wordings(plan, on) & visible_to(user, Wording)
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


def of_kind(kind: str) -> Q:
    """The spans of one kind of measure, as a part of the order of references."""
    rank = RANKS[Kind(kind)]
    return Q(position__gt=position(rank, 0), position__lt=position(rank + 1, 0))


def said(word: str, wording: str = "") -> Q:
    """That a measure's text or actor holds a word, or that the word is its reference."""
    named = referred(word, "measure__") or Q()
    return named | Q(**{f"{wording}text__icontains": word}) | Q(**{f"{wording}actor__icontains": word})


def owned_by(code: str, day: date) -> QuerySet[Ownership]:
    """The outer measure's ownerships that hold for an organisation on a day, itself or through a class."""
    classes = Membership.objects.filter(held_on(day), member__code=code, body__kind="class").values("body")
    held = Ownership.objects.filter(owned_on(day), measure=OuterRef("measure"))
    return held.filter(Q(organisation__code=code) | Q(organisation__in=classes))


def beyond(keys: tuple[str, ...], after: list[Any]) -> Q:
    """Everything whose keys come after the given ones, compared from the first key on."""
    condition, equal = Q(), Q()
    first = Q(**{f"{keys[0]}__gte": after[0]})  # where a database begins to read
    for key, value in zip(keys, after, strict=True):
        condition |= equal & Q(**{f"{key}__gt": value})
        equal &= Q(**{key: value})
    return first & condition


def key_of(span: Standing, keys: tuple[str, ...]) -> list[Any]:
    """The values by which a row is sorted."""
    found = [getattr(span, key) for key in keys]
    return [one.isoformat() if isinstance(one, date) else one for one in found]


def encoded(key: list[Any]) -> str:
    """A key as it stands in an address."""
    return urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


def decoded(after: str | None, keys: tuple[str, ...]) -> list[Any] | None:
    """The key from an address; a broken one begins at the first page."""
    try:
        key = json.loads(urlsafe_b64decode((after or "") + "=" * (-len(after or "") % 4)))
        values = zip(keys, key, strict=True)
        return [date.fromisoformat(one) if name.endswith("last_on") else int(one) for name, one in values]
    except (OverflowError, RecursionError, TypeError, ValueError):
        return None


def sections(user: User, plan: Plan) -> QuerySet[Section]:
    """The sections of a plan, in its order."""
    return visible_to(user, Section).filter(plan=plan).order_by(F("order"))


def owners_of(user: User, plan: Plan) -> list[Organisation]:
    """Every organisation that owns or owned a measure of a plan, by name."""
    owned = visible_to(user, Ownership).filter(organisation=OuterRef("pk"), measure__plan=plan)
    known = Organisation.objects.filter(Exists(owned))  # the first that is found is enough
    return sorted(known, key=lambda one: alphabetical(one.name))


def evidence_of(user: User, measure: Measure, on: date) -> list[Evidence]:
    """The evidence about a measure that was given up to a day, the latest first."""
    found = visible_on(user, Evidence, on).filter(measure=measure, on__lte=on)
    return list(found.select_related("organisation").order_by("-on", "-pk"))
