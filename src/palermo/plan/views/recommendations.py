"""The mechanisms, what each asks and what is still open, one recommendation, and what is made of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from palermo.accounts.asking import asker
from palermo.plan import actions, queries
from palermo.plan.forms.recommendations import Choose, ChooseEarlier, ReplyTo
from palermo.plan.forms.review import Reason
from palermo.plan.models import Plan, Recommendation, Report, Tie
from palermo.plan.queries.recommendations import Account, Asked
from palermo.plan.queries.state import wordings
from palermo.plan.rules.mechanisms import Mechanism, mechanisms
from palermo.plan.templatetags.plan import status_words
from palermo.plan.templatetags.recommendations import mechanism_name, state_words, strength_words
from palermo.plan.views.asking import of_one_form, only, seen
from palermo.ui.days import day, today
from palermo.ui.downloads import sheet
from palermo.ui.methods import takes_form


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Every mechanism with what is open, partly done, done, and without a measure."""
    user = only(request, "plan.read")
    return render(request, "plan/recommendations.html", {"accounts": queries.accounts(user, day(request))})


@require_safe
def export_overview(request: HttpRequest, kind: str) -> HttpResponse:
    """The mechanisms as a spreadsheet."""
    user = only(request, "plan.read")
    columns = [_("Mechanism"), _("Still open"), _("Partly done"), _("Done"), _("Without a measure")]
    rows: list[list[Any]] = [
        [mechanism_name(one.mechanism), *one.counts.values()] for one in queries.accounts(user, day(request))
    ]
    return sheet(kind, "recommendations", columns, rows)


@require_safe
def mechanism(request: HttpRequest, code: str) -> HttpResponse:
    """One mechanism: what is still open by round, the strongest first; what is done, what came back later."""
    known, user = mechanism_of(request, code), asker(request)
    account = queries.account(user, known, day(request))
    shown = {
        "mechanism": known,
        "account": account,
        "rounds": by_round([one for one in account.standing if one.state != "done"]),
        "done": [one for one in account.standing if one.state == "done"],
        "again": [one for one in account.asked if not one.is_standing],
        "reports": queries.reports(user, known, day(request)),
    }
    return render(request, "plan/mechanism.html", shown)


@require_safe
def export(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """What a mechanism asks, as a spreadsheet."""
    known, user = mechanism_of(request, code), asker(request)
    columns = [
        _("Evaluation round"),
        _("Published on"),
        _("No."),
        _("Recommendation"),
        _("Strength"),
        _("State"),
    ]
    columns += [_("Takes up"), _("Taken up by"), _("Measures"), _("Reply"), _("Reply of")]
    account: Account = queries.account(user, known, day(request))
    return sheet(kind, f"recommendations-{known.code}", columns, [as_line(one) for one in account.asked])


def as_line(one: Asked) -> list[Any]:
    """A recommendation as a line of a spreadsheet."""
    own, latest = one.recommendation, one.replies[0] if one.replies else None
    return [
        own.report.round,
        own.report.published_on,
        own.number,
        own.text,
        strength_words(own),
        state_words(one.state),
        "; ".join(f"{each.report.round}: {each.number}" for each in one.line),
        "; ".join(f"{each.report.round}: {each.number}" for each in one.later),
        "; ".join(tied_words(each) for each in one.tied),
        latest.words if latest else "",
        latest.on if latest else None,
    ]


def tied_words(one: Any) -> str:
    """A measure that answers a recommendation, with its status."""
    measure = one.tie.measure
    status = status_words(one.state.status) if one.state else _("withdrawn")
    return f"{measure.plan.code} {measure.reference} ({status})"


@require_safe
def recommendation(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One recommendation as one story through all its rounds."""
    one = asked_of(request, code, pk)
    shown = {
        "mechanism": one.mechanism,
        "one": one,
        "story": queries.story_of(asker(request), one, day(request)),
    }
    return render(request, "plan/recommendation.html", shown)


@takes_form
def tie(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Tie a measure to a recommendation; the likeliest are offered, none is chosen."""
    one, user = asked_of(request, code, pk), only(request, "plan.recommend")
    own = one.recommendation
    every = [
        each
        for plan in queries.visible_to(user, Plan).order_by("-since_on")
        for each in wordings(plan, today(request)).order_by("measure__rank", "measure__number")
    ]
    likely = queries.measures_like(user, own, today(request))
    form = Choose(request.POST or None, likely=likely, every=every)
    return answered(
        request,
        one,
        form,
        lambda: actions.tie(
            by=user, recommendation=own, measure=form.cleaned_data["chosen"].measure, on=today(request)
        ),
        (_("Which measure answers it?"), _("Tie the measure"), _("The measure answers the recommendation.")),
    )


@takes_form
def untie(request: HttpRequest, code: str, pk: int, tie: int) -> HttpResponse:
    """End a tie."""
    one, user = asked_of(request, code, pk), only(request, "plan.recommend")
    held = seen(request, Tie, pk=tie, recommendation=one.recommendation)
    form = Reason(request.POST or None)
    title = _("%(reference)s no longer answers it") % {"reference": held.measure.reference}
    return answered(
        request,
        one,
        form,
        lambda: actions.untie(by=user, tie=held, on=today(request), **form.cleaned_data),
        (title, _("End the tie"), _("The measure no longer answers the recommendation.")),
    )


@takes_form
def line(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Draw the line to a recommendation of an earlier round; the likeliest are offered, none is chosen."""
    one, user = asked_of(request, code, pk), only(request, "plan.recommend")
    own, on = one.recommendation, today(request)
    likely, every = queries.earlier_like(user, own, on), queries.earlier_ones(user, own, on)
    form = ChooseEarlier(request.POST or None, likely=likely, every=every)
    return answered(
        request,
        one,
        form,
        lambda: actions.draw_line(by=user, recommendation=own, earlier=form.cleaned_data["chosen"], on=on),
        (
            _("Which recommendation of an earlier round does it take up?"),
            _("Draw the line"),
            _("The line from round to round is drawn."),
        ),
    )


@takes_form
def reply(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Put on record what the government says and does."""
    one, user = asked_of(request, code, pk), only(request, "plan.recommend")
    form = ReplyTo(request.POST or None, initial={"language": user.language, "state": one.state})
    return answered(
        request,
        one,
        form,
        lambda: actions.reply(
            by=user, recommendation=one.recommendation, on=today(request), **form.cleaned_data
        ),
        (_("Put a reply on record"), _("Put it on record"), _("The reply is on record.")),
    )


def answered(
    request: HttpRequest,
    one: Asked,
    form: forms.Form,
    do: Callable[[], object],
    words: tuple[str, str, str],
) -> HttpResponse:
    """One form about a recommendation: done and back, or shown. `words`: title, button, what was done."""
    mechanism, page = one.mechanism, "plan/recommendation_form.html"
    back = reverse("plan:recommendation", args=[mechanism.code, one.recommendation.pk])
    return of_one_form(request, form, do, words, back=back, page=page, mechanism=mechanism, one=one)


def by_round(rows: list[Asked]) -> list[tuple[Report, list[Asked]]]:
    """Recommendations by report, in their order."""
    found: dict[int, tuple[Report, list[Asked]]] = {}
    for one in rows:
        report = one.recommendation.report
        found.setdefault(report.pk, (report, []))[1].append(one)
    return list(found.values())


def mechanism_of(request: HttpRequest, code: str) -> Mechanism:
    """The mechanism of an address, where the asker may read."""
    only(request, "plan.read")
    found = mechanisms().get(code)
    if found is None:
        raise Http404
    return found


def asked_of(request: HttpRequest, code: str, pk: int) -> Asked:
    """The recommendation of an address as it stood on the day asked for."""
    found = seen(request, Recommendation, pk=pk, report__mechanism=code)
    one = queries.asked_one(asker(request), found, day(request))
    if one is None:
        raise Http404
    return one
