"""The room's entry in Django."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Nothing to register."""

    name = "palermo.ui"
    verbose_name = "Look"
