"""The room's entry in Django."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """Nothing to register."""

    name = "palermo.organisations"
    verbose_name = "Organisations"
