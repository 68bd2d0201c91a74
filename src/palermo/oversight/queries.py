"""Questions of oversight. No answer holds what people wrote."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Count, Max, Model, QuerySet

from palermo.accounts.models import Role, RoleKind, User
from palermo.accounts.queries import people_as
from palermo.audit.checkpoints import Checkpoint
from palermo.audit.models import Entry
from palermo.audit.queries import differs_from
from palermo.audit.queries import visible_to as entries_visible_to
from palermo.errors import Refused, words
from palermo.oversight.models import SentCheckpoint, Walk

M = TypeVar("M", bound=Model)
STOP = words("Stop work on this database, keep a copy, and tell the controller's data protection officer.")
DIFFERS = {
    "cut": words("The trail was cut: it does not reach entry {entries}, which stood there at {at}."),
    "rewritten": words(
        "The trail was written anew: entry {entries} is not the one that stood there at {at}."
    ),
    "another-trail": words("This is another trail: its first entry is not the one of the checkpoint."),
    "another-key": words("This checkpoint was not signed by this installation, or its key was replaced."),
}
# What decides who may do what; an overseer looks at these first.
POWERS = (
    "accounts.found",
    "accounts.invite",
    "accounts.give_role",
    "accounts.end_role",
    "accounts.close_account",
    "accounts.reopen_account",
    "accounts.remove_factors",
)
MOST_POWERS = 100


def visible_to(user: User, model: type[M]) -> QuerySet[M]:
    """The walks and the checkpoints sent that somebody may see: all of them who oversees, else none."""
    everything = model._default_manager.all()
    if model not in {Walk, SentCheckpoint}:
        raise KeyError(model)
    return everything if user.may("oversight.read") else everything.none()


@dataclass(frozen=True)
class Deed:
    """How often somebody did something in a period, and the last day of it."""

    name: str
    action: str
    times: int
    last_on: date


def deeds(user: User, since: date, until: date) -> list[Deed]:
    """Who did what how often between two days, both counted, by person and what was done."""
    found = (
        entries_visible_to(user)
        .filter(on__gte=since, on__lte=until)
        .values("actor", "actor_name", "action")
        .annotate(times=Count("seq"), last_on=Max("on"))
        .order_by("actor_name", "action")
    )
    return [Deed(one["actor_name"], one["action"], one["times"], one["last_on"]) for one in found]


@dataclass(frozen=True)
class Power:
    """That somebody was given or lost the power to do something, and by whom."""

    on: date
    name: str
    action: str
    whom: User | None
    kind: str  # the role that was given, where one was
    to_oneself: bool


def powers(user: User) -> list[Power]:
    """What decided in the trail who may do what, the latest first, at most a hundred."""
    found = entries_visible_to(user).filter(action__in=POWERS).order_by("-seq")[:MOST_POWERS]
    return [power(one) for one in found]


def power(entry: Entry) -> Power:
    """An entry about roles; of its detail only the role."""
    room, _, key = entry.record.partition(":")
    told = json.loads(entry.detail)
    whom: User | None = None
    if room == "accounts.role":
        held = Role.objects.filter(pk=key).select_related("user").first()
        whom = held.user if held else None
        told = {**told, "kind": held.kind if held else ""}
    elif room == "accounts.user":
        whom = User.objects.filter(pk=key).first()
    oneself = whom is not None and whom.reference == entry.actor and entry.action == "accounts.give_role"
    return Power(entry.on, entry.actor_name, entry.action, whom, str(told.get("kind", "")), oneself)


def overseers(on: date) -> list[User]:
    """Everybody who oversees on a day."""
    return list(people_as(RoleKind.OVERSEER, on))


def refusal(kept: Checkpoint) -> Refused | None:
    """What is to be told where this trail differs from a checkpoint kept elsewhere; None where they agree."""
    how = differs_from(kept)
    if how is None:
        return None
    at = kept.at.isoformat(timespec="minutes")
    return Refused(f"checkpoint-{how}", DIFFERS[how], STOP, entries=kept.entries, at=at)
