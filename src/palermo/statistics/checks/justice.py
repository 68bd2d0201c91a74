"""Suspected, prosecuted and convicted persons (rule R9), and what such figures must declare (rule R12)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from palermo.statistics.checks.finding import WARNING, Finding
from palermo.statistics.checks.forms import is_total
from palermo.statistics.checks.roles import Roles, called, speaks_of
from palermo.statistics.checks.table import Group, Table

STAGES = ("suspects", "prosecuted", "convicted")


def stage(indicator: str) -> str:
    """The stage of which an indicator speaks; empty where it speaks of none."""
    return next((one for one in STAGES if speaks_of(indicator, one)), "")


def stages(table: Table, known: Roles) -> Iterator[Finding]:
    """More persons at a later stage than at an earlier one: possible, as years differ, and often a slip."""
    if known.indicator is None:
        return
    found: defaultdict[Group, dict[str, Group]] = defaultdict(dict)
    for group in sorted(table.groups):
        if (its := stage(group[known.indicator])) and is_total(group, known):
            rest = tuple(code for at, code in enumerate(group) if at != known.indicator)
            found[rest].setdefault(its, group)
    for present in found.values():
        order = [one for one in STAGES if one in present]
        for earlier, later in combinations(order, 2):
            if not (len(order) == 3 and (earlier, later) == (STAGES[0], STAGES[2])):
                yield from more(table, known.indicator, present[earlier], present[later])


def more(table: Table, at: int, earlier: Group, later: Group) -> Iterator[Finding]:
    """Whether a later stage has more persons, in the widest cells that both tables have."""
    before, after = table.groups[earlier], table.groups[later]
    for codes in table.widest({one: after[one] for one in after if one in before}):
        high = before[codes].high
        if high is not None and after[codes].low > high:
            params = {
                "earlier": earlier[at], "before": before[codes].text,
                "later": later[at], "after": after[codes].text,
            }  # fmt: skip
            yield Finding("R9", "more-later", table.key(later, codes), params, WARNING)


def declared(table: Table, known: Roles) -> Iterator[Finding]:
    """What nothing declares: the period of the figures, and the instance in which convictions are counted."""
    told = table.specification.reference
    if known.year is None and not told.get("period"):
        yield Finding("R12", "no-period", {}, {}, WARNING)
    at = known.indicator
    judged = at is None or any(stage(group[at]) == "convicted" for group in table.groups)
    if judged and known.instance is None and not told.get("instance") and not instance_in_key(table):
        yield Finding("R12", "no-instance", {}, {}, WARNING)


def instance_in_key(table: Table) -> bool:
    """Whether a column of the key is the instance."""
    names = (*table.specification.groups, *(one.name for one in table.specification.dimensions))
    return any(called(one, "instance", "names") for one in names)
