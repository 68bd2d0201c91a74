"""Collection rounds: who was asked about what, who was reminded, and what the Bureau means to do next."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from palermo.accounts.models import User
from palermo.organisations.models import Organisation, Tone
from palermo.plan.models.known import Known
from palermo.plan.models.measures import Measure
from palermo.plan.models.plans import Plan


class Round(models.Model):
    """One collection of answers about a period, open until it is closed, which locks it."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="rounds")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    period_from = models.DateField()
    period_to = models.DateField()
    opened_on = models.DateField()
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)
    deadline_on = models.DateField()
    closed_on = models.DateField(null=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="plan_round_number_once"),
            models.UniqueConstraint(fields=["plan"], condition=Q(closed_on=None), name="plan_one_open_round"),
            models.CheckConstraint(
                condition=Q(period_to__gte=F("period_from")), name="plan_round_period_order"
            ),
            models.CheckConstraint(
                condition=Q(deadline_on__gte=F("opened_on")), name="plan_round_deadline_ahead"
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None, closed_by=None)
                | Q(closed_on__isnull=False, closed_by__isnull=False),
                name="plan_round_closed_by_somebody",
            ),
        ]
        ordering = ["plan", "number"]

    def __str__(self) -> str:
        return self.title


class Release(Known):
    """That the Cell released what a round told: from this day others than the owners see how far it is."""

    round = models.OneToOneField(Round, models.PROTECT, related_name="release")
    decision = models.CharField(max_length=500)  # which one of the Cell: its meeting, its minutes

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(decision=""), name="plan_release_was_decided")]

    def __str__(self) -> str:
        return f"{self.round} {self.on}"


class Question(models.Model):
    """That an organisation was asked about a measure in a round, in which role, in which tone and why."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="questions")
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="questions")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="questions")
    role = models.CharField(max_length=20)  # the strongest of its roles on the day of asking
    tone = models.CharField(max_length=20, choices=Tone)
    why = models.CharField(max_length=20)  # due, overdue, recurring, continuous, undated, chosen

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "measure", "organisation"], name="plan_question_once"),
        ]
        indexes = [
            models.Index(fields=["organisation", "round"], name="plan_question_of"),
            models.Index(fields=["measure", "round"], name="plan_question_about"),
            models.Index(fields=["organisation", "measure"], name="plan_question_whole"),
        ]

    def __str__(self) -> str:
        return f"{self.round} {self.measure} {self.organisation}"


class Reminder(Known):
    """That somebody was reminded of a question by a neutral message, before or after the deadline."""

    question = models.ForeignKey(Question, models.PROTECT, related_name="reminders")
    kind = models.CharField(max_length=10, choices=[("before", "before"), ("after", "after")])
    recipients = models.PositiveIntegerField()  # how many people the message went to

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["question", "on"], name="plan_reminder_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"


class Contact(Known):
    """The Bureau's note on an owner: when it will speak to it next, and about what."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="contacts")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    next_on = models.DateField(null=True)  # nothing: no further contact is planned
    words = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["plan", "organisation", "on"], name="plan_contact_known")]

    def __str__(self) -> str:
        return self.words[:80]
