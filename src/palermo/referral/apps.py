"""The room's entry in Django. It keeps no records yet: what is tried here is forgotten with the answer."""

from django.apps import AppConfig


class ReferralConfig(AppConfig):
    """The room of detection, referral and the protection procedure."""

    name = "palermo.referral"
    verbose_name = "Referral"
