"""Days as people write them in the language of the page."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language


def written(value: date, form: str = "j F Y") -> str:
    """A day written out: 17 May 2027, 17 mai 2027. `form` is one of Django's; French counts from "1er"."""
    first = value.day == 1 and (get_language() or "").startswith("fr")
    return date_format(value, form.replace("j", r"j\e\r") if first else form)
