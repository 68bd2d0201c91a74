"""Actors and entries for tests."""

from dataclasses import dataclass, field
from datetime import date

from palermo.audit.action import action

DAY = date(2017, 3, 1)


@dataclass
class Somebody:
    reference: str = "account:7"
    name: str = "Ana"
    permissions: set[str] = field(default_factory=lambda: {"test.tell"})

    def may(self, permission, record=None):
        return permission in self.permissions


@action("test.tell", permission="test.tell")
def tell(*, by, words, on):
    return words


def told(number, by=None):
    for count in range(number):
        tell(by=by or Somebody(), words=f"word {count}", on=DAY)
