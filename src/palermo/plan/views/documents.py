"""Documents come in: a new plan, a further document, and each file as it was handed in."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from palermo.accounts.models import User
from palermo.organisations.directory import load
from palermo.plan import actions, files, queries
from palermo.plan.actions import PlanTerms
from palermo.plan.forms.documents import ImportDocument, NewPlan
from palermo.plan.models import Evidence, Import, Plan
from palermo.plan.rules.document import as_json, read_plan
from palermo.plan.views.asking import only, plan_of, seen
from palermo.reading import read
from palermo.ui.days import today
from palermo.ui.downloads import download
from palermo.ui.methods import takes_form
from palermo.ui.refusals import tried

MOST_NAME = 200  # bytes of a file's name, its end with the ending kept; disks hold no more than 255
BEGINS = ("code", "title", "since_on", "until_on", "adopted_on")


@takes_form
def new(request: HttpRequest) -> HttpResponse:
    """Begin a plan with the document in which it was published."""
    user = only(request, "plan.create")
    form = NewPlan(request.POST or None, request.FILES or None)
    if request.method == "POST" and (made := tried(form, lambda: begun(request, user, form.cleaned_data))):
        messages.success(request, summary(user, made))
        return redirect("plan:review", made.plan.code)
    return render(request, "plan/new.html", {"form": form})


@takes_form
def documents(request: HttpRequest, code: str) -> HttpResponse:
    """The documents of a plan, and one more."""
    plan = plan_of(request, code)
    user = only(request, "plan.import")
    form = ImportDocument(request.POST or None, request.FILES or None)
    if request.method == "POST" and (
        made := tried(form, lambda: brought_in(request, user, plan, form.cleaned_data))
    ):
        messages.success(request, summary(user, made))
        return redirect("plan:review", plan.code)
    shown = {"plan": plan, "form": form, "imports": queries.imports(user, plan)}
    return render(request, "plan/documents.html", shown)


@require_safe
def document(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """A document as it was handed in."""
    kept = seen(request, Import, plan=plan_of(request, code), pk=pk)
    return download(files.path(kept.sha256).read_bytes(), kept.name)


@require_safe
def evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """A file of evidence as it was handed in."""
    kept = seen(request, Evidence, pk=pk, kind="file")
    return download(files.path(kept.sha256).read_bytes(), kept.name)


def begun(request: HttpRequest, user: User, told: dict[str, Any]) -> Import:
    """A new plan with its first document; a document that cannot be read leaves no plan behind."""
    with on_disk(told["file"]) as path:
        reading = read_at(path, told["language"])
        terms = PlanTerms(language=reading["language"] or "en", **{name: told[name] for name in BEGINS})
        return actions.begin_plan(
            by=user,
            terms=terms,
            reading=reading,
            path=path,
            published_on=told["published_on"],
            on=today(request),
        )


def brought_in(request: HttpRequest, user: User, plan: Plan, told: dict[str, Any]) -> Import:
    """One more document of a plan."""
    with on_disk(told["file"]) as path:
        return actions.import_document(
            by=user,
            plan=plan,
            reading=read_at(path, told["language"] or plan.language),
            path=path,
            published_on=told["published_on"],
            on=today(request),
        )


def read_at(path: Path, language: str) -> dict[str, Any]:
    """What a file promises, as `palermo plan read` tells it."""
    document = read(path)
    return as_json(read_plan(document, load(), language or None), document)


@contextmanager
def on_disk(upload: UploadedFile[Any]) -> Iterator[Path]:
    """An upload as a file under its own name, while the block runs: the reader trusts no other name."""
    with tempfile.TemporaryDirectory(prefix="palermo-") as folder:
        named = Path(upload.name or "document").name.encode()[-MOST_NAME:].decode(errors="ignore")
        path = Path(folder) / named
        with path.open("wb") as file:
            for chunk in upload.chunks():
                file.write(chunk)
        yield path


def summary(user: User, made: Import) -> str:
    """What came of an import, in a sentence; with its duties to evaluate, which are no measures."""
    counts = queries.counts(user, made)
    said = (
        _("%(added)s new, %(changed)s changed, %(unchanged)s as before, %(missing)s no longer there.")
        % counts
    )
    counted: Any = queries.imports(user, made.plan).get(pk=made.pk)
    if not counted.duties:
        return said
    beside = ngettext(
        "Beside them %d duty to evaluate.", "Beside them %d duties to evaluate.", counted.duties
    )
    return f"{said} {beside % counted.duties}"
