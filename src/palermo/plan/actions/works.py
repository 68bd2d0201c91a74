"""Notes and studies: declared, changed, handed over, handed in, given up, taken up again (decision 0030)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from palermo.accounts.models import User
from palermo.errors import Refused, words
from palermo.organisations.models import Organisation
from palermo.plan.actions.evaluations import HandedIn, enclosed
from palermo.plan.models import Measure, Plan, Section, Work, WorkDecision, WorkKind, WorkTerms, WorkVersion
from palermo.plan.queries.works import WorkOn, work_named
from palermo.plan.rules.said import retimed
from palermo.plan.rules.works import FINISHED, GIVEN_UP, OPEN, RESUMED
from palermo.plan.standings import action


@dataclass(frozen=True)
class WorkSaid:
    """What is to be written, about what and by when; the time in words, read by the grammar of plans."""

    kind: str
    title: str
    language: str
    section: Section | None = None
    measures: Sequence[Measure] = ()
    timing: str = ""
    put_to: str = ""
    question: str = ""


@dataclass(frozen=True)
class VersionSaid:
    """What is said of a version beside what is handed in."""

    language: str
    label: str = ""
    is_final: bool = False
    dated_on: date | None = None
    words: str = ""


@action("plan.declare_work", permission="plan.commission", about="plan")
def declare_work(*, by: User, plan: Plan, said: WorkSaid, owner: Organisation, on: date) -> Work:
    """Declare that something is to be written: a note, a study, a manual, a request for expertise.

    Raises Refused ("no-title", "no-place", "no-question", "needless-question").
    """
    checked(plan, said)
    Plan.objects.select_for_update().get(pk=plan.pk)
    last = Work.objects.filter(plan=plan).aggregate(most=Max("number"))["most"] or 0
    made = Work.objects.create(plan=plan, number=last + 1, by=by, on=on)
    append_terms(made, said, owner, by=by, on=on)
    return made


@action("plan.change_work", permission="plan.commission", about="work")
def change_work(*, by: User, work: Work, said: WorkSaid, reason: str, on: date) -> WorkTerms:
    """Say otherwise what is to be written, about what or by when; the earlier words stay in its story.

    Raises Refused ("no-title", "no-place", "no-question", "needless-question", "work-not-yet", "no-reason").
    """
    checked(work.plan, said)
    standing = held(by, work, on)
    return append_terms(work, said, standing.terms.owner, by=by, on=on, reason=explained(reason))


@action("plan.hand_over_work", permission="plan.commission", about="work")
def hand_over_work(*, by: User, work: Work, owner: Organisation, reason: str, on: date) -> WorkTerms:
    """Let another organisation write it from this day on.

    Raises Refused ("work-not-yet", "owns-work-already", "no-reason").
    """
    terms = held(by, work, on).terms
    if terms.owner_id == owner.pk:
        raise Refused(
            "owns-work-already",
            words("{name} owns it already."),
            words("Choose another organisation."),
            name=owner.name,
        )
    said = WorkSaid(
        kind=terms.kind,
        title=terms.title,
        language=terms.language,
        section=terms.section,
        measures=list(terms.measures.all()),
        timing=terms.timing_text,
        put_to=terms.put_to,
        question=terms.question,
    )
    return append_terms(work, said, owner, by=by, on=on, reason=explained(reason))


@action("plan.hand_in_version", permission="plan.deliver", about="work")
def hand_in_version(*, by: User, work: Work, came: HandedIn, said: VersionSaid, on: date) -> WorkVersion:
    """Hand in a version for the organisation that owns the work; a final one finishes it.

    Raises Refused ("work-not-yet", "work-finished", "work-given-up", "version-ahead", "without-answer").
    """
    standing = held(by, work, on)
    takes(standing, said, on)
    last = WorkVersion.objects.filter(work=work).aggregate(most=Max("number"))["most"] or 0
    return WorkVersion.objects.create(
        work=work,
        number=last + 1,
        label=said.label.strip(),
        is_final=said.is_final,
        dated_on=said.dated_on,
        language=said.language,
        organisation=standing.terms.owner,
        words=said.words.strip(),
        **enclosed(came),
        by=by,
        on=on,
    )


@action("plan.give_up_work", permission="plan.commission", about="work")
def give_up_work(*, by: User, work: Work, decision: str, on: date) -> WorkDecision:
    """Put on record by which decision it will not be written.

    Raises Refused ("work-not-yet", "work-finished", "work-given-up", "without-decision").
    """
    standing = held(by, work, on)
    if standing.state != OPEN:
        raise closed(standing.state)
    if not decision.strip():
        raise Refused(
            "without-decision",
            words("Giving up a work needs the decision that ends it."),
            words("Say who decided it, and when."),
        )
    return WorkDecision.objects.create(work=work, what=GIVEN_UP, words=decision.strip(), by=by, on=on)


@action("plan.resume_work", permission="plan.commission", about="work")
def resume_work(*, by: User, work: Work, reason: str, on: date) -> WorkDecision:
    """Take up again what was given up, or finished too early: its final version is a draft from then on.

    Raises Refused ("work-not-yet", "work-open", "no-reason").
    """
    standing = held(by, work, on)
    if standing.state == OPEN:
        raise Refused(
            "work-open",
            words("It is neither finished nor given up."),
            words("Look at its story; nothing more is needed."),
        )
    return WorkDecision.objects.create(work=work, what=RESUMED, words=explained(reason), by=by, on=on)


def held(by: User, work: Work, on: date) -> WorkOn:
    """The work as it stands, locked: nobody else changes it until this is done."""
    Work.objects.select_for_update().get(pk=work.pk)
    found = work_named(by, work.plan, work.number, on)
    if found is None:
        raise Refused(
            "work-not-yet",
            words("It was not declared yet on that day."),
            words("Give a later day."),
        )
    return found


def takes(standing: WorkOn, said: VersionSaid, on: date) -> None:
    """Whether a work takes a version. Raises Refused where it has ended, or the version is wrong."""
    if standing.state == GIVEN_UP or (standing.state == FINISHED and not said.is_final):
        raise closed(standing.state)
    if said.dated_on is not None and said.dated_on > on:
        raise Refused(
            "version-ahead",
            words("The version would be of {dated_on}, which has not come yet."),
            words("Give the day that it bears, or leave it empty."),
            dated_on=said.dated_on,
        )
    if said.is_final and standing.terms.kind == WorkKind.EXPERTISE and not said.words.strip():
        raise Refused(
            "without-answer",
            words("A request for expertise ends with an answer."),
            words("Say in some sentences what was answered."),
        )


def closed(state: str) -> Refused:
    """That a work has ended."""
    if state == GIVEN_UP:
        return Refused(
            "work-given-up",
            words("It was given up."),
            words("The Bureau can take it up again."),
        )
    return Refused(
        "work-finished",
        words("It is finished: a final version was handed in."),
        words("Mark a later edition as final, or let the Bureau take the work up again."),
    )


def checked(plan: Plan, said: WorkSaid) -> None:
    """Whether this can be declared. Raises Refused for what is missing or does not belong together."""
    if not said.title.strip() or said.kind not in WorkKind.values:
        raise Refused(
            "no-title",
            words("What is to be written needs a kind and a title."),
            words("Name it as its readers will."),
        )
    plans = {one.plan_id for one in said.measures} | ({said.section.plan_id} if said.section else set())
    if plans != {plan.pk}:
        raise Refused(
            "no-place",
            words("It belongs to no section and to no measure of this plan."),
            words("Choose a section, or give the number of a measure."),
        )
    asks = bool(said.put_to.strip()), bool(said.question.strip())
    if said.kind == WorkKind.EXPERTISE and not all(asks):
        raise Refused(
            "no-question",
            words("A request for expertise needs a question and whom it asks."),
            words("Say whom you ask, and what."),
        )
    if said.kind != WorkKind.EXPERTISE and any(asks):
        raise Refused(
            "needless-question",
            words("Only a request for expertise has a question."),
            words("Choose that kind, or leave the question out."),
        )


def explained(reason: str) -> str:
    """A reason. Raises Refused without one."""
    if not reason.strip():
        raise Refused(
            "no-reason",
            words("This decision needs a reason."),
            words("Say in a sentence why; it is kept in the history."),
        )
    return reason.strip()


def append_terms(
    work: Work, said: WorkSaid, owner: Organisation, *, by: User, on: date, reason: str = ""
) -> WorkTerms:
    """The next terms of a work."""
    version = WorkTerms.objects.filter(work=work).aggregate(most=Max("version"))["most"] or 0
    timing = retimed(said.timing.strip(), said.language)
    made = WorkTerms.objects.create(
        work=work,
        version=version + 1,
        kind=said.kind,
        title=said.title.strip(),
        language=said.language,
        owner=owner,
        section=said.section,
        put_to=said.put_to.strip(),
        question=said.question.strip(),
        timing_text=timing.text,
        timing_kind=timing.kind,
        edtf=timing.edtf or "",
        earliest=timing.earliest,
        latest=timing.latest,
        reason=reason,
        by=by,
        on=on,
    )
    made.measures.set(said.measures)
    return made
