"""The room's entry in Django."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Nothing to register."""

    name = "palermo.desk"
    verbose_name = "Desk"
