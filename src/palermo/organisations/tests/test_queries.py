"""Questions about the directory, as of a day."""

from datetime import date

import pytest
from django.utils.translation import override

from palermo.organisations import queries
from palermo.organisations.directory import SORTS
from palermo.organisations.models import Organisation
from palermo.organisations.templatetags import organisations as words
from palermo.organisations.tests.make import Somebody, loaded, organisation

pytestmark = pytest.mark.django_db
BEFORE, AFTER = date(2014, 7, 20), date(2014, 7, 21)


@pytest.fixture(autouse=True)
def directory():
    loaded()


def codes(memberships):
    return [one.member.code for one in memberships]


def sought(words="", sort=""):
    return [one.code for one in queries.sought(Organisation.objects.all(), words, sort)]


def test_who_has_no_role_sees_no_directory():
    assert queries.visible_to(Somebody()).count() == Organisation.objects.count()
    assert not queries.visible_to(Somebody(frozenset())).exists()


def test_the_centres_sit_in_the_cell_since_the_day_of_the_decree():
    cell = organisation("be/cell")
    assert "be/reception-centres" not in codes(queries.members_on(cell, BEFORE))
    assert "be/reception-centres" in codes(queries.members_on(cell, AFTER))


def test_the_last_day_of_a_membership_counts():
    bureau = organisation("be/bureau")
    assert "be/social-inspectorate" in codes(queries.members_on(bureau, date(2017, 6, 30)))
    assert "be/social-inspectorate" not in codes(queries.members_on(bureau, date(2017, 7, 1)))


def test_a_bodys_changes_name_who_joined_and_who_left():
    changes = queries.changes(organisation("be/cell"))
    assert [one.on for one in changes] == [date(2014, 3, 15), AFTER, date(2017, 7, 1)]
    assert codes(changes[0].joined) == ["be/rapporteur"]
    assert codes(changes[0].left) == ["be/centre-equal-opportunities"]
    assert len(changes[1].joined) == 5
    assert changes[1].left == ()


def test_recognition_is_no_membership():
    payoke = organisation("be/payoke")
    assert [one.since_on for one in queries.recognitions(payoke)] == [date(2013, 6, 1)]
    assert queries.members_on(payoke, AFTER) == []
    assert [one.body.code for one in queries.belongs_on(payoke, AFTER)] == ["be/reception-centres"]


def test_a_class_expands_to_its_members_and_anything_else_to_itself(django_assert_num_queries):
    asked = Organisation.objects.filter(code__in=["be/reception-centres", "be/every-level", "be/cell"])
    with django_assert_num_queries(2):
        found = queries.expanded(asked, AFTER)
    by_code = {one.code: [member.code for member in found[one.pk]] for one in asked}
    assert by_code == {
        "be/reception-centres": ["be/pag-asa", "be/payoke", "be/surya"],
        "be/every-level": ["be/every-level"],
        "be/cell": ["be/cell"],
    }


def test_a_class_is_empty_before_anybody_belonged_to_it_and_answers_for_itself():
    centres = Organisation.objects.filter(code="be/reception-centres")
    assert queries.expanded(centres, date(2012, 1, 1)) == {centres[0].pk: [centres[0]]}


def test_the_directory_is_searched_by_any_name_without_accents():
    assert sought("office des etrangers") == ["be/immigration-office"]
    assert "be/immigration-office" in sought("DVZ")
    assert sought("SÛRYA") == ["be/surya"]
    assert sought("no such body") == []


def test_the_directory_is_filtered_by_sort_and_an_unknown_sort_filters_nothing():
    assert set(sought(sort="centre")) == {
        *("be/pag-asa", "be/payoke", "be/surya", "be/esperanto", "be/minor-ndako"),
    }
    assert len(sought(sort="nonsense")) == Organisation.objects.count()


def test_a_name_follows_the_language_of_the_page():
    with override("fr"):
        assert organisation("be/immigration-office").name == "Office des étrangers"
    with override("de-be"):
        assert organisation("be/immigration-office").name == "Ausländeramt"


def test_every_code_of_the_data_has_words():
    assert set(words.SORTS) == set(SORTS)
    for one in Organisation.objects.prefetch_related("memberships", "contact_points"):
        assert one.tone in words.TONES
        assert one.confidence in words.CONFIDENCES
        for held in one.memberships.exclude(role=queries.RECOGNISED):
            assert held.role in words.ROLES
        assert all(point.kind in words.CONTACTS for point in one.contact_points.all())
