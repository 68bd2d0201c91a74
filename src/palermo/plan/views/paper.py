"""The Word form of an organisation's open questions: downloaded, handed in, shown, confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from palermo.accounts.models import User
from palermo.errors import Refused
from palermo.organisations.models import Organisation
from palermo.plan import actions, queries
from palermo.plan.actions import Filled
from palermo.plan.forms.paper import FilledLine, HandInForm
from palermo.plan.models import Question, Round
from palermo.plan.paper import reading, writing
from palermo.plan.paper.codes import Code, found
from palermo.plan.paper.reading import Part
from palermo.plan.queries import Asked
from palermo.plan.views.asking import only, organisation_of, plan_of, seen
from palermo.plan.views.documents import on_disk
from palermo.plan.views.rounds import today_link
from palermo.ui.days import today
from palermo.ui.downloads import DOCX, download
from palermo.ui.methods import takes_form
from palermo.ui.refusals import field_of, sentence, tried

OPEN = frozenset({"waiting", "asked"})  # what a form asks
MOST = 500  # answers of one form


@dataclass(frozen=True)
class Here:
    """The round, the organisation and its questions, for who may hand in its form."""

    user: User
    round: Round
    organisation: Organisation
    asked: dict[int, Asked]

    @property
    def words(self) -> tuple[str, int, str, str]:
        """The parts of the address, in order."""
        code = self.round.plan.code
        return code, self.round.number, self.organisation.country, self.organisation.slug


@dataclass(frozen=True)
class Shown:
    """One answer of a form beside what is known; `part` is what the file said, where it was just read."""

    asked: Asked
    line: FilledLine
    code: Code
    part: Part | None = None

    @property
    def overtaken(self) -> bool:
        """Somebody answered after the form was written."""
        known = self.asked.contribution
        return known is not None and known.version > self.code.after


@require_safe
def written(request: HttpRequest, code: str, number: int, country: str, name: str) -> HttpResponse:
    """The form with the questions that are open, in the language of the page."""
    here = place(request, code, number, country, name)
    waiting = [one for one in here.asked.values() if one.state in OPEN]
    content = writing.form(here.round, here.organisation, waiting)
    return download(content, f"{code}-{number}-{here.organisation.slug}.docx", DOCX)


@takes_form
def hand_in(request: HttpRequest, code: str, number: int, country: str, name: str) -> HttpResponse:
    """Hand in a form; it is read and shown, and nothing of it is kept before it is confirmed."""
    here = place(request, code, number, country, name)
    if "confirm" in request.POST:
        return confirmed(request, here)
    form = HandInForm(request.POST or None, request.FILES or None)
    parts = tried(form, lambda: read(form)) if request.method == "POST" else None
    if parts is not None and not parts:
        form.add_error(
            "file", _("This file is not a form of a round. Download the form and fill in that one.")
        )
    if not parts:
        return page(request, here, form, (), ())
    known, refused = sorted_out(here, parts)
    return page(request, here, form, [shown(here, one) for one in known], refused)


def read(form: HandInForm) -> tuple[Part, ...]:
    """The parts of the file that was handed in."""
    with on_disk(form.cleaned_data["file"]) as path:
        return reading.parts(path)


def sorted_out(here: Here, parts: Sequence[Part]) -> tuple[list[Part], list[tuple[str, Part]]]:
    """The parts that answer questions of this page, and the others with the reason for which they do not."""
    known, refused, met = [], [], set()
    for one in parts:
        why = refusal(here, one)
        if not why and one.code and one.code.question in met:
            why = _("This question stands in the form twice; the first one is shown above.")
        if why or one.code is None:
            refused.append((why, one))
            continue
        met.add(one.code.question)
        known.append(one)
    return known, refused


def refusal(here: Here, part: Part) -> str:
    """Why a part of a form is not taken here; empty where it is."""
    code = part.code
    if code is None or part.wrong == "missing":
        return _("The code under this question is missing. Copy its words into a new form.")
    if part.wrong == "tampered":
        return _("The code under this question was changed. Copy its words into a new form.")
    if part.wrong == "version":
        return _("This form was written by another version. Copy its words into a new form.")
    if code.organisation != here.organisation.pk:
        return _("This is a question to another organisation. Hand the form in for that one.")
    if code.round != here.round.pk or code.question not in here.asked:
        return _("This is a question of another round. Copy its words into the form of this round.")
    return ""


def shown(here: Here, part: Part) -> Shown:
    """A part of the form as it is shown before it is confirmed: to be sent where it says something new."""
    code = part.code
    if code is None:
        raise Http404
    asked = here.asked[code.question]
    before = asked.contribution
    names = ("status", "account", "reason", "decision")
    told = {name: part.fields.get(name, "") for name in (*names, "evidence")}
    same = before is not None and all(told[name] == getattr(before, name).strip() for name in names)
    filled = any(told[name] for name in names)
    language = before.language if before and same else here.user.language
    initial = {**told, "language": language, "send": filled and not same}
    line = FilledLine(initial=initial, prefix=f"q{code.question}")
    return Shown(asked, line, code, part)


def confirmed(request: HttpRequest, here: Here) -> HttpResponse:
    """What the person confirmed becomes answers; a refusal leaves everything on the page as it was typed."""
    lines = posted(request, here)
    form = HandInForm()
    valid = [one.line.is_valid() for one in lines]
    if not all(valid):
        return page(request, here, form, lines, ())
    chosen = [one for one in lines if one.line.cleaned_data["send"]]
    answers = [
        Filled(one.asked.question, one.line.answer(one.code.after), one.line.handed_in()) for one in chosen
    ]
    try:
        made = actions.hand_in(
            by=here.user,
            organisation=here.organisation,
            round=here.round,
            answers=answers,
            link=today_link(request),
            on=today(request),
        )
    except Refused as refusal:
        return refused_beside(request, here, lines, refusal)
    said = ngettext("%d answer of the form was sent.", "%d answers of the form were sent.", len(made))
    messages.success(request, said % len(made))
    return redirect("plan:round", *here.words[:2])


def refused_beside(
    request: HttpRequest, here: Here, lines: Sequence[Shown], refusal: Refused
) -> HttpResponse:
    """The page with a refusal beside the answer of which it speaks, else on top."""
    if refusal.code == "not-permitted":
        raise refusal
    about = refusal.params.get("reference")
    named = [one.line for one in lines if one.asked.question.measure.reference == about]
    if named:
        named[0].add_error(field_of(named[0], refusal.code), sentence(refusal))
    else:
        messages.error(request, sentence(refusal))
    return page(request, here, HandInForm(), lines, ())


def posted(request: HttpRequest, here: Here) -> list[Shown]:
    """The answers that the page sends, each under a code that was not changed."""
    lines = []
    for text in request.POST.getlist("part")[:MOST]:
        code, wrong = found(text)
        if code is None or wrong or (code.round, code.organisation) != (here.round.pk, here.organisation.pk):
            raise Http404
        line = FilledLine(request.POST, prefix=f"q{code.question}")
        lines.append(Shown(here.asked[code.question], line, code))
    return lines


def page(
    request: HttpRequest,
    here: Here,
    form: HandInForm,
    lines: Sequence[Shown],
    refused: Sequence[tuple[str, Part]],
) -> HttpResponse:
    """The page of the form: where it is handed in, or what it says."""
    context = {
        "plan": here.round.plan,
        "here": here.words,
        "round": here.round,
        "organisation": here.organisation,
        "open": sum(one.state in OPEN for one in here.asked.values()),
        "form": form,
        "lines": lines,
        "refused": [(why, one, writing.labels()) for why, one in refused],
    }
    return render(request, "plan/paper.html", context)


def place(request: HttpRequest, code: str, number: int, country: str, name: str) -> Here:
    """The questions of an address, for who may hand in the form of the organisation."""
    organisation = organisation_of(request, country, name)
    user = only(request, "plan.hand_in", organisation)
    held = seen(request, Round, plan=plan_of(request, code), number=number)
    about = queries.visible_to(user, Question).filter(round=held, organisation=organisation)
    asked = {one.question.pk: one for one in queries.questions_on(user, about, today(request))}
    if not asked:
        raise Http404
    return Here(user, held, organisation, asked)
