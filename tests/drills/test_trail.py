"""Two who write in the trail at the same moment stand in it one after the other."""

import json

import pytest
from tests.drills.installation import OFFICE


@pytest.mark.postgresql
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_two_who_append_at_once_never_follow_the_same_entry(request, kind):
    office = request.getfixturevalue(kind)
    told = json.loads(office.done(OFFICE, "append"))
    assert told["wrong"] == [], "one of the two was turned away"
    (first, *place, digest), (second, behind, previous, _digest) = told["chain"]
    assert (first, second) == ("drill.first", "drill.second")
    assert (behind, previous) == (place[0] + 1, digest)
    assert told["waited"], "the two were not at work at once"
    assert told["holds"]
