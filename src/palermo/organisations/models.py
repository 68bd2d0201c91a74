"""What is stored about organisations: the directory's facts, so that other records can point at them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language


class Tone(models.TextChoices):
    """How the Bureau speaks to an organisation: what the relation allows it to expect."""

    DUTY = "duty"
    INVITATION = "invitation"
    INFORMATION = "information"


class Organisation(models.Model):
    """A body, a service, a minister's portfolio, or a class that stands for several of them."""

    code = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=10)  # "party" or "class"
    sort = models.CharField(max_length=30)
    names = models.JSONField()  # language -> name
    aliases = models.JSONField(default=list)  # other ways in which texts speak of it
    tone = models.CharField(max_length=20, choices=Tone)
    since_on = models.DateField(null=True)
    until_on = models.DateField(null=True)
    source = models.CharField(max_length=300)
    confidence = models.CharField(max_length=20)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the language of the page; English where there is none."""
        known: dict[str, str] = self.names
        return known.get((get_language() or "en")[:2]) or known["en"]

    @property
    def country(self) -> str:
        """The first part of its code: be."""
        return self.code.split("/", 1)[0]

    @property
    def slug(self) -> str:
        """The second part of its code: immigration-office."""
        return self.code.split("/", 1)[1]

    @property
    def address(self) -> str:
        """Where its page stands."""
        return reverse("organisations:page", args=[self.country, self.slug])


class Membership(models.Model):
    """That an organisation belongs to a body or a class, or is recognised, from a day and until a day."""

    body = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    member = models.ForeignKey(Organisation, models.PROTECT, related_name="belongs_to")
    role = models.CharField(max_length=20)  # member, chair, secretariat, observer; recognised: body is member
    since_on = models.DateField(null=True)
    until_on = models.DateField(null=True)
    source = models.CharField(max_length=300)
    confidence = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(since_on=None) | Q(until_on=None) | Q(until_on__gte=F("since_on")),
                name="membership_order",
            ),
            models.UniqueConstraint(fields=["body", "member", "role", "since_on"], name="membership_once"),
            models.UniqueConstraint(  # NULLs differ from each other in a database
                fields=["body", "member", "role"], condition=Q(since_on=None), name="membership_once_undated"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} in {self.body}"


class ContactPoint(models.Model):
    """A published way to reach an organisation: a site, an address or a number, never a person's."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="contact_points")
    kind = models.CharField(max_length=10)  # web, email, phone
    value = models.CharField(max_length=200)
    source = models.CharField(max_length=300)
    confidence = models.CharField(max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "kind", "value"], name="contact_once")]

    def __str__(self) -> str:
        return self.value

    @property
    def link(self) -> str:
        """Where a click leads: the site, a message, a call."""
        starts = {"email": "mailto:", "phone": "tel:"}
        return starts.get(self.kind, "") + self.value.replace(" ", "")
