"""One request each: the directory, one organisation as of a day, and both lists as spreadsheets."""

from __future__ import annotations

from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from palermo.audit.action import Actor
from palermo.organisations import queries
from palermo.organisations.directory import SORTS
from palermo.organisations.models import Organisation
from palermo.organisations.templatetags.organisations import CONFIDENCES, ROLES, TONES
from palermo.organisations.templatetags.organisations import SORTS as SORT_WORDS
from palermo.ui.days import day
from palermo.ui.downloads import sheet
from palermo.ui.written import cited


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Every body, service and class, by sort; filtered by words and by sort through the address."""
    words, sort = request.GET.get("q", ""), request.GET.get("sort", "")
    found = queries.sought(queries.visible_to(asker(request)), words, sort)
    groups = [(code, list(group)) for code, group in groupby(found, key=lambda one: one.sort)]
    shown = {"groups": groups, "count": len(found), "q": words, "sort": sort, "sorts": SORTS}
    return render(request, "organisations/list.html", shown)


@require_safe
def page(request: HttpRequest, country: str, name: str) -> HttpResponse:
    """One organisation: what it is called, to what it belongs, and who belongs to it as of a day."""
    organisation = asked_for(request, country, name)
    on = day(request)
    shown = {
        "organisation": organisation,
        "country": country,
        "slug": name,
        "members": queries.members_on(organisation, on),
        "changes": queries.changes(organisation),
        "belongs": queries.belongs_on(organisation, on),
        "recognitions": queries.recognitions(organisation),
        "contact_points": organisation.contact_points.order_by("pk"),
    }
    return render(request, "organisations/page.html", shown)


@require_safe
def export_list(request: HttpRequest, kind: str) -> HttpResponse:
    """The directory as a spreadsheet, filtered as the page is."""
    found = queries.sought(
        queries.visible_to(asker(request)), request.GET.get("q", ""), request.GET.get("sort", "")
    )
    columns = (_("Code"), _("Name"), _("Sort"), _("Tone"), _("Since"), _("Until"), _("Source"), _("Checked"))
    rows = [
        (
            one.code,
            one.name,
            str(SORT_WORDS[one.sort]),
            str(TONES[one.tone]),
            one.since_on,
            one.until_on,
            cited(one.source),
            str(CONFIDENCES[one.confidence]),
        )
        for one in found
    ]
    return sheet(kind, "organisations", columns, rows)


@require_safe
def export_members(request: HttpRequest, country: str, name: str, kind: str) -> HttpResponse:
    """Who belongs to a body or class as of a day, as a spreadsheet."""
    organisation = asked_for(request, country, name)
    on = day(request)
    columns = (_("Code"), _("Name"), _("Role"), _("Since"), _("Until"), _("Source"), _("Checked"))
    rows = [
        (
            one.member.code,
            one.member.name,
            str(ROLES[one.role]),
            one.since_on,
            one.until_on,
            cited(one.source),
            str(CONFIDENCES[one.confidence]),
        )
        for one in queries.members_on(organisation, on)
    ]
    return sheet(kind, f"{name}-{on.isoformat()}", columns, rows)


def asker(request: HttpRequest) -> Actor:
    """Who asks, where they may read the directory; for others it does not exist."""
    user = request.user
    if not isinstance(user, Actor) or not user.may("organisations.read"):
        raise Http404
    return user


def asked_for(request: HttpRequest, country: str, name: str) -> Organisation:
    """The organisation that an address names; what may not be seen does not exist."""
    return get_object_or_404(queries.visible_to(asker(request)), code=f"{country}/{name}")
