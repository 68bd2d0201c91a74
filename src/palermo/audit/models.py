"""What the trail stores. Triggers in the database keep it append-only (`triggers.py`)."""

from __future__ import annotations

from django.db import models


class Entry(models.Model):
    """One thing that somebody did or opened. It names its actor in words: it outlives what it speaks of."""

    seq = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()  # the clock's moment
    on = models.DateField()  # the office's day
    actor = models.CharField(max_length=100)
    actor_name = models.CharField(max_length=200)
    action = models.CharField(max_length=100)
    record = models.CharField(max_length=200)
    detail = (
        models.TextField()
    )  # canonical JSON; kept as text because the hash is taken over these very signs
    detail_digest = models.CharField(max_length=64, blank=True, default="")  # none in the first entries
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        indexes = [
            models.Index(fields=["record", "seq"], name="audit_entry_record_seq"),
            models.Index(fields=["actor", "seq"], name="audit_entry_actor_seq"),
            models.Index(fields=["on", "seq"], name="audit_entry_on_seq"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.action} {self.record}"


class Head(models.Model):
    """The last link of the chain; its single row is the lock that keeps the chain one chain."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_head")]

    def __str__(self) -> str:
        return f"{self.seq} {self.hash}"
