"""Every change to organisations: the data file is the source, the tables follow it."""

from __future__ import annotations

from datetime import date

from palermo.audit.action import Actor, action
from palermo.organisations.directory import Directory
from palermo.organisations.reference import store


@action("organisations.load_reference", permission="organisations.load", unsaid=frozenset({"directory"}))
def load_reference(*, by: Actor, directory: Directory, on: date) -> int:
    """Bring the tables to what the directory says; done twice it changes nothing. Returns how many parties.

    A party that left the data file stays: records point at it.
    """
    return store(directory)
