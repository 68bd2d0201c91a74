"""French is complete: no page shows an English sentence of ours, and a broken catalogue is noticed."""

import html
import re
from datetime import date

import pytest
from django.test import Client
from tests.pictures import PAGES
from tests.translations import faults, read, said

from palermo.accounts.models import User
from palermo.cli.demonstration.office import make

MARKED_AS_ENGLISH = re.compile(r'<(\w+)[^>]*\blang="en"[^>]*>.*?</\1>', re.DOTALL)
TAGS = re.compile(r"<[^>]+>")


@pytest.fixture(scope="module")
def english():
    """Our sentences that French says otherwise, without names to fill in."""
    known = read("fr")
    ids = {one.id for one in known if isinstance(one.id, str) and one.id and one.string != one.id}
    return {one for one in ids if " " in one and not re.search(r"[%{]", one)}


def test_nothing_is_missing_unsure_or_left_over():
    assert list(faults(read("fr"), said())) == []


def test_a_sentence_that_is_not_translated_is_named():
    wanted, known = said(), read("fr")
    known.get("Who owes me").string = ""
    wanted.add("A sentence that nobody has translated")
    assert len(list(faults(known, wanted))) == 2


def test_no_page_shows_english_to_who_reads_french(db, settings, english):
    settings.DEMONSTRATION = True
    make(date(2017, 3, 1), lambda _step: None)
    found = {}
    for name, (who, path) in PAGES.items():
        client = Client(headers={"accept-language": "fr"})
        if who:
            user = User.objects.get(name=who)
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        if "/second/" in path:
            continue
        page = client.get(path).content.decode()
        assert '<html lang="fr">' in page
        words = html.unescape(TAGS.sub("\n", MARKED_AS_ENGLISH.sub("", page)))
        lines = {" ".join(line.split()) for line in words.splitlines()}
        if left := lines & english:
            found[name] = sorted(left)
    assert found == {}
