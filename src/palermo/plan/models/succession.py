"""What becomes of a plan's measures in the plan after it: facts with an actor and a day, never a guess."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from palermo.plan.models.known import Known
from palermo.plan.models.measures import Measure
from palermo.plan.models.plans import Plan


class Succession(Known):
    """Which plan a plan follows; the latest that was said stands."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="successions")
    follows = models.ForeignKey(Plan, models.PROTECT, related_name="followed_by")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(follows=F("plan")), name="plan_follows_another"),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.on}"


class OutcomeKind(models.TextChoices):
    """What became of a measure of the plan before."""

    CONTINUED = "continued"  # a measure of the next plan goes on with it
    REPLACED = "replaced"  # a measure of the next plan stands in its place
    ENDED = "ended"  # somebody decided not to go on
    FINISHED = "finished"  # it was done


SUCCEEDED = (OutcomeKind.CONTINUED, OutcomeKind.REPLACED)


class Outcome(Known):
    """What became of a measure when its plan was over, and how that is known."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="outcomes")
    kind = models.CharField(max_length=20, choices=OutcomeKind)
    successor = models.ForeignKey(Measure, models.PROTECT, null=True, related_name="successes")
    source = models.TextField(blank=True)  # the decision, or where it is told
    language = models.CharField(max_length=5)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[str(one) for one in SUCCEEDED], successor__isnull=False)
                | ~Q(kind__in=[str(one) for one in SUCCEEDED]) & Q(successor=None) & ~Q(source=""),
                name="plan_outcome_is_known_from_something",
            ),
        ]
        indexes = [models.Index(fields=["measure", "on"], name="plan_outcome_known")]

    def __str__(self) -> str:
        return f"{self.measure} {self.kind}"


class OutcomeWithdrawal(Known):
    """That what was said about a measure's outcome does not hold from this day on, and why."""

    outcome = models.OneToOneField(Outcome, models.PROTECT, related_name="withdrawal")
    reason = models.TextField()

    def __str__(self) -> str:
        return f"{self.outcome} {self.on}"
