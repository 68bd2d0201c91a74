"""Plans of other makes and languages: measures, owners with their roles, timing and doubts come out right."""

import pytest

from palermo.organisations.directory import load
from palermo.plan.rules.document import read_plan
from palermo.plan.rules.tests.unseen import PAGES, PLANS
from palermo.reading import read


def of(name, content, folder):
    path = folder / name
    path.write_bytes(content)
    return read_plan(read(path), load())


def owner(one):
    who = one.party.removeprefix("be/") if one.party else ("unknown" if one.kind == "party" else one.kind)
    return f"{one.role} {who}"


def short(one):
    timing = one.timing
    when = timing.recurrence or timing.edtf or timing.kind
    doubts = " ".join(sorted(doubt.code for doubt in one.doubts))
    return one.section, one.text, ", ".join(map(owner, one.owners)), when, doubts


@pytest.mark.parametrize("name", [*PLANS, *PAGES])
def test_a_plan_of_another_make_is_read_like_the_published_one(name, tmp_path):
    language, content, says = {**PLANS, **PAGES}[name]
    plan = of(name, content, tmp_path)
    assert plan.language == language
    found = [short(one) for one in plan.measures]
    assert [(s, t[: len(told[1])], *rest) for (s, t, *rest), told in zip(found, says, strict=False)] == says
    assert len(found) == len(says)
