"""Days as people write them."""

from datetime import date

import pytest
from django.template import Context, Template
from django.utils import translation

from palermo.ui.written import written


@pytest.mark.parametrize(
    ("language", "value", "said"),
    [
        ("en", date(2017, 3, 1), "1 March 2017"),
        ("fr", date(2017, 3, 1), "1er mars 2017"),
        ("fr", date(2017, 3, 11), "11 mars 2017"),
        ("fr-be", date(2015, 9, 1), "1er septembre 2015"),
    ],
)
def test_the_first_of_a_month_is_an_ordinal_in_french_alone(language, value, said):
    with translation.override(language):
        assert written(value) == said


def test_a_template_writes_a_day_and_leaves_out_one_that_is_not_there():
    page = Template("{{ one|day }}{{ none|day }} {{ one|day:'l j F' }}")
    with translation.override("fr"):
        assert (
            page.render(Context({"one": date(2017, 3, 1), "none": None})) == "1er mars 2017 mercredi 1er mars"
        )
