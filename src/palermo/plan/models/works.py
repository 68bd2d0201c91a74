"""What is to be written beside the measures: notes, studies, manuals, requests for expertise."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from palermo.organisations.models import Organisation
from palermo.plan.models.kept import Kept
from palermo.plan.models.known import Known
from palermo.plan.models.measures import Measure
from palermo.plan.models.plans import Plan, Section


class WorkKind(models.TextChoices):
    """What is to be written."""

    NOTE = "note"
    STUDY = "study"
    MANUAL = "manual"  # or a handbook, a fact sheet: something to work with
    EXPERTISE = "expertise"  # a question to whoever knows, with its answer


class Work(Known):
    """Something that is to be written, whose number never changes; what it is stands in its terms."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="works")
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="plan_work_number_once"),
        ]
        ordering = ["plan", "number"]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """How the office names it: N03."""
        return f"N{self.number:02}"


class WorkTerms(Known):
    """What is to be written, by whom and by when, from the day `on`; a later version supersedes it."""

    work = models.ForeignKey(Work, models.PROTECT, related_name="terms")
    version = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=WorkKind)
    title = models.CharField(max_length=300)
    language = models.CharField(max_length=5)  # of the title and the question
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    section = models.ForeignKey(Section, models.PROTECT, null=True, related_name="works")
    measures = models.ManyToManyField(Measure, related_name="works")
    put_to = models.CharField(max_length=300, blank=True)  # of a request for expertise: whom it asks
    question = models.TextField(blank=True)
    # The time in words and what they stand for (palermo.timing); no day is ever made up.
    timing_text = models.CharField(max_length=300, blank=True)
    timing_kind = models.CharField(max_length=20)
    edtf = models.CharField(max_length=60, blank=True)
    earliest = models.DateField(null=True)
    latest = models.DateField(null=True)
    reason = models.TextField(blank=True)  # why it was changed or handed over

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["work", "version"], name="plan_work_terms_version_once"),
            models.CheckConstraint(
                condition=Q(kind="expertise") & ~Q(put_to="") & ~Q(question="")
                | ~Q(kind="expertise") & Q(put_to="", question=""),
                name="plan_work_terms_expertise_asks",
            ),
        ]
        ordering = ["work", "version"]

    def __str__(self) -> str:
        return self.title


class WorkVersion(Kept):
    """A version that was handed in; a final one finishes the work and is seen by everybody with a role."""

    work = models.ForeignKey(Work, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    label = models.CharField(max_length=100, blank=True)  # in its author's words, such as "second draft"
    is_final = models.BooleanField()
    dated_on = models.DateField(null=True)  # the day that it bears
    language = models.CharField(max_length=5)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")  # who handed it in
    words = models.TextField(blank=True)  # what it says in short; of a request for expertise the answer

    class Meta(Kept.Meta):
        constraints = [
            *Kept.Meta.constraints,
            models.UniqueConstraint(fields=["work", "number"], name="plan_work_version_once"),
        ]
        ordering = ["work", "number"]

    def __str__(self) -> str:
        return f"{self.work} {self.number}"


class WorkDecision(Known):
    """That a work was given up, or taken up again; after that what was marked final before is a draft."""

    work = models.ForeignKey(Work, models.PROTECT, related_name="decisions")
    what = models.CharField(max_length=20, choices=[("given-up", "given-up"), ("resumed", "resumed")])
    words = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="plan_work_decision_has_words"),
        ]
        ordering = ["work", "on", "at"]

    def __str__(self) -> str:
        return f"{self.what} {self.on}"
