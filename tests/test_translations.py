"""French, Dutch and German are complete: no page shows an English sentence of ours."""

import html
import re
from datetime import date

import pytest
from django.conf import settings as configured
from django.test import Client
from django.utils import translation
from tests.pictures import PAGES
from tests.translations import LANGUAGES, compiled, faults, folder, forms, read, said

from palermo.accounts.models import User
from palermo.cli.demonstration.office import make

MARKED_AS_ENGLISH = re.compile(r'<(\w+)[^>]*\blang="en"[^>]*>.*?</\1>', re.DOTALL)
TAGS = re.compile(r"<[^>]+>")
QUOTES = {"fr": "«»", "nl": "“”", "de": "„“"}


def english(language):
    """Our sentences that a language says otherwise, without names to fill in."""
    known = read(language)
    ids = {one.id for one in known if isinstance(one.id, str) and one.id and one.string != one.id}
    return {one for one in ids if " " in one and not re.search(r"[%{]", one)}


def test_every_language_of_the_office_has_a_catalogue():
    assert {code for code, _name in configured.LANGUAGES} == {"en", *LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_missing_unsure_left_over_or_not_compiled(language):
    assert list(faults(read(language), said())) == []
    assert (folder(language) / "django.mo").read_bytes() == compiled(read(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_not_translated_unsure_or_fills_in_other_names_is_named(language):
    wanted, known = said(), read(language)
    known.get("Who owes me").string = ""
    known.get("Timeline").flags.add("fuzzy")
    known.get("%d row was accepted.").string = ("%d", "%s")
    wanted.add("A sentence that nobody has translated")
    found = sorted(one.partition(":")[0] for one in faults(known, wanted))
    assert found == ["not translated", "not translated", "other names between signs", "unsure"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_quoted_by_the_signs_of_their_language(language):
    for message in read(language):
        own = "".join(forms(message.string))
        assert {sign for sign in own if sign in "“”„«»"} <= set(QUOTES[language]), own
        assert bool(re.search("[“”]", str(message.id))) <= bool(re.search("[“”„«»]", own)), own


@pytest.mark.seen
def test_no_page_shows_english_to_who_reads_another_language(db, settings):
    settings.DEMONSTRATION = True
    make(date(2017, 3, 1), lambda _step: None)
    found = {}
    for language in LANGUAGES:
        ours = english(language)
        for name, (who, path) in PAGES.items():
            if "/second/" not in path and (left := lines_of(seen(who, path, language)) & ours):
                found[language, name] = sorted(left)
    assert found == {}


def seen(who, path, language):
    """A page as its reader sees it in a language."""
    client = Client(headers={"accept-language": language})
    if who:
        user = User.objects.get(name=who)
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    with translation.override(None):  # a request leaves its language behind
        page = client.get(path).content.decode()
    assert f'<html lang="{language}">' in page
    return page


def lines_of(page):
    """The lines of words of a page, without what is marked as English."""
    words = html.unescape(TAGS.sub("\n", MARKED_AS_ENGLISH.sub("", page)))
    return {" ".join(line.split()) for line in words.splitlines()}
