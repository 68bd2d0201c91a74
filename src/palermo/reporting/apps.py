"""The room's entry in Django."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """Registers who may make reports, and names the table that only grows."""

    name = "palermo.reporting"
    verbose_name = "Reports"
    append_only = ("Template",)

    def ready(self) -> None:
        """Register the permissions."""
        from palermo.reporting import permissions  # noqa: F401, PLC0415
