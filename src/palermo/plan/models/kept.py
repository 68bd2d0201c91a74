"""What was handed in: a file, an address, or a reference to something on paper."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from palermo.plan.models.known import Known


class EvidenceKind(models.TextChoices):
    """In what form something was handed in."""

    FILE = "file"
    LINK = "link"
    REFERENCE = "reference"


class Kept(Known):
    """Something that was handed in and can be looked at; a file is kept under its SHA-256."""

    kind = models.CharField(max_length=20, choices=EvidenceKind)
    sha256 = models.CharField(max_length=64, blank=True)
    name = models.CharField(max_length=300, blank=True)
    size = models.PositiveBigIntegerField(null=True)  # bytes
    address = models.URLField(max_length=1000, blank=True)
    reference = models.CharField(max_length=500, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=(Q(kind="file") & ~Q(sha256="") & Q(size__isnull=False))
                | (Q(kind="link") & ~Q(address=""))
                | (Q(kind="reference") & ~Q(reference="")),
                name="plan_%(class)s_is_somewhere",
            )
        ]
