"""The pages that the benchmark of plans asks for, by whom, and a bare page of Django beside them."""

import sys
import time
from functools import partial

from django.db import connection
from django.db.models import Count
from django.http import HttpResponse
from django.template import Context, Engine
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import path

from _plan_made import TODAY, plan
from palermo.accounts.models import User
from palermo.organisations.models import Organisation

TIMES, LONG = 5, 2.0
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
BARE_PAGE = Engine().from_string("""<!doctype html><title>Register</title><table>
{% for one in rows %}<tr><td>{{ one.measure.reference }}</td>
<td><a href="/measures/{{ one.measure.pk }}/">{{ one.text|truncatechars:160 }}</a></td>
<td>{% for held in one.measure.ownerships.all %}{{ held.organisation|default:held.text }}<br>{% endfor %}</td>
<td>{{ one.timing_text }}<br>{{ one.earliest|date:"j F Y" }} {{ one.latest|date:"j F Y" }}</td>
<td>open</td></tr>
{% endfor %}</table>{{ user }}""")


def bare(request):
    """The same fifty rows as Django alone gives them."""
    rows = plan.Wording.objects.filter(measure__plan__code="plan", measure__kind="measure")
    rows = rows.select_related("measure").prefetch_related("measure__ownerships__organisation")
    rows = rows.order_by("measure__rank", "measure__number")[:50]
    return HttpResponse(BARE_PAGE.render(Context({"rows": list(rows), "user": request.user})))


urlpatterns = [path("", bare)]


def pages():
    """How each page is asked for, by name; asking gives its queries and milliseconds."""
    ana, sofie, rita = (User.objects.get(handle=one) for one in ("ana", "sofie", "rita"))
    known = {}
    for who, user in (("", ana), ("contact point: ", sofie), ("reader: ", rita)):
        known |= {f"{who}{name}": partial(measured, user, address) for name, address in addresses().items()}
    return {"bare Django page": partial(measured_bare, ana)} | known


def addresses():
    """What everybody who reads content opens, by name."""
    asked = plan.Measure.objects.filter(evaluations=None, pk__lt=10_000).annotate(times=Count("questions"))
    reference = asked.filter(times=16, kind="measure").order_by("number")[0].reference  # two owners
    owned = plan.Question.objects.filter(round__number=1, measure__lt=10_000).values("organisation")
    party = Organisation.objects.get(pk=owned.annotate(n=Count("pk")).order_by("-n")[0]["organisation"])
    return {
        "register": "/plans/plan/",
        "register, late": "/plans/plan/?stands=overdue",
        "register, a status": "/plans/plan/?status=completed",
        "register, a party": f"/plans/plan/?party={party.code}",
        "register, by day": "/plans/plan/?sort=deadline",
        "register, a year ago": f"/plans/plan/?on={TODAY.replace(year=TODAY.year - 1)}",
        "timeline": "/plans/plan/timeline/",
        "timeline, parties": "/plans/plan/timeline/?by=party",
        "who owes me": "/plans/plan/owners/",
        "today": "/",
        "a measure": f"/plans/plan/measures/{reference}/",
        "evaluations": "/plans/plan/obligations/",
        "a brief": f"/plans/plan/owners/{party.code}/",
    }


def measured(user, address):
    """How many queries a page asks and the milliseconds of some times."""
    client = Client()
    client.force_login(user)
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        page = client.get(address)
        queries = len(asked)
    if page.status_code != 200:
        sys.exit(f"{address}: {page.status_code}")
    # With SQLite all the work is in this process: its own time leaves out what else the machine does.
    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    lasted, since = [], time.perf_counter()
    while len(lasted) < TIMES and time.perf_counter() - since < LONG:
        begun = clock()
        client.get(address)
        lasted.append(1000 * (clock() - begun))
    return queries, lasted


def measured_bare(user):
    with override_settings(MIDDLEWARE=MIDDLEWARE, ROOT_URLCONF=__name__):
        return measured(user, "/")
