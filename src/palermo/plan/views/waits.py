"""What a measure, or its evaluation, waits for: said, and said no more."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from palermo.plan import actions, queries
from palermo.plan.forms.waits import WaitForEvent, WaitNoMore
from palermo.plan.models import Measure
from palermo.plan.views.asking import measure_of, only, plan_of
from palermo.plan.views.measures import answered
from palermo.ui.days import today
from palermo.ui.methods import takes_form


@takes_form
def wait(request: HttpRequest, code: str, reference: str) -> HttpResponse:
    """Say what a measure or its evaluation waits for, or the day of the event."""
    plan = plan_of(request, code)
    measure = measure_of(request, plan, reference)
    user = only(request, "plan.wait_for", measure)
    state = queries.state_of(user, measure, today(request))
    if state is None:
        raise Http404  # it was withdrawn
    bills = [one.state.measure.pk for one in queries.bills(user, plan, today(request))]
    known = {one.wait.what: one.wait for one in queries.waits_of(user, state)}
    said = known.get(request.GET.get("what", "")) or next(iter(known.values()), None)
    initial: dict[str, Any] = {"language": said.language if said else plan.language, "what": "evaluation"}
    if said:
        initial |= {"what": said.what, "after": said.text, "event": said.event}
        initial |= {"event_measure": said.event_measure_id, "happened_on": said.happened_on}
    elif state.wording.timing_kind == "relative":
        initial |= {"what": "measure", "after": state.wording.timing_text}
    form = WaitForEvent(
        request.POST or None,
        bills=queries.visible_to(user, Measure).filter(pk__in=bills),
        initial=initial,
    )
    return answered(
        request,
        measure,
        form,
        lambda: actions.wait_for(by=user, measure=measure, on=today(request), **form.told()),
        (_("What it waits for"), _("Put it on record"), _("What it waits for is on record.")),
    )


@takes_form
def no_more(request: HttpRequest, code: str, reference: str) -> HttpResponse:
    """Say that a measure or its evaluation waits for nothing any more."""
    measure = measure_of(request, plan_of(request, code), reference)
    user = only(request, "plan.wait_for", measure)
    form = WaitNoMore(request.POST or None, initial={"what": "evaluation"})
    return answered(
        request,
        measure,
        form,
        lambda: actions.wait_no_more(by=user, measure=measure, on=today(request), **form.cleaned_data),
        (
            _("It waits for nothing any more"),
            _("Put it on record"),
            _("It waits for nothing any more; what was said stays in its story."),
        ),
    )
