"""`{{ some_day|day }}`, `{{ some_source|cited }}`: as the reader writes them, without loading anything."""

from __future__ import annotations

from datetime import date

from django import template

from palermo.ui import written

register = template.Library()


@register.filter
def day(value: date | None, form: str = "j F Y") -> str:
    """A day written out; nothing where there is none."""
    return written.written(value, form) if value else ""


register.filter(written.cited)
