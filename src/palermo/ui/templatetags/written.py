"""`{{ some_day|day }}`: a day written out, in every template without loading anything."""

from __future__ import annotations

from datetime import date

from django import template

from palermo.ui.written import written

register = template.Library()


@register.filter
def day(value: date | None, form: str = "j F Y") -> str:
    """A day written out; nothing where there is none."""
    return written(value, form) if value else ""
