"""One request each: what was done, the walk, checkpoints, the trail without words."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from palermo.accounts.asking import asker
from palermo.accounts.models import User
from palermo.audit.queries import checkpoint, exported, signed_checkpoint, verify_chain
from palermo.oversight import actions, queries
from palermo.oversight.forms import Kept, Period
from palermo.oversight.models import SentCheckpoint, Walk
from palermo.ui import days
from palermo.ui.downloads import JSONL, download
from palermo.ui.methods import takes_form
from palermo.ui.refusals import sentence

MONTH = timedelta(days=30)
LATEST = 10
VERIFIER = Path(__file__).with_name("verify_trail.py")


@require_safe
def oversight(request: HttpRequest) -> HttpResponse:
    """What was done, by whom, and whether the trail holds."""
    user = overseer(request)
    now = days.today(request)
    asked = {"since": now - MONTH, "until": now}
    form = Period(request.GET if "since" in request.GET else None, initial=asked)
    if form.is_bound and form.is_valid():
        asked = form.cleaned_data
    shown = {
        "form": form,
        "asked": asked,
        "stands": checkpoint(),
        "walks": queries.visible_to(user, Walk).select_related("by").order_by("-pk")[:LATEST],
        "sent": queries.visible_to(user, SentCheckpoint).order_by("-pk")[:LATEST],
        "deeds": queries.deeds(user, asked["since"], asked["until"]),
        "powers": queries.powers(user),
        "overseers": queries.overseers(now),
    }
    return render(request, "oversight/oversight.html", shown)


@require_POST
def walk(request: HttpRequest) -> HttpResponse:
    """Walk the whole trail and keep what was found."""
    user = overseer(request)
    made = actions.record_walk(by=user, verdict=verify_chain(), on=days.today(request))
    if made.broken_at is None:
        messages.success(request, _("%(entries)s entries; every one holds.") % {"entries": made.entries})
    else:
        messages.error(
            request, _("The trail is broken at entry %(broken_at)s.") % {"broken_at": made.broken_at}
        )
    return redirect("oversight:page")


@require_POST
def send(request: HttpRequest) -> HttpResponse:
    """Send a checkpoint to everybody who oversees."""
    link = request.build_absolute_uri(reverse("oversight:compare"))
    made = actions.send_checkpoint(by=overseer(request), link=link, on=days.today(request))
    messages.success(
        request,
        _("Sent to %(people)s people, at entry %(entries)s.")
        % {"people": made.people, "entries": made.entries},
    )
    return redirect("oversight:page")


@takes_form
def compare(request: HttpRequest) -> HttpResponse:
    """Compare the trail with a checkpoint that was kept elsewhere; nothing is written."""
    overseer(request)
    form = Kept(request.POST or None, request.FILES or None)
    shown: dict[str, object] = {"form": form}
    if request.method == "POST" and form.is_valid():
        kept = form.cleaned_data["file"]
        refusal = queries.refusal(kept)
        shown |= {"kept": kept, "differs": sentence(refusal) if refusal else ""}
    return render(request, "oversight/compare.html", shown)


@require_safe
def take(request: HttpRequest) -> HttpResponse:
    """A checkpoint, as a file."""
    overseer(request)
    return download(signed_checkpoint().encode(), "checkpoint.json", "application/json")


@require_safe
def trail(request: HttpRequest) -> StreamingHttpResponse:
    """Every entry without its words, for a verifier that is not Palermo's."""
    overseer(request)
    response = StreamingHttpResponse(exported(), content_type=JSONL)
    response["Content-Disposition"] = 'attachment; filename="trail.jsonl"'
    return response


@require_safe
def verifier(request: HttpRequest) -> HttpResponse:
    """A program that checks the trail and shares no code with Palermo."""
    overseer(request)
    return download(VERIFIER.read_bytes(), VERIFIER.name, "text/x-python")


def overseer(request: HttpRequest) -> User:
    """Who asks, if they oversee; nobody else learns that these pages exist."""
    user = asker(request)
    if not user.may("oversight.read"):
        raise Http404
    return user
