"""Days as people write them in the language of the page, and words as a page can show them."""

from __future__ import annotations

import re
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext

UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def visible(text: str) -> str:
    """A text without the signs that no page can show and no XML may hold."""
    return UNSEEN.sub("", text)


def written(value: date, form: str = "j F Y") -> str:
    """A day written out: 17 May 2027, 17 mai 2027, 17 mei 2027, 17. Mai 2027. `form` is one of Django's."""
    language = (get_language() or "en")[:2]
    if language == "fr" and value.day == 1:
        form = form.replace("j", r"j\e\r")
    elif language == "de":
        form = form.replace("l j", "l, j").replace("j", "j.")
    return date_format(value, form)


def cited(source: str) -> str:
    """A source in the reader's language; the citations of one source are parted by semicolons."""
    return "; ".join(gettext(citation) for citation in source.split("; "))
