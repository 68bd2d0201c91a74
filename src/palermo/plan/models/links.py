"""Ways to one question without signing in, sent to the people who answer."""

from __future__ import annotations

from django.db import models

from palermo.accounts.models import User
from palermo.plan.models.rounds import Question


class AnswerLink(models.Model):
    """That one person may answer one question by a link until a day; only its token's digest is kept.

    A later link of the same person to the same question takes its place. An answer that was sent through it
    uses it up, and the end of the round or of the person's role ends it.
    """

    question = models.ForeignKey(Question, models.PROTECT, related_name="links")
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    token_digest = models.CharField(max_length=64, unique=True)
    on = models.DateField()
    until_on = models.DateField()  # its last day, when nothing ends it before

    class Meta:
        indexes = [models.Index(fields=["question", "person"], name="plan_link_of")]

    def __str__(self) -> str:
        return f"{self.question} {self.on}"
