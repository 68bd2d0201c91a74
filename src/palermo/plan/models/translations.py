"""What was told, in another language: beside the original, which stays as it is."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from palermo.plan.models.answers import Contribution
from palermo.plan.models.known import Known


class Translation(Known):
    """A contribution in another language, by its author; a later version supersedes it, both stay."""

    contribution = models.ForeignKey(Contribution, models.PROTECT, related_name="translations")
    language = models.CharField(max_length=5)
    version = models.PositiveIntegerField()
    account = models.TextField()
    reason = models.TextField(blank=True)
    decision = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contribution", "language", "version"], name="plan_translation_version_once"
            ),
            models.CheckConstraint(condition=~Q(account=""), name="plan_translation_has_words"),
        ]
        ordering = ["contribution", "language", "version"]

    def __str__(self) -> str:
        return f"{self.contribution} {self.language}"


class Confirmation(Known):
    """That a translation says what the original says; before that it is a draft."""

    translation = models.OneToOneField(Translation, models.PROTECT, related_name="confirmation")

    def __str__(self) -> str:
        return f"{self.translation} {self.on}"
