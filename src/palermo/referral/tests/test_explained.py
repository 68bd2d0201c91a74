"""What the documents say of the procedure is what the rules do."""

import pytest
from django.utils.translation import override

from palermo.law.file import load
from palermo.referral import explained
from palermo.referral.diagram import edges
from palermo.referral.rules.moves import ALWAYS, MOVES, NEEDS
from palermo.referral.rules.trace import CLOCKS, DUTIES
from palermo.referral.templatetags import referral as told


@pytest.mark.parametrize("language", explained.LANGUAGES)
def test_the_page_and_the_picture_of_each_language_are_those_of_the_rules(language):
    """Write them anew with `python -m palermo.referral.explained`."""
    file = explained.DOCS / f"procedure{explained.suffix(language)}.md"
    assert file.read_text("utf-8") == explained.page(language)
    assert (explained.DOCS / f"procedure.{language}.svg").read_text("utf-8") == explained.picture(language)


def test_every_move_clock_duty_and_need_has_its_words():
    assert {*told.MOVES} == {*MOVES}
    assert {*told.NEEDED} == {code for needed in NEEDS.values() for code in needed}
    assert {*told.ENDS_NEED} == {move for move in MOVES if move not in NEEDS} - {*ALWAYS}
    assert {*told.DUTIES} == {*DUTIES}
    assert {*told.CLOCKS} == {*CLOCKS}


def test_every_version_that_a_page_cites_stands_in_it_in_its_own_language():
    with override("de"):
        page = explained.page("de")
    assert "Gesetz vom 15. Dezember 1980, Art. 61/3 § 2" in page
    assert "Act of" not in page
    assert page.count("1. Juni 2007") > len(load().values["reflection-period"].versions)


def test_the_picture_draws_each_way_from_stage_to_stage():
    assert {(start, end) for start, end, _move in edges()} == {
        ("detected", "reflection"),
        ("detected", "provisional"),
        ("reflection", "provisional"),
        ("provisional", "provisional-extended"),
        ("provisional", "temporary"),
        ("provisional-extended", "temporary"),
        ("temporary", "temporary"),
        ("temporary", "unlimited"),
    }
