"""A large plan drawn in time: how many measures were to end in each quarter, and how they stand."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F

from palermo.accounts.models import User
from palermo.organisations.models import Organisation
from palermo.plan.models import Holding, Plan, Section, Standing
from palermo.plan.queries.measures import Filters, standing_on
from palermo.plan.queries.standing import belongs_to
from palermo.plan.queries.tallies import tallies
from palermo.plan.queries.visibility import counted_for, spans_for, visible_to
from palermo.plan.rules.spans import FOREVER, ending, owner_key

OF_AN_END = ("last_on", "is_finished", "told_until")
HEIGHT = 20  # of the drawing, in its own units
Ends = Counter[tuple[str, date, str]]  # of what, the last day, how it ends (rules.spans.ending)


@dataclass(frozen=True)
class Bar:
    """Some of a quarter's measures, drawn from `top`, in the drawing's units."""

    stands: str  # late, open, done
    top: float
    height: float


@dataclass(frozen=True)
class Quarter:
    """The measures that were to end in a quarter; `first` is None for those without a last day."""

    first: date | None
    late: int
    open: int  # not finished, and not late
    done: int
    start: float = 0.0  # per cent of the years
    width: float = 0.0
    bars: tuple[Bar, ...] = ()

    @property
    def number(self) -> int:
        """1 to 4."""
        return (self.first.month + 2) // 3 if self.first else 0

    @property
    def measures(self) -> int:
        """How many were to end in it."""
        return self.late + self.open + self.done


@dataclass(frozen=True)
class Band:
    """The quarters of one section, party or year; without a title what has none."""

    title: str
    quarters: tuple[Quarter, ...]

    @property
    def late(self) -> int:
        """How many are late."""
        return sum(one.late for one in self.quarters)

    @property
    def open(self) -> int:
        """How many are neither finished nor late."""
        return sum(one.open for one in self.quarters)

    @property
    def done(self) -> int:
        """How many are finished."""
        return sum(one.done for one in self.quarters)


def bands(user: User, plan: Plan, on: date, filters: Filters, by: str) -> list[tuple[str, list[Quarter]]]:
    """The quarters of each section, party or year, under their titles, in the order of the page.

    Narrowed to a kind at most, it costs the same for a plan of any size; narrowed otherwise, as much as
    there are measures that remain.
    """
    plain = filters == Filters(kind=filters.kind)
    ends = counted(user, plan, on, filters.kind, by) if plain else grouped(user, plan, on, filters, by)
    numbers: dict[str, dict[date | None, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for (of, day, how), number in ends.items():
        title = of if by != "year" else ("" if day == FOREVER else str(day.year))
        stands = "late" if how == "open" and day < on else "done" if how == "done" else "open"
        numbers[title][quarter(day)][stands] += number
    found = {title: filled(own) for title, own in numbers.items()}
    return [(title, found[of]) for of, title in titled(user, plan, found, by) if found[of]]


def counted(user: User, plan: Plan, on: date, kind: str, by: str) -> Ends:
    """From what is kept: how many measures end on which day."""
    what = "party" if by == "party" else "section"
    ends: Ends = Counter()
    for (own, (heading, of, day)), number in tallies(user, plan, on, what).items():
        if kind in ("", own):
            ends[of, day, heading.removeprefix(f"{what}-")] += number
    return ends


def grouped(user: User, plan: Plan, on: date, filters: Filters, by: str) -> Ends:
    """The same from the measures that the filters let through; an owner's are whole to who belongs to it."""
    is_own = Organisation.objects.filter(code=filters.party, pk__in=belongs_to(user)).exists()
    spans = spans_for(user, on) if is_own else counted_for(user, Standing)
    chosen = standing_on(spans, plan, on, filters).order_by()
    ends: Ends = Counter()
    if by == "party":
        held = Holding.objects.filter(standing__in=chosen.values("pk"), is_named=True)
        held = held.annotate(told_until=F("standing__told_until"))
        for row in held.values("organisation_id", "party", *OF_AN_END).annotate(n=Count("pk")):
            ends[owner_key(row), row["last_on"], ending(row)] += row["n"]
        return ends
    for own in chosen.values("section", *OF_AN_END).annotate(n=Count("pk", distinct=True)):
        ends[f"{own['section']}", own["last_on"], ending(own)] += own["n"]
    return ends


def quarter(day: date) -> date | None:
    """The first day of the quarter of a day; None for what has no last day."""
    return None if day == FOREVER else date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def filled(own: dict[date | None, Counter[str]]) -> list[Quarter]:
    """Quarters in their order, without those in which nothing ends."""
    order = sorted(own, key=lambda first: first or FOREVER)
    found = [Quarter(one, own[one]["late"], own[one]["open"], own[one]["done"]) for one in order]
    return [one for one in found if one.measures]


def titled(user: User, plan: Plan, known: Iterable[str], by: str) -> Iterator[tuple[str, str]]:
    """Keys with their titles, in the order of the page."""
    if by == "year":
        yield from ((key, key) for key in sorted(known, key=lambda title: (not title, title)))
    elif by == "section":
        for one in visible_to(user, Section).filter(plan=plan).order_by(F("order")):
            if str(one.pk) in known:
                yield str(one.pk), str(one)
    else:
        keys = [int(key) for key in known if not key.startswith("=")]
        names = {f"{key}": one.name for key, one in Organisation.objects.in_bulk(keys).items()}
        titles = [(key, names.get(key) or key[1:]) for key in known]
        yield from sorted(titles, key=lambda one: (not one[1], one[1].casefold()))


def with_bars(one: Quarter, start: float, width: float, most: int) -> Quarter:
    """A quarter with its place and its bars, the finished at the bottom; `most` fills the height."""
    bars, top = [], float(HEIGHT)
    for stands, number in (("done", one.done), ("open", one.open), ("late", one.late)):
        height = round(HEIGHT * number / most, 3)
        top = round(top - height, 3)
        if number:
            bars.append(Bar(stands, top, height))
    return Quarter(one.first, one.late, one.open, one.done, start, width, tuple(bars))
