"""How measures stand, kept so that nobody computes it for a page: derived from the facts (decision 0027)."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from palermo.organisations.models import Organisation
from palermo.plan.models.measures import Measure, Wording
from palermo.plan.models.plans import Plan, Section
from palermo.plan.models.rounds import Round

AFTER_A_KIND = 10**9  # more than there are measures of one kind


def position(rank: int, number: int) -> int:
    """Where a measure stands in the order of references, as one key."""
    return rank * AFTER_A_KIND + number


class Standing(models.Model):
    """How a measure stood through days in which nothing about it changed; both days count.

    What follows from a day alone, such as being late, is compared when somebody asks. Each measure has two
    rows of spans: as it stands, and as those are told who hear what was released alone (`in_part`).
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="standings", db_index=False)
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="standings", db_index=False)
    since_on = models.DateField()
    until_on = models.DateField()  # the last day of all days while it is the last span
    is_last = models.BooleanField()
    in_part = models.BooleanField(default=False)
    told_until = models.DateField(default=date.max)  # its progress is told up to here; the first day: none
    kind = models.CharField(max_length=20)
    position = models.PositiveBigIntegerField()  # in the order of references: its kind, then its number
    wording = models.ForeignKey(Wording, models.PROTECT, related_name="+", db_index=False)
    section = models.ForeignKey(Section, models.PROTECT, related_name="+", db_index=False)
    place = models.PositiveIntegerField()  # the section's, in the plan's order
    # What its words say is open to all; when it is expected next follows from how far it is.
    said_earliest = models.DateField(null=True)
    said_latest = models.DateField(null=True)
    earliest = models.DateField(null=True)
    latest = models.DateField(null=True)
    evaluate_after = models.DateField(null=True)  # from the day after it is to be evaluated
    last_on = models.DateField()  # the latest day, else the last of all days: what has none stands last
    status = models.CharField(max_length=20)
    is_finished = models.BooleanField()
    has_no_owner = models.BooleanField()
    has_duty = models.BooleanField()
    is_evaluated = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["measure", "in_part", "since_on"], name="plan_standing_once"),
        ]
        indexes = [
            models.Index(fields=["plan", "position", "since_on"], name="plan_standing_reference"),
            models.Index(fields=["plan", "place", "position"], name="plan_standing_section"),
            models.Index(fields=["plan", "last_on", "position"], name="plan_standing_deadline"),
            models.Index(fields=["plan", "status", "position"], name="plan_standing_status"),
            models.Index(
                fields=["plan", "position"], condition=Q(has_no_owner=True), name="plan_standing_nobody"
            ),
            models.Index(
                fields=["plan", "position"], condition=Q(has_duty=True), name="plan_standing_to_evaluate"
            ),
            # What changed after a day: few rows for today.
            models.Index(
                fields=["plan", "in_part", "since_on"], condition=Q(is_last=True), name="plan_standing_begins"
            ),
            models.Index(
                fields=["plan", "in_part", "until_on"], condition=Q(is_last=False), name="plan_standing_ends"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.since_on}"


class Holding(models.Model):
    """Who owns a measure through a span, itself or as a member of a class; nobody, without a name.

    What a list of an owner's measures is narrowed and sorted by stands here as it does in the span.
    """

    standing = models.ForeignKey(Standing, models.CASCADE, related_name="holdings")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="+", db_index=False
    )
    party = models.TextField(blank=True)  # the plan's words, where the directory does not know the party
    role = models.CharField(max_length=20, blank=True)
    is_named = models.BooleanField()
    # It owes what it leads or carries out with a lead: open, finished, internal. Empty: it does not owe it.
    owed = models.CharField(max_length=8, blank=True)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="+", db_index=False)
    in_part = models.BooleanField()
    since_on = models.DateField()
    until_on = models.DateField()
    is_last = models.BooleanField()
    position = models.PositiveBigIntegerField()
    # Each of these is the last of all days where there is none, or where it is not told.
    first_on = models.DateField()  # from when it is due
    last_on = models.DateField()
    late_on = models.DateField()  # from the day after it is late
    evaluate_on = models.DateField()  # from the day after it is to be evaluated
    is_finished = models.BooleanField()

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "plan", "position"], name="plan_holding_of"),
            # SQLite finds what is not true by no key, but by the condition of an index.
            *(
                models.Index(
                    fields=["plan", "organisation", "owed", *keys],
                    condition=Q(is_last=is_last, in_part=in_part),
                    name=f"plan_holding_{name}{'_in_part' * in_part}",
                )
                for name, is_last, keys in (
                    ("owed", True, ["late_on", "position"]),
                    ("was_owed", False, ["until_on"]),
                )
                for in_part in (False, True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation or self.party} {self.standing}"


class Tally(models.Model):
    """How many measures of a plan end on a day, and how, in their last span: by section and by owner."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="tallies", db_index=False)
    in_part = models.BooleanField(default=False)
    kind = models.CharField(max_length=20)
    what = models.CharField(max_length=20)
    of = models.TextField(blank=True)
    day = models.DateField()
    number = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "in_part", "what", "kind", "of", "day"], name="plan_tally_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.of} {self.day}: {self.number}"


class TallyStep(models.Model):
    """By how much a figure of a plan, or of what one owner owes in it, became higher in a period.

    The figure of any day is the sum of the years before it, of the months before it in its year, and of the
    days up to it in its month: as few rows however long a plan is followed.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="+", db_index=False)
    in_part = models.BooleanField()
    period = models.CharField(max_length=5)  # year, month, day
    on = models.DateField()  # the first day of the period
    of = models.TextField(blank=True)  # an owner's key, as in a tally; empty: the whole plan
    what = models.CharField(max_length=20)  # a figure of rules.spans
    number = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "of", "period", "on", "what", "in_part"], name="plan_tallystep_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.of} {self.period} {self.on}: {self.number:+}"


class Spoken(models.Model):
    """That an organisation told something in a round on a day, and what it told last on it."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="+", db_index=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    round = models.ForeignKey(Round, models.PROTECT, related_name="+", db_index=False)
    on = models.DateField()
    latest = models.ForeignKey("plan.Contribution", models.DO_NOTHING, related_name="+", db_index=False)
    counting = models.ForeignKey(  # the last one that is signed where it must be
        "plan.Contribution", models.DO_NOTHING, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "organisation", "on", "round"], name="plan_spoken_once"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.on}"


class Derived(models.Model):
    """From which directory the standings of a plan were derived; another one makes them anew."""

    plan = models.OneToOneField(Plan, models.PROTECT, related_name="derived")
    directory = models.CharField(max_length=64)  # a digest of who belongs to which class

    def __str__(self) -> str:
        return f"{self.plan} {self.directory}"
