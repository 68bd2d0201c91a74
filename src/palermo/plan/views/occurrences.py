"""The occurrences of a measure that comes back: done, taken back."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from palermo.plan import actions, queries
from palermo.plan.forms.occurrences import RecordOccurrence
from palermo.plan.forms.review import Reason
from palermo.plan.models import Contribution, Evaluation, Occurrence
from palermo.plan.templatetags.recurring import occurrence_said
from palermo.plan.views.asking import measure_of, only, plan_of, seen
from palermo.plan.views.measures import answered
from palermo.ui.days import today
from palermo.ui.methods import takes_form


@takes_form
def record(request: HttpRequest, code: str, reference: str) -> HttpResponse:
    """Put on record that an occurrence was done."""
    measure = measure_of(request, plan_of(request, code), reference)
    user = only(request, "plan.record_occurrence", measure)
    state = queries.state_of(user, measure, today(request))
    found = queries.happenings(user, state) if state else []
    if all(one.record for one in found):
        raise Http404  # it happens once, or nothing more is expected
    answers = queries.visible_to(user, Contribution).filter(question__measure=measure)
    form = RecordOccurrence(
        request.POST or None,
        happenings=found,
        evaluations=queries.visible_to(user, Evaluation).filter(measure=measure).order_by("held_on"),
        answers=answers.select_related("question__organisation").order_by("on", "pk"),
        initial={"language": user.language},
    )
    return answered(
        request,
        measure,
        form,
        lambda: actions.record_occurrence(by=user, measure=measure, on=today(request), **form.told()),
        (_("It was done once more"), _("Put it on record"), _("What was done is on record.")),
    )


@takes_form
def take_back(request: HttpRequest, code: str, reference: str, pk: int) -> HttpResponse:
    """Take back that an occurrence was done."""
    measure = measure_of(request, plan_of(request, code), reference)
    user = only(request, "plan.record_occurrence", measure)
    held = seen(request, Occurrence, pk=pk, measure=measure, withdrawal=None)
    form = Reason(request.POST or None)
    title = _("%(occurrence)s: it was not done") % {"occurrence": occurrence_said(held)}
    return answered(
        request,
        measure,
        form,
        lambda: actions.take_back_occurrence(
            by=user, occurrence=held, on=today(request), **form.cleaned_data
        ),
        (title, _("Take it back"), _("It was taken back; it stays in the history.")),
    )
