"""One question, answered through a link by the person to whom it was sent; nothing else is shown."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from palermo.audit.asking import asked_by
from palermo.plan import actions, queries
from palermo.plan.models import AnswerLink
from palermo.plan.queries import Linked
from palermo.plan.views.answers import tell_form, told
from palermo.plan.views.rounds import link_page
from palermo.ui.days import today
from palermo.ui.methods import takes_form

MENDED = frozenset({"replaced", "over"})  # what a new link mends
Opens = Callable[[HttpRequest, str, AnswerLink | None], HttpResponse]


def by_its_person(view: Opens) -> Callable[[HttpRequest, str], HttpResponse]:
    """A page that a link opens: it is the person to whom the link was sent who asks."""

    @wraps(view)
    def asked(request: HttpRequest, token: str) -> HttpResponse:
        link = queries.link_of(token)
        with asked_by(link.person if link else None):
            return view(request, token, link)

    return asked


@login_not_required
@takes_form
@by_its_person
def answer(request: HttpRequest, token: str, link: AnswerLink | None) -> HttpResponse:
    """The question with the organisation's own answers and the form, in the person's language."""
    found = opened(request, link)
    if found is None or found.asked is None:
        return closed(request, token, found)
    person, asked = found.link.person, found.asked
    form = tell_form(request, person, asked)
    if request.method == "POST" and told(request, person, asked.question, form, found.link):
        return redirect("plan:by-link", token)
    shown = {"linked": found, "asked": asked, "plan": asked.question.round.plan, "form": form}
    return render(request, "plan/by_link.html", shown)


@login_not_required
@require_POST
@by_its_person
def renew(request: HttpRequest, token: str, link: AnswerLink | None) -> HttpResponse:
    """Send a new link to the address to which the old one was sent, and nowhere else."""
    found = opened(request, link)
    if found is None or found.ended not in MENDED:
        return closed(request, token, found)
    person = found.link.person
    sent = actions.ask_link(
        by=person, question=found.link.question, one_question=link_page(request), on=today(request)
    )
    if sent:
        messages.success(request, _("A new link is on its way, to the address that had this one."))
    else:
        messages.error(request, _("Three links were sent today. Use the latest, or sign in."))
    return redirect("plan:by-link", token)


def opened(request: HttpRequest, link: AnswerLink | None) -> Linked | None:
    """What the link opens today; the page speaks the person's language unless another was chosen."""
    found = queries.opened_by(link, today(request)) if link else None
    if found and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        translation.activate(found.link.person.language)
    return found


def closed(request: HttpRequest, token: str, found: Linked | None) -> HttpResponse:
    """What to do with a link that opens nothing: one that was used or ended, or that was never sent."""
    shown = {
        "why": found.ended if found else "unknown",
        "sent": found.sent if found and found.ended == "used" else None,
        "mends": found is not None and found.ended in MENDED,
        "token": token,
    }
    return render(request, "plan/link_closed.html", shown, status=410 if found else 404)
