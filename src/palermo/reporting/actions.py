"""Changes to what reports are made from."""

from __future__ import annotations

from datetime import date

from palermo.accounts.models import User
from palermo.audit.action import action
from palermo.plan import files
from palermo.reporting.document import government_report
from palermo.reporting.filling import too_large
from palermo.reporting.models import Template
from palermo.reporting.pdf import government_report_pdf
from palermo.reporting.template import WORDS
from palermo.reporting.values import empty

LARGEST = 10 * 1024 * 1024  # bytes


@action("reporting.replace_template", permission="reporting.replace_template")
def replace_template(*, by: User, language: str, name: str, content: bytes, on: date) -> Template:
    """Use the office's own Word file from now on. Refused when it cannot be filled."""
    if len(content) > LARGEST:
        raise too_large(LARGEST)
    government_report(empty(language, on), language, content)
    return Template.objects.create(language=language, name=name, sha256=files.keep(content), by=by, on=on)


@action("reporting.replace_layout", permission="reporting.replace_template")
def replace_layout(*, by: User, name: str, content: bytes, on: date) -> Template:
    """Use the office's own Typst file for PDF from now on. Refused where it makes no valid PDF/UA-1."""
    if len(content) > LARGEST:
        raise too_large(LARGEST)
    for language in WORDS:
        government_report_pdf(empty(language, on), language, content)
    return Template.objects.create(form="pdf", name=name, sha256=files.keep(content), by=by, on=on)


@action("reporting.restore_template", permission="reporting.replace_template")
def restore_template(*, by: User, language: str, on: date) -> Template:
    """Go back to the template that comes with Palermo; the office's own files are kept."""
    return Template.objects.create(language=language, name="", sha256="", by=by, on=on)


@action("reporting.restore_layout", permission="reporting.replace_template")
def restore_layout(*, by: User, on: date) -> Template:
    """Go back to the layout that comes with Palermo; the office's own files are kept."""
    return Template.objects.create(form="pdf", name="", sha256="", by=by, on=on)
