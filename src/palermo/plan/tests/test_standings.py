"""What is kept for the pages is what the facts say, whatever was done in whatever order."""

import re
from collections import Counter
from contextlib import suppress
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from random import Random

import pytest

from palermo.errors import Refused
from palermo.plan import actions, facts, queries, standings
from palermo.plan.models import (
    BillMark,
    Contribution,
    Holding,
    Measure,
    Occurrence,
    Round,
    Spoken,
    Standing,
    Step,
    Tally,
    TallyStep,
    Withdrawal,
)
from palermo.plan.queries import Filters, drawing, owing, waiting
from palermo.plan.queries.cycles import cycles_on
from palermo.plan.queries.measures import SORTS
from palermo.plan.queries.saying import said_on
from palermo.plan.queries.standing import belongs_to
from palermo.plan.queries.visibility import spans_for
from palermo.plan.rules.follow_up import ASKED_ROLES, INTERNAL, STATUSES
from palermo.plan.rules.said import TimingSaid
from palermo.plan.rules.spans import GROUPS
from palermo.plan.tests import make

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2014, 11, 1), date(2019, 3, 1)
PARTIES = ["college", "fps-justice", "fps-labour", "federated-entities", "fps-foreign-affairs"]


class Walk:
    """One after the other, real actions of an office, each on a day of its own."""

    def __init__(self, seed):
        self.chance = Random(seed)
        self.plan = make.accepted_plan()
        self.ana = make.secretary()
        make.authority("college")
        self.readers = [self.ana, make.contact("college"), make.contact("fps-labour"), make.reader()]

    def day(self):
        return FIRST + timedelta(days=self.chance.randrange((LAST - FIRST).days))

    def measure(self):
        return self.chance.choice(list(Measure.objects.filter(plan=self.plan)))

    def own(self):
        return actions.assign_owner(
            by=self.ana,
            measure=self.measure(),
            organisation=make.organisation(self.chance.choice(PARTIES)),
            role=self.chance.choice(["lead", "with", "consulted"]),
            on=self.day(),
        )

    def end(self):
        held = list(self.measure().ownerships.filter(ended_on=None))
        if held:
            return actions.end_ownership(
                by=self.ana, ownership=held[0], last=self.day(), reason="It moved.", on=self.day()
            )
        return None

    def reword(self):
        one, on = self.measure(), self.day()
        if queries.state_of(self.ana, one, on) is None:
            return None
        told = make.timing(self.chance.choice(["Late 2016", "2017", "continuous", "by mid 2018", OFTEN]))
        told = TimingSaid(**told | {key: told[key] and date.fromisoformat(told[key]) for key in ENDS})
        said = said_on(one, on)
        fields = {"timing": told, "topics": self.chance.choice([(), ("awareness",), ("training",)])}
        return actions.reword(
            by=self.ana, measure=one, said=said.__class__(**vars(said) | fields), reason="Why", on=on
        )

    def withdraw(self):
        return actions.withdraw_measure(by=self.ana, measure=self.measure(), reason="Gone.", on=self.day())

    def evaluate(self):
        day = self.day()
        return actions.record_evaluation(
            by=self.ana, measure=self.measure(), held_on=day, summary="Good.", language="en", on=day
        )

    def repeat(self):
        """An occurrence of the course, or of the assessment that comes back."""
        one, day = self.chance.choice(self.recurring()), self.day()
        still = [each for each in cycles_on(one, day) if not each.done]
        due = self.chance.choice(still).latest if still else day
        account = actions.Account(summary="Done.")
        return actions.record_occurrence(
            by=self.ana, measure=one, due_on=due, done_on=day, account=account, on=day
        )

    def undo(self):
        held = Occurrence.objects.filter(withdrawal=None).last()
        if held is None:
            return None
        return actions.take_back_occurrence(by=self.ana, occurrence=held, reason="No.", on=self.day())

    def wait(self):
        """A measure or its evaluation waits for an event, or for the publication of the only bill."""
        chance, day = self.chance, self.day()
        own = Measure.objects.get(plan=self.plan, kind="measure", number=1)
        happened_on = chance.choice([None, day - timedelta(days=400)])
        event = actions.Event("It", chance.choice([None, own]), happened_on)
        what, after = (
            chance.choice(["measure", "evaluation"]),
            chance.choice(["within a year", "1 to 2 years"]),
        )
        if chance.random() < 0.2:
            return actions.wait_no_more(by=self.ana, measure=self.measure(), what=what, on=day)
        return actions.wait_for(
            by=self.ana, measure=self.measure(), what=what, after=after, event=event, language="en", on=day
        )

    def publish(self):
        own, day = Measure.objects.get(plan=self.plan, kind="measure", number=1), self.day()
        held = Step.objects.filter(withdrawal=None).last()
        if held and self.chance.random() < 0.3:
            return actions.take_back_step(by=self.ana, step=held, reason="No.", on=day)
        if not BillMark.objects.exists():
            actions.mark_bill(by=self.ana, measure=own, is_bill=True, on=FIRST)
        return actions.record_step(by=self.ana, measure=own, kind="published", reached_on=day, on=day)

    def recurring(self):
        return list(Measure.objects.filter(plan=self.plan, wordings__recurrence__gt="").distinct())

    def oblige(self):
        return actions.declare_obligation(
            by=self.ana, plan=self.plan, section="8.3", text="All.", topics=["training"], on=self.day()
        )

    def document(self):
        rows = [make.LEAFLET, {**make.RULINGS, "timing": make.timing(f"Late {self.day().year}")}]
        reading = make.document(*rows, make.SCHOOLS, clauses=[make.CLAUSE], name=f"{self.day()}.docx")
        make.imported(self.plan, reading, on=self.day(), published_on=self.day())
        known = Measure.objects.filter(plan=self.plan).latest("on").on  # nobody reviews what comes later
        return actions.accept_all(by=self.ana, plan=self.plan, on=max(self.day(), known))

    def ask(self):
        held = Round.objects.filter(plan=self.plan, closed_on=None).first()
        day = date(2017, 1, 10)
        return (
            actions.close_round(by=self.ana, round=held, on=day) if held else make.opened(self.plan, on=day)
        )

    def release(self):
        held = Round.objects.filter(release=None).exclude(closed_on=None).first()
        if held:
            return actions.release_results(by=self.ana, round=held, decision="The Cell.", on=self.day())
        return None

    def tell(self):
        asked = [one for held in Round.objects.filter(closed_on=None) for one in held.questions.all()]
        if asked:
            status = self.chance.choice(["not-started", "limited", "completed", "completed"])
            return make.told(self.chance.choice(asked), status, on=self.day(), reason="Late.")
        return None

    def sign(self):
        one = Contribution.objects.filter(needs_signature=True, signature=None).last()
        signer = make.authority("college")
        return actions.sign(by=signer, contribution=one, on=self.day()) if one else None


ENDS = ("earliest", "latest")
OFTEN = "every two years from 2015"
STEPS = ["own", "own", "end", "reword", "withdraw", "evaluate", "oblige", "document", "ask", "ask", "release"]
STEPS += [*4 * ["repeat"], "undo", *4 * ["wait"], "publish", *6 * ["tell", "sign"]]

NEEDED = ["ask", "tell", "own", "document", "repeat", "publish", "wait", "wait", "wait"]


def derived(plan):
    """Everything that is kept for a plan, without its keys."""
    held = ("measure_id", "in_part", "since_on", "until_on", "is_last", "told_until", "wording_id", "status")
    held += (
        "is_finished",
        "has_no_owner",
        "has_duty",
        "is_evaluated",
        "place",
        "earliest",
        "latest",
        "last_on",
        "said_earliest",
        "said_latest",
        "evaluate_after",
    )
    spans = list(
        Standing.objects.filter(plan=plan).order_by("measure", "in_part", "since_on").values_list(*held)
    )
    owned = ("standing__measure_id", "standing__in_part", "standing__since_on", "organisation_id", "party")
    owned += (
        "role",
        "is_named",
        "owed",
        "first_on",
        "last_on",
        "late_on",
        "evaluate_on",
        "is_finished",
        "until_on",
    )
    holders = sorted(Holding.objects.filter(plan=plan).values_list(*owned), key=str)
    counted = Tally.objects.filter(plan=plan).exclude(number=0)
    steps = TallyStep.objects.filter(plan=plan).exclude(number=0)
    counted = sorted(counted.values_list("in_part", "kind", "what", "of", "day", "number"))
    return (
        spans,
        holders,
        counted,
        sorted(steps.values_list("in_part", "period", "on", "of", "what", "number")),
    )


def stands(user, plan, on):
    """How measures are kept to stand on a day for somebody, with who owes what."""
    found = {}
    for one in spans_for(user, on).filter(plan=plan, since_on__lte=on, until_on__gte=on):
        owing = {held.organisation_id: held.role for held in one.holdings.exclude(owed="")}
        found[one.measure.reference] = (
            one.wording_id,
            one.status,
            one.has_no_owner,
            one.has_duty,
            one.is_evaluated,
            min(one.told_until, on) if one.status != INTERNAL else on,
            (one.earliest, one.latest, one.evaluate_after),
            {key: role for key, role in owing.items() if key},
        )
    return found


def computed(known):
    """The same from the facts."""
    return {
        one.reference: (
            one.wording.pk,
            one.status,
            one.has_no_owner,
            one.duty is not None,
            bool(one.evaluations),
            one.told_until,
            (one.earliest, one.latest, one.times.evaluate_after),
            owing_of(one),
        )
        for one in known
    }


def owing_of(state):
    """Who owes a measure that is followed up, in which role."""
    if state.measure.kind == "commitment":
        return {}
    return {key: role for key, role in state.organisations.items() if role in ASKED_ROLES}


NARROWED = {
    "": lambda _one: True,
    "due": lambda one: one.is_due,
    "overdue": lambda one: one.is_overdue,
    "no-owner": lambda one: one.has_no_owner,
    "evaluation-duty": lambda one: one.duty is not None,
    "evaluation-due": lambda one: one.is_evaluation_due,
}


def every_page(user, plan, on, filters, sort):
    """The references of the register, read page by page."""
    found, after = [], None
    while True:
        page = queries.register(user, plan, on, filters, sort=sort, after=after, size=3)
        found += [(one.reference, one.status, one.late_since) for one in page.rows]
        after = page.next
        if after is None:
            return found


def ordered(known, sort):
    """Measures in the order of the register; they come by reference."""
    keys = {
        "reference": lambda _one: 0,
        "section": lambda one: one.wording.section.order,
        "deadline": lambda one: one.latest or date.max,
    }
    return sorted(known, key=keys[sort])


def owners(state):
    """Whoever owns a measure, classes and their members."""
    named = {one.ownership.organisation_id for one in state.owners}
    return named | {member.pk for one in state.owners for member in one.members}


def followed(known):
    """What is owed to the Bureau and not finished."""
    return [one for one in known if one.measure.kind != "commitment" and not one.is_finished]


def told_of(account):
    """What an owner owes, as the list says it."""
    assert account.open == len(account.owed)
    assert account.late == sum(one.state.is_overdue for one in account.owed)
    return {one.state.reference: (one.role, one.state.late_since) for one in account.owed}


def owed(known):
    """What each organisation owes, one by one."""
    found = {}
    for state in followed(known):
        for key, role in owing_of(state).items() if not state.is_internal else ():
            found.setdefault(key, {})[state.reference] = (role, state.late_since)
    return found


def counted(known, on):
    """How measures stand, one by one."""
    own = [one for one in known if one.measure.kind == "measure"]
    statuses = [*STATUSES, INTERNAL] if any(one.is_internal for one in own) else STATUSES
    return {
        "on": on.isoformat(),
        "measures": len(own),
        "by_status": {status: sum(one.status == status for one in own) for status in statuses},
        "due": sum(one.is_due for one in own),
        "overdue": sum(one.is_overdue for one in own),
        "no_owner": sum(one.has_no_owner for one in own),
        "evaluation_due": sum(one.is_evaluation_due for one in own),
    }


@pytest.mark.parametrize("seed", range(4))
def test_after_any_actions_every_day_stands_as_the_facts_say(seed, monkeypatch):
    monkeypatch.setattr(owing, "WHOLE", seed % 2 * 300)  # the owners of a small plan, or of a large one
    monkeypatch.setattr(owing, "FEW", 300)
    walk = Walk(seed)
    done = Counter()
    for step in [*NEEDED, *walk.chance.choices(STEPS, k=60)]:
        try:
            done[step] += getattr(walk, step)() is not None
        except Refused:
            continue
    assert set(NEEDED) <= {step for step, times in done.items() if times}
    days = {FIRST, LAST, make.ADOPTED, make.DAY, *(walk.day() for _ in range(2))}
    turns = set(Standing.objects.filter(plan=walk.plan).values_list("since_on", flat=True)) - {date.min}
    days |= set(walk.chance.sample(sorted(turns), min(6, len(turns))))
    for day in days:
        agrees(walk.ana, walk.plan, day, walk.chance)
        agrees(walk.chance.choice(walk.readers[1:]), walk.plan, day, walk.chance)
    kept = derived(walk.plan)
    standings.stand_anew(walk.plan)
    assert derived(walk.plan) == kept


def agrees(user, plan, day, chance):
    """Whatever somebody opens on a day says what the facts say, as far as they are told to them.

    The figures of a plan count what everybody is told; those of one's own organisations all that there is.
    """
    known = queries.as_of(user, plan, day)
    ana, reader = make.secretary(), make.reader()
    everybody = known if user == ana else queries.as_of(reader, plan, day)
    all_of_it, own = queries.as_of(ana, plan, day), belongs_to(user)
    assert stands(user, plan, day) == computed(known), (user, day)
    assert queries.status_counts(user, plan, day) == counted(everybody, day), (user, day)
    assert queries.duties(user, plan, day) == of_duties([one for one in everybody if one.duty]), (user, day)
    for narrowed, holds in NARROWED.items():
        sort = chance.choice(list(SORTS))
        found = every_page(user, plan, day, Filters(stands=narrowed), sort)
        wanted = [one for one in ordered(known, sort) if holds(one)]
        assert found == [in_list(one) for one in wanted], (user, day, narrowed, sort)
    status = chance.choice(["completed", "limited", "no-answer"])
    found = every_page(user, plan, day, Filters(status=status), "reference")
    assert found == [in_list(one) for one in known if one.status == status], (user, day, status)
    held = queries.who_owes_me(user, plan, day)
    theirs = {key: owes for key, owes in owed(all_of_it).items() if key in own}
    others = {key: owes for key, owes in owed(everybody).items() if key not in own}
    assert {one.organisation.pk: told_of(one) for one in held.owners if one.organisation} == theirs | others
    nobody = [one for one in followed(everybody) if one.has_no_owner]
    assert [one.reference for one in held.without_owner] == [one.reference for one in nobody]
    assert held.internal == sum(one.is_internal for one in followed(everybody)), (user, day)
    for party in chance.sample(PARTIES, 2):
        found = every_page(user, plan, day, Filters(party=f"be/{party}"), "reference")
        key = make.organisation(party).pk
        assert found == [in_list(one) for one in known if key in owners(one)], (user, day, party)
        told = all_of_it if key in own else everybody
        assert briefed(user, plan, day, party) == grouped(told, party), (user, day, party)


def of_duties(bound):
    """What must be evaluated, in numbers."""
    due = [one for one in bound if one.is_evaluation_due]
    return {
        "bound": len(bound),
        "due": len(due),
        "measures": sum(one.measure.kind == "measure" for one in due),
        "internal": sum(one.is_internal for one in bound),
    }


def briefed(user, plan, day, code):
    """The groups of a brief about an owner."""
    found = queries.brief(user, plan, make.organisation(code), day)
    assert {key: len(rows) for key, rows in found.rows.items()} == found.numbers
    due = [one.reference for one in found.to_evaluate]
    return {key: [in_list(one) for one in rows] for key, rows in found.rows.items()}, due


def grouped(known, code):
    """The same from the facts."""
    key, groups, due = make.organisation(code).pk, {one: [] for one in GROUPS}, []
    for one in sorted(known, key=by_end):
        if key in owing_of(one):
            groups[group(one)].append(in_list(one))
            due += [one.reference] * one.is_evaluation_due
    return groups, due


def by_end(state):
    """What is late, or is told to be late one day, stands in the order of that day."""
    if state.is_internal or state.latest is None:
        return date.max
    is_told = state.told_until == state.on or state.latest < state.told_until
    return state.latest if is_told else date.max


def group(state):
    if state.is_internal:
        return "internal"
    if state.is_finished:
        return "finished"
    if state.is_overdue:
        return "late"
    if state.is_due:
        return "due"
    return "coming" if state.latest or state.earliest else "undated"


def in_list(state):
    return state.reference, state.status, state.late_since


def test_a_large_plan_names_the_longest_late_of_each_owner_and_counts_the_rest(monkeypatch):
    monkeypatch.setattr(owing, "WHOLE", 3)
    monkeypatch.setattr(owing, "FEW", 1)
    made = make.accepted_plan()
    make.opened(made)
    found = queries.who_owes_me(make.secretary(), made, make.DAY)
    college = next(one for one in found.owners if one.organisation == make.organisation("college"))
    assert ([one.state.reference for one in college.owed], college.late, college.more) == (["M02"], 1, 1)
    assert college.late_since == date(2017, 1, 1)


@pytest.mark.parametrize("by", ["section", "party", "year"])
@pytest.mark.parametrize("seed", range(2))
def test_a_large_plan_is_drawn_in_quarters_that_hold_the_same_measures(monkeypatch, by, seed):
    walk = Walk(seed)
    for _ in range(40):
        with suppress(Refused):
            getattr(walk, walk.chance.choice(STEPS))()
    for day in (make.ADOPTED, make.DAY, LAST, walk.day()):
        narrowed = (Filters(), Filters(kind="measure"), Filters(chapter="3"), Filters(party="be/college"))
        for user, filters in product(walk.readers, narrowed):
            whole = filters.party and make.organisation("college").pk in belongs_to(user)
            told = user if whole or user == walk.ana else walk.readers[-1]  # else what everybody is told
            monkeypatch.setattr(drawing, "LINES", 300)
            drawn = queries.timeline(told, walk.plan, day, filters, by=by)
            monkeypatch.setattr(drawing, "LINES", 0)
            found = queries.timeline(user, walk.plan, day, filters, by=by)
            assert {one.title: (one.late, one.open, one.done) for one in found.bands} == {
                title: in_numbers([line.state for line in lines]) for title, lines in drawn.groups
            }
            if by != "section":
                assert [one.title for one in found.bands] == [title for title, _lines in drawn.groups]


def in_numbers(known):
    late = sum(one.is_overdue for one in known)
    done = sum(one.is_finished for one in known)
    return late, len(known) - late - done, done


def test_a_quarter_is_drawn_where_it_lies_and_as_high_as_it_has_measures(monkeypatch):
    monkeypatch.setattr(drawing, "LINES", 0)
    made = make.accepted_plan()
    found = queries.timeline(make.secretary(), made, make.DAY, Filters(kind="measure"), by="year")
    bands = {one.title: one for one in found.bands}
    assert list(bands) == ["2015", "2016", "2017", "2018", ""]
    [ends] = bands["2015"].quarters
    assert (ends.first, ends.number, ends.late, ends.open, ends.done) == (date(2015, 10, 1), 4, 1, 0, 0)
    assert ends.start == pytest.approx(100 * 273 / 1826, abs=0.01)
    assert [(bar.stands, bar.height, bar.top) for bar in ends.bars] == [("late", 10, 10)]
    assert found.most == 2
    [undated] = bands[""].quarters
    assert (undated.first, undated.open, undated.bars) == (None, 1, ())


def test_today_tells_the_first_of_each_sort_and_where_there_is_more(monkeypatch):
    monkeypatch.setattr(waiting, "MOST", 1)
    office = make.Office()
    college = make.contact("college")
    told = office.round.questions.get(organisation=make.organisation("college"), measure__number=2)
    assert [one.what for one in queries.waiting_for(college, make.DAY)] == ["answer"]
    make.told(told, "completed")
    assert queries.waiting_for(college, make.DAY) == []
    make.told(make.question(office.round, "M01", "fps-foreign-affairs"))
    judge = [one for one in queries.waiting_for(make.secretary(), make.DAY) if one.what == "judge"]
    assert [one.is_more for one in judge] == [False, True]
    assert judge[1].record == office.round


def test_the_latest_answer_is_told_to_those_who_may_read_it():
    office = make.Office()
    asked = make.question(office.round, "M01", "fps-foreign-affairs")
    foreign = make.organisation("fps-foreign-affairs")
    make.told(asked, account="First.", on=date(2017, 2, 1))
    make.authority("fps-foreign-affairs")
    waits = make.told(asked, account="Second.", on=date(2017, 2, 2))

    def latest(user):
        found = queries.who_owes_me(user, office.plan, make.DAY).owners
        return [one.latest_answer.account for one in found if one.organisation == foreign]

    contact = make.contact("fps-foreign-affairs")
    assert [latest(one) for one in (make.secretary(), contact)] == [["Second."], ["Second."]]
    assert latest(make.reader()) == [], "nothing was released"
    actions.sign(by=make.authority("fps-foreign-affairs"), contribution=waits, on=date(2017, 2, 3))
    kept = list(Spoken.objects.order_by("on").values_list("organisation", "on", "latest", "counting"))
    standings.stand_anew(office.plan)
    assert list(Spoken.objects.order_by("on").values_list("organisation", "on", "latest", "counting")) == kept


def test_a_fact_outside_the_rooms_actions_is_not_written():
    measure = make.measure(make.accepted_plan(), "M01")
    with pytest.raises(LookupError):
        facts.stated(Withdrawal(measure=measure, reason="Gone.", by=make.secretary(), on=make.DAY))


def test_a_plan_without_standings_gets_them_after_a_migration():
    made = make.accepted_plan()
    kept = derived(made)
    Holding.objects.all().delete()
    Standing.objects.all().delete()
    Tally.objects.all().delete()
    standings.stand_after_migration(using="default")
    assert derived(made) == kept
    assert kept[0]


def test_facts_from_which_standings_follow_are_written_in_one_place():
    room = standings.__file__.rsplit("/", 1)[0]
    names = "Wording|Ownership|Withdrawal|Contribution|Signature|Evaluation|Obligation|Occurrence\\w*"
    names += r"|Release|Step\w*|Wait"
    writes = re.compile(rf"\b(?:{names})\.objects\.(?:\w*create|filter\([^)]*\)\.update)\(")
    found = {
        path.name
        for path in Path(room).rglob("*.py")
        if "tests" not in path.parts and writes.search(path.read_text())
    }
    assert found == {"facts.py"}
