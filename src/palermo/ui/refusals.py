"""Refusals as a person reads them, beside the form that was refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.forms import BaseForm
from django.utils.translation import gettext

from palermo.errors import Refused
from palermo.ui.written import written


def sentence(refusal: Refused) -> str:
    """What was refused and what to do next, in the language of the page."""
    told = {name: as_said(value) for name, value in refusal.params.items()}
    return " ".join(gettext(part).format(**told) for part in (refusal.says, refusal.next))


def as_said(value: object) -> object:
    """A day written out, anything else as it is."""
    return written(value) if isinstance(value, date) else value


def tried(form: BaseForm, do: Callable[[], Any]) -> Any:
    """Do what a valid form asks for; a refusal becomes the form's error, and what was typed stays.

    It stands beside the field that the form's `refused_at` names for its code, under "" for all other codes;
    on top of the form where none is named. What a role forbids is not told here: it goes on to become a page
    that does not exist.
    """
    if not form.is_valid():
        return None
    try:
        return do()
    except Refused as refusal:
        if refusal.code == "not-permitted":
            raise
        form.add_error(field_of(form, refusal.code), sentence(refusal))
        return None


def field_of(form: BaseForm, code: str) -> str | None:
    """The field beside which a refusal stands, if any."""
    places: Mapping[str, str] = getattr(form, "refused_at", {})
    field = places.get(code, places.get(""))
    return field if field in form.fields else None
