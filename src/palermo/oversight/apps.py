"""The room's entry in Django."""

from django.apps import AppConfig


class OversightConfig(AppConfig):
    """Registers who may oversee, and names the tables that only grow."""

    name = "palermo.oversight"
    verbose_name = "Oversight"
    append_only = ("SentCheckpoint", "Walk")

    def ready(self) -> None:
        """Register the permissions."""
        from palermo.oversight import permissions  # noqa: F401, PLC0415
