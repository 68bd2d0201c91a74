"""How standings are derived from facts and kept. Only the facts, and what runs after a migration, use it."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, timedelta
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Max, Min, Q

from palermo.audit.action import action as audited
from palermo.audit.action import alone
from palermo.audit.asking import asked_by_system
from palermo.organisations.models import Membership
from palermo.plan.models import (
    Contribution,
    Derived,
    Evaluation,
    Holding,
    Measure,
    Obligation,
    Ownership,
    Plan,
    Question,
    Spoken,
    Standing,
    Tally,
    TallyStep,
    Withdrawal,
    Wording,
)
from palermo.plan.models.standings import position
from palermo.plan.queries.timed import awaits, dones, publications
from palermo.plan.rules.follow_up import FOLLOWED, Told, is_finished
from palermo.plan.rules.spans import (
    FIRST,
    FOREVER,
    Answered,
    Facts,
    Held,
    Period,
    Span,
    Worded,
    first_day,
    owed_as,
    spans,
    told_day,
)
from palermo.plan.tallying import Counts, Steps, add, climb, counted, slices, stepped

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")
DAY = timedelta(days=1)

CHANGED: ContextVar[set[int] | None] = ContextVar("CHANGED", default=None)


def action(
    name: str, *, permission: str, about: str | None = None, unsaid: frozenset[str] = frozenset()
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """An action of this room: at its end the measures that it changed stand as their facts say."""

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def standing(*args: P.args, **kwargs: P.kwargs) -> R:
            with changing():
                return function(*args, **kwargs)

        return audited(name, permission=permission, about=about, unsaid=unsaid)(standing)

    return decorate


@contextmanager
def changing() -> Iterator[None]:
    """While this lasts facts may be written; at its end the standings follow."""
    held: set[int] = set()
    token = CHANGED.set(held)
    try:
        yield
        stand(held)
    finally:
        CHANGED.reset(token)


def changed(measures: Iterable[int]) -> None:
    """Say that a fact about these measures is written. Raises LookupError outside the room's actions."""
    held = CHANGED.get()
    if held is None:
        raise LookupError("a fact about a measure is written outside the room's actions")
    held.update(measures)


def stand(measures: Iterable[int]) -> None:
    """Derive anew how these measures stand, and count them where they are now."""
    keys = sorted(measures)
    if not keys:
        return
    alone()  # two who change one measure at once must see each other's facts
    counts: Counts = Counter()
    steps: Steps = Counter()
    for some in slices(keys):
        counts.subtract(counted(some))
        steps.subtract(stepped(some))
        Standing.objects.filter(measure__in=some).delete()
        write(some)
        counts.update(counted(some))
        steps.update(stepped(some))
    add(counts)
    climb(steps)


def write(measures: Sequence[int]) -> None:
    """Store the spans of these measures."""
    worded = {
        one.pk: one
        for one in Wording.objects.filter(measure__in=measures).select_related("section", "measure")
    }
    stored: list[Standing] = []
    holdings: list[Holding] = []
    for measure, facts in facts_of(measures, worded.values()):
        for in_part in (False, True):
            for span in spans(facts, in_part=in_part):
                standing = stored_span(measure, worded[span.wording], span, in_part=in_part)
                stored.append(standing)
                holdings += held_in(standing, span)
    Standing.objects.bulk_create(stored)
    for one in holdings:
        one.standing_id = one.standing.pk
    Holding.objects.bulk_create(holdings)


def stored_span(measure: Measure, wording: Wording, span: Span, *, in_part: bool) -> Standing:
    """A span, to be stored."""
    return Standing(
        plan_id=measure.plan_id,
        measure=measure,
        since_on=span.since,
        until_on=span.until,
        is_last=span.until == FOREVER,
        in_part=in_part,
        told_until=span.told_until,
        kind=measure.kind,
        position=position(measure.rank, measure.number),
        wording=wording,
        section=wording.section,
        place=wording.section.order,
        said_earliest=span.times.said_earliest,
        said_latest=span.times.said_latest,
        earliest=span.times.earliest,
        latest=span.times.latest,
        last_on=span.times.latest or FOREVER,
        evaluate_after=span.times.evaluate_after,
        status=span.status,
        is_finished=is_finished(span.status),
        has_no_owner=span.has_no_owner,
        has_duty=span.has_duty,
        is_evaluated=span.is_evaluated,
    )


def held_in(standing: Standing, span: Span) -> Iterator[Holding]:
    """The owners of a span, to be stored."""
    for one in span.holders:
        yield Holding(
            standing=standing,
            organisation_id=one.organisation,
            party=one.party,
            role=one.role,
            is_named=one.is_named,
            owed=owed_as(standing.status) if one.owes and standing.kind in FOLLOWED else "",
            plan_id=standing.plan_id,
            in_part=standing.in_part,
            since_on=standing.since_on,
            until_on=standing.until_on,
            is_last=standing.is_last,
            position=standing.position,
            first_on=first_day(standing.earliest, standing.latest),
            last_on=standing.last_on,
            late_on=told_day(standing.latest, standing.told_until),
            evaluate_on=told_day(span.to_evaluate_after, standing.told_until),
            is_finished=standing.is_finished,
        )


def facts_of(measures: Sequence[int], wordings: Iterable[Wording]) -> Iterator[tuple[Measure, Facts]]:
    """All that is known of these measures. A constant number of queries, and one a plan."""
    known = list(Measure.objects.filter(pk__in=measures).select_related("plan"))
    bound = {plan: clauses(plan) for plan in {one.plan_id for one in known}}
    worded = by_measure((one.measure_id, worded_fact(one)) for one in wordings)
    held, members = holding(measures)
    answered = by_measure(answers(measures))
    withdrawn = dict(Withdrawal.objects.filter(measure__in=measures).values_list("measure", "on"))
    evaluated = (
        Evaluation.objects.filter(measure__in=measures).values_list("measure").annotate(first=Min("on"))
    )
    first = dict(evaluated)
    released = by_measure(releases(measures))
    done, waits = dones(measures), awaits(measures)
    published = publications(wait.event for those in waits.values() for wait in those if wait.event)
    for one in known:
        yield (
            one,
            Facts(
                begins=one.plan.since_on,
                worded=worded[one.pk],
                withdrawn=withdrawn.get(one.pk),
                held=held[one.pk],
                answered=answered[one.pk],
                evaluated=first.get(one.pk),
                bound=bound[one.plan_id],
                members={each: members[each] for each in owning(held[one.pk]) if each in members},
                releases=released[one.pk],
                done=done[one.pk],
                waits=waits[one.pk],
                published={wait.event: published.get(wait.event, []) for wait in waits[one.pk] if wait.event},
            ),
        )


def by_measure(found: Iterable[tuple[int, T]]) -> dict[int, list[T]]:
    """What was found, under the measures' keys."""
    known: dict[int, list[T]] = defaultdict(list)
    for key, one in found:
        known[key].append(one)
    return known


def worded_fact(one: Wording) -> Worded:
    """A wording as a fact."""
    time = (one.earliest, one.latest, one.recurrence)
    return Worded(one.pk, one.version, one.on, frozenset(one.topics), bool(one.evaluation), *time)


def clauses(plan: int) -> list[tuple[frozenset[str], Period]]:
    """The topics of each clause of a plan that asks for evaluations, and the days on which it holds."""
    known = Obligation.objects.filter(plan=plan).values_list("topics", "on", "superseded_by__on")
    return [
        (frozenset(topics), Period(since, before(until) if until else FOREVER))
        for topics, since, until in known
    ]


def before(day: date) -> date:
    """The last day before a day."""
    return day - DAY if day > FIRST else FIRST


def holding(
    measures: Sequence[int],
) -> tuple[dict[int, list[Held]], dict[int, list[tuple[int, Period]]]]:
    """The owners of these measures, and the members of the classes among them."""
    found = by_measure(
        (one.measure_id, held_fact(one)) for one in Ownership.objects.filter(measure__in=measures)
    )
    keys = {key for those in found.values() for key in owning(those)}
    known = Membership.objects.filter(body__in=keys, body__kind="class")
    members: dict[int, list[tuple[int, Period]]] = defaultdict(list)
    for body, member, since, until in known.values_list("body", "member", "since_on", "until_on"):
        members[body].append((member, Period(since or FIRST, until or FOREVER)))
    return found, members


def owning(held: Iterable[Held]) -> set[int]:
    """The organisations among these owners."""
    return {one.organisation for one in held if one.organisation}


def held_fact(one: Ownership) -> Held:
    """An ownership as a fact: until it ended, and until the office learned of it."""
    until = FOREVER
    if one.ended_on and one.end_known_on:
        until = max(one.ended_on, one.end_known_on - DAY)
    return Held(one.organisation_id, one.text, one.role, one.kind, Period(max(one.on, one.since_on), until))


def releases(measures: Sequence[int]) -> Iterator[tuple[int, tuple[date, date]]]:
    """When rounds that asked about these measures were released, and the days on which they were closed."""
    asked = Question.objects.filter(measure__in=measures, round__release__isnull=False).order_by()
    days = asked.values_list("measure", "round__release__on", "round__closed_on").distinct()
    return ((measure, (on, closed)) for measure, on, closed in days if closed)


def answers(measures: Sequence[int]) -> Iterator[tuple[int, Answered]]:
    """What was told about these measures, the oldest first, from the day on which it counts."""
    told = Contribution.objects.filter(question__measure__in=measures).order_by("on", "pk")
    fields = ("question__measure", "question__organisation", "question__role", "status")
    rows = told.values_list(*fields, "on", "needs_signature", "signature__on", "question__round__release__on")
    for order, (measure, owner, role, status, on, needs, signed, released) in enumerate(rows):
        if signed or not needs:
            since = max(on, signed) if needs and signed else on
            yield measure, Answered(Told(owner, role, status, order), since, released)


def spoken(told: Contribution) -> None:
    """Keep what an organisation told last in a round on a day."""
    asked = told.question
    keys = {
        "plan_id": asked.round.plan_id,
        "round_id": asked.round_id,
        "organisation_id": asked.organisation_id,
    }
    alone()
    before = Spoken.objects.filter(**keys, on=told.on).first() or Spoken(**keys, on=told.on)
    before.latest_id = max(before.latest_id or 0, told.pk)
    if not told.needs_signature or hasattr(told, "signature"):
        before.counting_id = max(before.counting_id or 0, told.pk)
    before.save()


def spoken_anew(plan: Plan) -> None:
    """What each organisation of a plan told last in each round on each day."""
    counts = Q(needs_signature=False) | Q(signature__isnull=False)
    told = Contribution.objects.filter(question__round__plan=plan).order_by()
    days = told.values("question__organisation", "question__round", "on")
    Spoken.objects.filter(plan=plan).delete()
    Spoken.objects.bulk_create(
        Spoken(
            plan=plan,
            organisation_id=organisation,
            round_id=held,
            on=on,
            latest_id=latest,
            counting_id=counting,
        )
        for organisation, held, on, latest, counting in days.annotate(
            last=Max("pk"), counted=Max("pk", filter=counts)
        ).values_list("question__organisation", "question__round", "on", "last", "counted")
    )


def stand_anew(plan: Plan) -> None:
    """Derive everything of a plan again."""
    with transaction.atomic():
        alone()
        Holding.objects.filter(plan=plan).delete()
        Standing.objects.filter(plan=plan).delete()
        Tally.objects.filter(plan=plan).delete()
        TallyStep.objects.filter(plan=plan).delete()
        stand(plan.measures.values_list("pk", flat=True))
        spoken_anew(plan)
        Derived.objects.update_or_create(plan=plan, defaults={"directory": classes()})


def classes() -> str:
    """A digest of who belongs to which class, and when."""
    rows = Membership.objects.filter(body__kind="class").order_by("pk")
    known: list[Any] = [
        list(map(str, one)) for one in rows.values_list("body", "member", "since_on", "until_on")
    ]
    return hashlib.sha256(json.dumps(known).encode()).hexdigest()


def stand_after_migration(*, using: str, **_kwargs: object) -> None:
    """What runs after every migration: plans without standings, or of another directory, are derived anew."""
    executor = MigrationExecutor(connections[using])
    if executor.migration_plan(executor.loader.graph.leaf_nodes("plan")):
        return
    directory = classes()
    with asked_by_system():  # answers that wait for a signature are counted among what was spoken
        for one in Plan.objects.exclude(derived__directory=directory):
            stand_anew(one)
