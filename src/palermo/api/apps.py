"""The room's entry in Django."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Nothing to register."""

    name = "palermo.api"
    verbose_name = "API"
