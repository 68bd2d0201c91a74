"""The web server's door."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "palermo.config.settings")
inside = get_wsgi_application()
LONGEST = 200  # characters of the kind of a content, or of the boundary of a form's parts


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Everything that is sent is read as UTF-8, whatever encoding it claims."""
    environ["CONTENT_TYPE"] = plain(environ.get("CONTENT_TYPE", ""))
    return inside(environ, start_response)


def plain(claimed: str) -> str:
    """A content type without its claims: its kind, and the boundary that a form with files needs."""
    # An encoding that is none of text (“hex”) breaks the reading of a request before any page could answer.
    kind, *claims = claimed.split(";")
    boundaries = [one.strip() for one in claims if one.strip().lower().startswith("boundary=")]
    return "; ".join(one[:LONGEST] for one in (kind.strip(), *boundaries[:1]))
