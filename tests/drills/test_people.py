"""Some people at once, who never pause: nothing fails or is lost. `palermo bench people` measures more."""

import pytest
from tests.drills.crowd import Party, kept
from tests.drills.serving import watched


@pytest.mark.postgresql
def test_people_at_once_meet_no_error_and_lose_no_answer(server, tmp_path):
    party = Party(server, tmp_path, people=8, measures=100)
    try:
        with watched(party.office) as look:
            before, crowd = look(), party.crowd()
            crowd.sign_in()
            crowd.together(20, thinks=False)
            crowd.leave()
            found = look()
    finally:
        party.server.stop()
    assert not crowd.wrong
    assert len(crowd.acknowledged) >= 4
    assert kept(before, found, crowd.acknowledged) == {}
