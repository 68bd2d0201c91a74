"""The room's entry in Django."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Registers who may do what with accounts."""

    name = "palermo.accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        """Register the permissions."""
        from palermo.accounts import permissions  # noqa: F401, PLC0415
