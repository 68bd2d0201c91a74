"""What may be asked of an address: to be shown, to take a form; anything else is refused before the view."""

from __future__ import annotations

from django.views.decorators.http import require_http_methods

takes_form = require_http_methods(["GET", "HEAD", "POST"])
