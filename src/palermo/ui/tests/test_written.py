"""Days as people write them."""

from datetime import date

import pytest
from django.template import Context, Template
from django.utils import translation

from palermo.ui.alphabet import alphabetical
from palermo.ui.written import written


@pytest.mark.parametrize(
    ("language", "value", "said"),
    [
        ("en", date(2017, 3, 1), "1 March 2017"),
        ("fr", date(2017, 3, 1), "1er mars 2017"),
        ("fr", date(2017, 3, 11), "11 mars 2017"),
        ("fr-be", date(2015, 9, 1), "1er septembre 2015"),
        ("nl", date(2027, 5, 1), "1 mei 2027"),
        ("nl-be", date(2027, 5, 17), "17 mei 2027"),
        ("de", date(2027, 5, 17), "17. Mai 2027"),
        ("de-be", date(2017, 3, 1), "1. März 2017"),
    ],
)
def test_a_day_is_written_as_each_language_writes_it(language, value, said):
    with translation.override(language):
        assert written(value) == said


def test_a_template_writes_a_day_and_leaves_out_one_that_is_not_there():
    page = Template("{{ one|day }}{{ none|day }} {{ one|day:'l j F' }}")
    said = {
        "en": "1 March 2017 Wednesday 1 March",
        "fr": "1er mars 2017 mercredi 1er mars",
        "nl": "1 maart 2017 woensdag 1 maart",
        "de": "1. März 2017 Mittwoch, 1. März",
    }
    for language, words in said.items():
        with translation.override(language):
            assert page.render(Context({"one": date(2017, 3, 1), "none": None})) == words


def test_names_stand_in_the_order_of_the_alphabet_whatever_their_accents():
    names = ["Österreich", "Ostende", "Zoll", "Ärzte", "arbeit", "École", "Eifel"]
    assert sorted(names, key=alphabetical) == [
        "arbeit",
        "Ärzte",
        "École",
        "Eifel",
        "Ostende",
        "Österreich",
        "Zoll",
    ]
