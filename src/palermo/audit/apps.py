"""The room's entry in Django."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    """Puts the triggers back after every migration."""

    name = "palermo.audit"
    verbose_name = "Trail"
    append_only = ("Entry",)

    def ready(self) -> None:
        """Reinstall the triggers when a migration has run: it may have replaced a table."""
        from palermo.audit.triggers import install_after_migration  # noqa: PLC0415

        post_migrate.connect(install_after_migration, sender=self)
