"""What a measure's story tells: what documents said, what a person decided and when, what changed."""

from datetime import date

import pytest

from palermo.plan import actions, queries
from palermo.plan.tests import make

pytestmark = pytest.mark.django_db


def test_what_the_bureau_does_of_itself_is_no_change_of_the_week():
    made = make.accepted_plan()
    make.contact("college")
    opened = make.opened(made, on=date(2017, 2, 27))
    college = make.organisation("college")
    actions.remind(by=make.secretary(), round=opened, organisation=college, link="https://x", on=make.DAY)
    make.told(make.question(opened, "M02", "college"), on=make.DAY)
    found = queries.who_owes_me(make.secretary(), made, make.DAY)
    assert [one.what for one in found.changed] == ["told"]
    owner = next(one for one in found.owners if one.organisation == college)
    assert [one.what for one in owner.changed] == ["told"]
