"""The office's own templates: each stays as it was handed in, the latest of a language is used."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from palermo.accounts.models import User


class Template(models.Model):
    """A template or layout that the office put in the place of the one that comes with Palermo."""

    class Form(models.TextChoices):
        """What is made from it."""

        DOCX = "docx"
        PDF = "pdf"

    form = models.CharField(max_length=4, choices=Form.choices, default=Form.DOCX)
    language = models.CharField(max_length=5, blank=True)  # empty for a PDF's: one layout for every language
    name = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64, blank=True)  # empty: back to the one that comes with Palermo
    on = models.DateField()
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["language", "id"], name="reporting_template_latest")]

    def __str__(self) -> str:
        return self.name
