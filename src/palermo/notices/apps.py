"""The room's entry in Django."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Nothing to register."""

    name = "palermo.notices"
    verbose_name = "Notices"
