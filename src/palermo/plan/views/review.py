"""A person decides about what was read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from palermo.accounts.asking import asker
from palermo.accounts.models import User
from palermo.organisations.queries import visible_to as directory
from palermo.plan import actions, queries
from palermo.plan.forms.merging import Merge
from palermo.plan.forms.review import Mend, Pieces, Reason, Refuse, owner_lines, pieces_of
from palermo.plan.models import Difference, ImportedRow, Plan
from palermo.plan.queries import Reviewed
from palermo.plan.templatetags.plan import decision_words, doubt_words
from palermo.plan.views.asking import only, plan_of, seen
from palermo.ui.days import today
from palermo.ui.downloads import sheet
from palermo.ui.fields import numbers
from palermo.ui.methods import takes_form
from palermo.ui.refusals import tried

PAGE = 50
DECIDED = "decided"
SHOWN: dict[str, Callable[[Reviewed], bool]] = {
    "": lambda _one: True,
    "doubts": lambda one: bool(one.row.doubts),
    "measure": lambda one: one.row.kind == "measure",
    "training": lambda one: one.row.kind == "training",
    "commitment": lambda one: one.row.kind == "commitment",
    "obligation": lambda one: one.row.kind == "obligation",
    DECIDED: lambda one: one.row.decided_on is not None,
    "differences": lambda one: one.row.difference != Difference.ADDED,
}


@require_safe
def review(request: HttpRequest, code: str) -> HttpResponse:
    """The rows that wait, or those decided about, each beside its place in the source and its doubts."""
    plan = plan_of(request, code)
    user = only(request, "plan.review")
    waiting = queries.review(user, plan, today(request))
    documents = {one.row.imported_id for one in waiting}
    shown = {
        "plan": plan,
        "page": Paginator(chosen(request, user, plan), PAGE).get_page(request.GET.get("page")),
        "waiting": len(waiting),
        "wanted": request.GET.get("show", ""),
        "counts": {name: sum(map(test, waiting)) for name, test in SHOWN.items()},
        "decided": queries.read_rows(user, plan, decided=True).count(),
        "doubted": [one for one in queries.imports(user, plan) if one.doubts and one.pk in documents],
    }
    return render(request, "plan/review.html", shown)


def chosen(request: HttpRequest, user: User, plan: Plan) -> list[Reviewed]:
    """The rows that an address asks for: those that wait, of one sort, or those decided about."""
    wanted = request.GET.get("show", "")
    rows = queries.review(user, plan, today(request), decided=wanted == DECIDED)
    return list(filter(SHOWN.get(wanted, SHOWN[""]), rows))


@require_safe
def export(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """The rows that the page shows, as a spreadsheet."""
    plan = plan_of(request, code)
    user = only(request, "plan.review")
    columns = [_("Kind"), _("Section"), _("Measure"), _("Party responsible"), _("Timing"), _("Doubts")]
    columns += [_("Decision"), _("Decided on"), _("Decided by"), _("Reason")]
    rows = [as_line(one) for one in chosen(request, user, plan)]
    return sheet(kind, f"{plan.code}-review", columns, rows)


def as_line(one: Reviewed) -> list[Any]:
    """A row as a line of a spreadsheet."""
    row, said = one.row, one.said
    by = row.decided_by
    return [
        row.kind,
        row.section,
        row.text,
        "; ".join(owner.text for owner in said.owners) if said else "",
        said.timing.text if said else "",
        "; ".join(doubt_words(doubt["code"]) for doubt in row.doubts),
        decision_words(row) if by else "",
        row.decided_on,
        by.name if by else "",
        row.reason,
    ]


@require_POST
def decide(request: HttpRequest, code: str) -> HttpResponse:
    """Take the chosen rows, or go on to merge them."""
    plan = plan_of(request, code)
    user = only(request, "plan.review")
    keys = numbers(request.POST.getlist("only") or request.POST.getlist("row"))
    if request.POST.get("what") == "merge":
        rest = request.GET.copy()
        rest.setlist("row", keys)
        return redirect(f"{reverse('plan:merge', args=[plan.code])}?{rest.urlencode()}")
    rows = [seen(request, ImportedRow, pk=pk, imported__plan=plan) for pk in keys]
    count = actions.accept_chosen(by=user, plan=plan, rows=rows, on=today(request))
    return done(request, plan, were_accepted(count))


@takes_form
def accept_all(request: HttpRequest, code: str) -> HttpResponse:
    """Take all rows as they were read, after a page that says how many and about which there are doubts."""
    plan = plan_of(request, code)
    user = only(request, "plan.review")
    if request.method == "POST":
        return done(request, plan, were_accepted(actions.accept_all(by=user, plan=plan, on=today(request))))
    waiting = queries.review(user, plan, today(request))
    taken = {one.pk for one in queries.acceptable(queries.read_rows(user, plan))}
    rows = [one for one in waiting if one.row.pk in taken]
    doubtful = [one for one in rows if one.row.doubts]
    shown = {"plan": plan, "rows": rows, "doubtful": doubtful, "left": len(waiting) - len(rows)}
    return render(request, "plan/accept_all.html", shown)


def were_accepted(count: int) -> str:
    """How many rows were accepted, in a sentence."""
    return ngettext("%d row was accepted.", "%d rows were accepted.", count) % count


@takes_form
def row(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One row: the source's words beside what they are taken to mean; mend them, or take them as they are."""
    plan = plan_of(request, code)
    user = only(request, "plan.review")
    found = reviewed(request, plan, pk)
    if found.said is None:
        return row_page(request, found, Reason())
    form = Mend(request.POST or None, said=found.said, language=plan.language)
    lines = owner_lines(found.said.owners, directory(user), request.POST or None)
    if (
        request.method == "POST"
        and lines.is_valid()
        and tried(form, lambda: mend(request, user, found, form, lines))
    ):
        return done(request, plan, _("The row was mended and accepted."))
    return row_page(request, found, Refuse(), form, lines)


def row_page(
    request: HttpRequest, found: Reviewed, refuse: Reason, form: Mend | None = None, lines: Any = None
) -> HttpResponse:
    """The page of one row; of one that is missing, nothing can be mended."""
    plan, said = found.row.imported.plan, found.said
    if said is None:
        return render(request, "plan/row_missing.html", {"plan": plan, "one": found, "form": refuse})
    shown = {
        "plan": plan,
        "one": found,
        "form": form or Mend(said=said, language=plan.language),
        "lines": lines or owner_lines(said.owners, directory(asker(request))),
        "refuse": refuse,
    }
    return render(request, "plan/row.html", shown)


def mend(request: HttpRequest, user: Any, found: Reviewed, form: Mend, lines: Any) -> object:
    """Take a row with what the form says."""
    said = form.mended([one for line in lines if (one := line.owner())])
    reason = form.cleaned_data["reason"]
    return actions.mend(by=user, row=found.row, said=said, reason=reason, on=today(request))


@takes_form
def split(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Make several measures of one row."""
    plan = plan_of(request, code)
    user = only(request, "plan.review")
    found = reviewed(request, plan, pk)
    said = found.said
    if said is None:
        return redirect("plan:row", plan.code, pk)
    pieces = Pieces(
        data_of(request),
        prefix="pieces",
        initial=[{"text": said.text, "timing": said.timing.text}, {"timing": said.timing.text}],
    )
    form = Reason(request.POST or None)
    form.fields["reason"].required = False
    ready = request.method == "POST" and "more" not in request.POST and pieces.is_valid()
    if ready and tried(
        form,
        lambda: actions.split(
            by=user,
            row=found.row,
            pieces=pieces_of(pieces, said, plan.language),
            reason=form.cleaned_data["reason"],
            on=today(request),
        ),
    ):
        return done(request, plan, _("The row was split."))
    return render(request, "plan/split.html", {"plan": plan, "one": found, "pieces": pieces, "form": form})


def data_of(request: HttpRequest) -> Any:
    """The pieces as they were sent, with one more line when that was asked for."""
    if request.method != "POST":
        return None
    data = request.POST.copy()
    if "more" in data:
        lines = data.get("pieces-TOTAL_FORMS", "")
        data["pieces-TOTAL_FORMS"] = str(min(int(lines) if numbers([lines]) else 2, 19) + 1)
    return data


@takes_form
def merge(request: HttpRequest, code: str) -> HttpResponse:
    """Make one measure of several rows."""
    plan = plan_of(request, code)
    user = only(request, "plan.review")
    keys = numbers(request.GET.getlist("row"))
    found = [
        one for one in queries.review(user, plan, today(request)) if str(one.row.pk) in keys and one.said
    ]
    if not found:
        messages.error(request, _("Choose at least two rows that wait."))
        return redirect("plan:review", plan.code)
    form = Merge(request.POST or None, rows=[one.said for one in found if one.said], language=plan.language)
    lines = owner_lines(form.said.owners, directory(user), request.POST or None)
    if (
        request.method == "POST"
        and lines.is_valid()
        and tried(
            form,
            lambda: actions.merge(
                by=user,
                plan=plan,
                rows=[one.row for one in found],
                said=form.mended([one for line in lines if (one := line.owner())]),
                reason=form.cleaned_data["reason"],
                on=today(request),
            ),
        )
    ):
        return done(request, plan, _("The rows became one measure."))
    return render(request, "plan/merge.html", {"plan": plan, "rows": found, "form": form, "lines": lines})


@require_POST
def take(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Take a row as it was read."""
    plan = plan_of(request, code)
    user = only(request, "plan.review")
    found = seen(request, ImportedRow, pk=pk, imported__plan=plan)
    actions.accept(by=user, row=found, on=today(request))
    return done(request, plan, _("The row was accepted."))


@require_POST
def refuse(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Refuse what a row says."""
    return with_reason(
        request, code, pk, lambda row, **told: actions.reject(row=row, **told), _("The row was refused.")
    )


@require_POST
def withdraw(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Withdraw the measure that a document no longer has."""
    return with_reason(
        request,
        code,
        pk,
        lambda row, **told: actions.withdraw_measure(measure=row.measure, **told),
        _("The measure was withdrawn."),
        difference=Difference.MISSING,
    )


def with_reason(
    request: HttpRequest, code: str, pk: int, do: Callable[..., object], said: str, **which: Any
) -> HttpResponse:
    """Do something to a waiting row for a reason, which may come from either of the row's forms."""
    plan = plan_of(request, code)
    user = only(request, "plan.review")
    found = reviewed(request, plan, pk, **which)
    form = (Refuse if "refuse-reason" in request.POST else Reason)(request.POST)
    if tried(form, lambda: do(found.row, by=user, on=today(request), **form.cleaned_data)):
        return done(request, plan, said)
    return row_page(request, found, form)


def reviewed(request: HttpRequest, plan: Plan, pk: int, **which: Any) -> Reviewed:
    """The waiting row of an address. A row that was decided about is shown by its measure instead."""
    found = seen(request, ImportedRow, pk=pk, imported__plan=plan, **which)
    user = only(request, "plan.review")
    return queries.reviewed(user, found, today(request))


def done(request: HttpRequest, plan: Plan, said: str) -> HttpResponse:
    """Back to what still waits, narrowed as it was."""
    messages.success(request, said)
    kept = {name: request.GET[name] for name in ("show", "page") if name in request.GET}
    return redirect(reverse("plan:review", args=[plan.code]) + (f"?{urlencode(kept)}" if kept else ""))
