"""What the directory's pages show, to whom, as of which day."""

import io
from datetime import date

import pytest
from django.http import Http404
from django.test import RequestFactory
from django.utils.translation import override
from python_calamine import CalamineWorkbook

from palermo.organisations import views
from palermo.organisations.tests.make import DAY, Somebody, loaded

pytestmark = pytest.mark.django_db


# While the shared frame is not there, the pages are shown in the barest one that has its two blocks.
FRAME = "<title>{% block title %}{% endblock %}</title><main>{% block content %}{% endblock %}</main>"
LOADERS = [
    "django.template.loaders.app_directories.Loader",
    ("django.template.loaders.locmem.Loader", {"ui/base.html": FRAME}),
]


@pytest.fixture(autouse=True)
def directory(settings):
    options = {**settings.TEMPLATES[0]["OPTIONS"], "loaders": LOADERS}
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "APP_DIRS": False, "OPTIONS": options}]
    loaded()


def asked(view, *args, on=DAY, by=None, **query):
    request = RequestFactory().get("/", query)
    request.user, request.on, request.today = by or Somebody(), on, DAY
    return view(request, *args)


def text_of(response):
    return response.content.decode()


def test_the_list_shows_every_sort_under_its_heading():
    shown = text_of(asked(views.listing))
    for heading in ("Ministers and State Secretaries", "Federated entities", "Classes: one word for several"):
        assert heading in shown
    assert 'href="/organisations/be/bureau/"' in shown


def test_the_list_is_filtered_through_the_address():
    shown = text_of(asked(views.listing, q="vreemdelingenzaken"))
    assert "Immigration Office" in shown
    assert "Fedasil" not in shown
    assert "1 organisation" in shown
    assert "Nothing in the directory" in text_of(asked(views.listing, q="xyzzy"))


def test_typed_words_stand_in_the_page_as_text():
    shown = text_of(asked(views.listing, q='"><script>'))
    assert "<script>alert" not in shown
    assert '"><script>' not in shown


def test_a_bodys_page_shows_its_members_before_and_after_the_reform():
    before = text_of(asked(views.page, "be", "bureau", on=date(2014, 7, 20)))
    after = text_of(asked(views.page, "be", "bureau", on=date(2014, 7, 21)))
    assert "observer" not in before
    assert "observer" in after
    assert "Changes of membership" in before


def test_a_source_is_cited_in_the_readers_language_on_the_page_and_in_the_sheet():
    with override("nl"):
        page = text_of(asked(views.page, "be", "cell", on=date(2010, 1, 1)))
        sheet = text_of(asked(views.export_members, "be", "cell", "csv", on=date(2010, 1, 1)))
    for told in (page, sheet):
        assert "koninklijk besluit van 16 mei 2004; brochure over het Belgische systeem" in told
        assert "Royal Decree" not in told


def test_a_centres_page_shows_recognition_and_how_to_reach_it():
    shown = text_of(asked(views.page, "be", "payoke"))
    assert "Recognised since" in shown
    assert 'href="tel:+3232011690"' in shown
    assert "to verify" in shown
    assert "Recognised since" not in text_of(asked(views.page, "be", "esperanto"))


def test_a_class_without_members_says_that_no_source_names_them():
    assert "No source says who they are" in text_of(asked(views.page, "be", "every-level"))


def test_what_does_not_exist_and_what_may_not_be_seen_are_the_same():
    for name, by in (("nobody", Somebody()), ("bureau", Somebody(frozenset()))):
        with pytest.raises(Http404):
            asked(views.page, "be", name, by=by)


def test_the_list_comes_as_a_sheet():
    response = asked(views.export_list, "csv", sort="centre")
    assert response["Content-Type"].startswith("text/csv")
    lines = text_of(response).lstrip("\ufeff").splitlines()
    assert len(lines) == 6
    assert lines[0].startswith("Code,Name,Sort")
    with pytest.raises(Http404):
        asked(views.export_list, "exe")


def test_the_members_come_as_a_sheet_of_the_day_asked_for():
    for day, count in ((date(2014, 3, 14), 8), (date(2014, 7, 21), 9)):
        response = asked(views.export_members, "be", "bureau", "xlsx", on=day)
        assert f"bureau-{day}.xlsx" in response["Content-Disposition"]
        rows = CalamineWorkbook.from_filelike(io.BytesIO(response.content)).get_sheet_by_index(0).to_python()
        assert len(rows) - 1 == count
