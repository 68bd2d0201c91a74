"""An answer in another language: written beside the original, confirmed by a person."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from palermo.accounts.models import User
from palermo.plan import actions, queries
from palermo.plan.forms.translations import Translate
from palermo.plan.models import Contribution, Translation
from palermo.plan.views.answers import Place, found
from palermo.plan.views.asking import only, seen
from palermo.ui.days import today
from palermo.ui.methods import takes_form
from palermo.ui.refusals import tried

WORDS = ("account", "reason", "decision")


@takes_form
def translate(
    request: HttpRequest, code: str, number: int, reference: str, country: str, name: str, version: int
) -> HttpResponse:
    """Write a translation of an answer, or confirm the draft that somebody wrote."""
    here = Place(code, number, reference, country, name)
    _plan, user, asked = found(request, here)
    told = seen(request, Contribution, question=asked.question, version=version)
    only(request, "plan.translate", told)
    known = queries.visible_to(user, Translation).filter(contribution=told)
    latest = {one.language: one for one in known.select_related("by", "confirmation").order_by("version")}
    wanted = latest.get(request.GET.get("language", user.language))
    initial = {name: getattr(wanted, name) for name in ("language", *WORDS)} if wanted else {}
    form = Translate(request.POST or None, told=told, initial=initial or {"language": user.language})
    if request.method == "POST" and tried(form, lambda: written(request, user, told, form, latest)):
        said = _("The translation is confirmed.") if "confirm" in request.POST else _("The draft is kept.")
        messages.success(request, said)
        return redirect("plan:question", *here.words)
    shown = {"plan": asked.question.round.plan, "here": here.words, "asked": asked, "told": told}
    return render(request, "plan/translate.html", {**shown, "form": form, "latest": latest.values()})


def written(
    request: HttpRequest, user: User, told: Contribution, form: Translate, latest: dict[str, Translation]
) -> object:
    """A new version; a draft whose words were left as they are is confirmed and keeps its author."""
    words, confirmed = form.translated(), "confirm" in request.POST
    before = latest.get(words.language)
    same = before is not None and all(
        lines(getattr(before, one)) == lines(getattr(words, one)) for one in WORDS
    )
    if before and same and confirmed and not hasattr(before, "confirmation"):
        return actions.confirm_translation(by=user, translation=before, on=today(request))
    return actions.translate(
        by=user, contribution=told, translated=words, confirmed=confirmed, on=today(request)
    )


def lines(words: str) -> list[str]:
    """Words by their lines, whatever ends these."""
    return words.strip().splitlines()
