"""A directory in the database, made by the real action."""

from dataclasses import dataclass
from datetime import date

from palermo.organisations.actions import load_reference
from palermo.organisations.directory import load
from palermo.organisations.models import Organisation

DAY = date(2017, 3, 1)


@dataclass
class Somebody:
    permissions: frozenset[str] = frozenset({"organisations.read", "organisations.load"})
    reference: str = "account:7"
    name: str = "Bureau secretary"

    def may(self, permission, record=None):
        return permission in self.permissions


def loaded(directory=None):
    return load_reference(by=Somebody(), directory=directory or load(), on=DAY)


def organisation(code):
    return Organisation.objects.get(code=code)
