"""One question to one organisation: told, signed, accepted for the report or asked about."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from palermo.accounts.asking import asker
from palermo.accounts.models import User
from palermo.errors import Refused
from palermo.plan import actions, queries
from palermo.plan.forms.answers import Remark, Tell
from palermo.plan.models import (
    AnswerLink,
    Contribution,
    ContributionDraft,
    Evidence,
    Plan,
    Question,
    Wording,
)
from palermo.plan.queries import Asked
from palermo.plan.views.asking import measure_of, only, plan_of
from palermo.plan.views.rounds import link_page, today_link
from palermo.ui.days import day, today
from palermo.ui.methods import takes_form
from palermo.ui.refusals import tried


@dataclass(frozen=True)
class Place:
    """Where a question stands: its plan, round, measure and organisation, as the address says."""

    code: str
    number: int
    reference: str
    country: str
    name: str

    @property
    def words(self) -> tuple[str, int, str, str, str]:
        """The parts of the address, in order."""
        return self.code, self.number, self.reference, self.country, self.name


@takes_form
def question(
    request: HttpRequest, code: str, number: int, reference: str, country: str, name: str
) -> HttpResponse:
    """The question with its answers; whoever answers for the organisation finds the form."""
    here = Place(code, number, reference, country, name)
    _plan, user, asked = found(request, here)
    open_now = is_open_now(request, asked)
    sent = request.method == "POST"
    if sent:
        only(request, "plan.contribute", asked.question)
    form = None
    if sent or (open_now and user.may("plan.contribute", asked.question)):
        others = queries.other_measures(user, asked.question.measure, today(request))
        form = tell_form(request, user, asked, others)
        if sent and told(request, user, asked.question, form):
            return redirect("plan:question", *here.words)
    return page(request, here, asked, form, Remark())


def page(request: HttpRequest, here: Place, asked: Asked, form: Tell | None, remark: Remark) -> HttpResponse:
    """The page of a question, with the forms of those who may answer, sign or judge."""
    user = asker(request)
    open_now = is_open_now(request, asked)
    shown = {
        "plan": asked.question.round.plan,
        "here": here.words,
        "asked": asked,
        "form": form,
        "remark": remark,
        "may_sign": open_now
        and asked.state == "awaiting-signature"
        and user.may("plan.sign", asked.contribution),
        "may_judge": asked.state in {"told", "asked", "accepted"} and user.may("plan.judge"),
        "open": open_now,
        "may_translate": bool(asked.contribution) and user.may("plan.translate", asked.contribution),
        "state": queries.state_of(user, asked.question.measure, day(request)),
    }
    return render(request, "plan/question.html", shown)


def is_open_now(request: HttpRequest, asked: Asked) -> bool:
    """Whether the page shows today and the round still takes answers."""
    return asked.question.round.closed_on is None and day(request) == today(request)


def tell_form(
    request: HttpRequest, user: User, asked: Asked, others: QuerySet[Wording] | None = None
) -> Tell:
    """The form, filled with the draft, else with the answer that stands.

    `others` are the measures that may have replaced this one, where the page may name them.
    """
    draft = queries.visible_to(user, ContributionDraft).filter(question=asked.question).first()
    before = draft or asked.contribution
    shown: dict[str, Any] = {
        "language": user.language,
        "after": asked.contribution.version if asked.contribution else 0,
    }
    if before:
        names = ("status", "account", "reason", "decision", "language")
        shown |= {name: getattr(before, name) for name in names}
        instead = before.replaced_by.reference if before.replaced_by else ""
        shown |= {"replaced_by": instead, "evidence": [one.pk for one in before.evidence.all()]}
    measure = asked.question.measure
    known = queries.visible_to(user, Evidence).filter(measure=measure).order_by("pk")
    if others is None:
        known = known.filter(organisation=asked.question.organisation)
    sent = request.POST.copy() if request.method == "POST" else None
    late = queries.is_late(measure, today(request))
    return Tell(sent, request.FILES or None, initial=shown, evidence=known, measures=others, late=late)


def told(
    request: HttpRequest, user: User, asked: Question, form: Tell, through: AnswerLink | None = None
) -> object:
    """Keep a draft or send the answer; one that is refused is kept as a draft, with what came with it.

    `through` is the link by which it came, where nobody signed in.
    """
    if not form.is_valid():
        return None
    answer, came = form.answer(), form.handed_in()
    if came and not tried(form, came.kind):
        return None

    def draft() -> ContributionDraft:
        return actions.save_draft(
            by=user, question=asked, answer=answer, handed_in=came, through=through, on=today(request)
        )

    if "draft" in request.POST:
        return drafted(request, form, draft)
    sent = tried(
        form,
        lambda: actions.contribute(
            by=user,
            question=asked,
            answer=answer,
            handed_in=came,
            through=through,
            link=today_link(request),
            on=today(request),
        ),
    )
    if sent is None:
        with suppress(Refused):  # the round was closed meanwhile: the words stay on the page, which says so
            kept = draft()
            if isinstance(form.data, QueryDict):
                form.data.setlist("evidence", [str(one.pk) for one in kept.evidence.all()])
    elif sent.needs_signature:
        messages.success(request, _("The answer was sent; it waits for your organisation's signature."))
    else:
        messages.success(request, _("The answer was sent to the Bureau."))
    return sent


def drafted(request: HttpRequest, form: Tell, draft: Callable[[], ContributionDraft]) -> object:
    """A draft, where the round still takes one; else the words stay on the page."""
    kept = tried(form, draft)
    if kept:
        messages.success(request, _("The draft is kept; only you can read it."))
    return kept


@require_POST
def sign(
    request: HttpRequest, code: str, number: int, reference: str, country: str, name: str
) -> HttpResponse:
    """Stand behind the answer."""
    here = Place(code, number, reference, country, name)
    _plan, user, asked = found(request, here)
    only(request, "plan.sign", asked.contribution)
    actions.sign(by=user, contribution=standing(asked, request), on=today(request))
    messages.success(request, _("The answer is signed and went to the Bureau."))
    return redirect("plan:question", *here.words)


@require_POST
def judge(
    request: HttpRequest, code: str, number: int, reference: str, country: str, name: str
) -> HttpResponse:
    """Accept the answer for the report, or ask about it; the text stays as it is."""
    here = Place(code, number, reference, country, name)
    _plan, _user, asked = found(request, here)
    user = only(request, "plan.judge")
    told, remark = standing(asked, request), Remark(request.POST)
    asks = "ask" in request.POST

    def do() -> object:
        words = remark.cleaned_data["remark"].strip()
        if asks:
            link = today_link(request)
            return actions.ask(
                by=user,
                contribution=told,
                remark=words,
                link=link,
                one_question=link_page(request),
                on=today(request),
            )
        return actions.accept_for_report(by=user, contribution=told, remark=words, on=today(request))

    if not tried(remark, do):
        return page(request, here, asked, None, remark)
    said = _("The organisation was asked.") if asks else _("The answer was accepted for the report.")
    messages.success(request, said)
    return redirect("plan:question", *here.words)


def standing(asked: Asked, request: HttpRequest) -> Contribution:
    """The answer that the page showed: who decides, decides about what they have read."""
    shown = request.POST.get("version", "")
    chosen = next((one for one in asked.contributions if str(one.version) == shown), None)
    if chosen is None:
        raise Http404
    return chosen


def found(request: HttpRequest, here: Place) -> tuple[Plan, User, Asked]:
    """The question of an address, where the asker may see it."""
    plan, user = plan_of(request, here.code), asker(request)
    asked = queries.visible_to(user, Question).filter(
        round__plan=plan,
        round__number=here.number,
        measure=measure_of(request, plan, here.reference),
        organisation__code=f"{here.country}/{here.name}",
    )
    known = queries.questions_on(user, asked, day(request))
    if not known:
        raise Http404
    return plan, user, known[0]
