"""The room's entry in Django."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """Nothing to register."""

    name = "palermo.reporting"
    verbose_name = "Reports"
