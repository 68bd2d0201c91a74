"""Changes to what reports are made from."""

from __future__ import annotations

from datetime import date

from palermo.accounts.models import User
from palermo.audit.action import action
from palermo.plan import files
from palermo.reporting.document import government_report
from palermo.reporting.filling import too_large
from palermo.reporting.models import Template
from palermo.reporting.values import GovernmentReport

LARGEST = 10 * 1024 * 1024  # bytes


@action("reporting.replace_template", permission="reporting.replace_template")
def replace_template(*, by: User, language: str, name: str, content: bytes, on: date) -> Template:
    """Use the office's own Word file from now on. Refused when it cannot be filled."""
    if len(content) > LARGEST:
        raise too_large(LARGEST)
    empty = GovernmentReport(
        plan_title="",
        plan_period="",
        plan_language=language,
        period_from=on,
        period_to=on,
        on=on,
        sections=(),
        measures=(),
    )
    government_report(empty, language, content)
    return Template.objects.create(language=language, name=name, sha256=files.keep(content), by=by, on=on)


@action("reporting.restore_template", permission="reporting.replace_template")
def restore_template(*, by: User, language: str, on: date) -> Template:
    """Go back to the template that comes with Palermo; the office's own files are kept."""
    return Template.objects.create(language=language, name="", sha256="", by=by, on=on)
