"""Who oversees sees who did what, and no word of what was written."""

from datetime import date
from importlib import import_module
from importlib.util import find_spec

import pytest
from django.apps import apps
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile

from palermo.accounts.actions import give_role
from palermo.accounts.models import Role, RoleKind
from palermo.audit.action import ACTIONS
from palermo.audit.models import Entry
from palermo.audit.queries import signed_checkpoint
from palermo.audit.tests.test_checkpoints import cut
from palermo.errors import Refused
from palermo.oversight import actions, queries
from palermo.oversight.models import SentCheckpoint, Walk
from palermo.oversight.templatetags.oversight import DEEDS
from palermo.plan import actions as plan_actions
from palermo.plan.actions import Answer
from palermo.plan.tests import make

CANARY = "Zeldzaamwoord"
DAY = make.DAY


@pytest.fixture
def office(db, tmp_path, settings):
    """An office in which something was written that nobody who oversees may read."""
    settings.HOME = tmp_path
    plan = make.accepted_plan()
    contact = make.contact("fps-foreign-affairs")
    opened = make.opened(plan)
    question = make.question(opened, "M01", "fps-foreign-affairs")
    told = Answer("limited", f"{CANARY} was informed.", "en", f"{CANARY}.")
    plan_actions.contribute(by=contact, question=question, answer=told, on=DAY)
    return plan


@pytest.fixture
def overseer(office):
    return make.person("Odile", "bureau", RoleKind.OVERSEER)


@pytest.fixture
def page(client, overseer):
    client.force_login(overseer)
    return client


PAGES = ["/oversight/", "/oversight/compare/", "/oversight/checkpoint.json", "/oversight/trail.jsonl"]


@pytest.mark.parametrize("path", PAGES)
def test_no_word_that_was_written_is_shown_or_given(page, path):
    response = page.get(path)
    content = response.getvalue().decode()
    assert response.status_code == 200
    assert CANARY not in content
    assert Entry.objects.filter(detail__contains=CANARY).exists(), "the trail itself knows the word"


def test_the_page_says_who_did_what_how_often_and_when(page, overseer):
    found = queries.deeds(overseer, DAY, DAY)
    assert ("plan.contribute", 1) in {(one.action, one.times) for one in found}
    shown = page.get(f"/oversight/?since={DAY}&until={DAY}").content.decode()
    assert "answered a question" in shown
    before = page.get("/oversight/?since=2001-01-01&until=2001-02-01").content.decode()
    assert "answered a question" not in before


def test_the_days_stand_in_their_fields_in_every_language(page, overseer):
    for language in ("en", "fr", "nl", "de"):
        page.cookies["django_language"] = language
        assert f'value="{DAY}"' in page.get("/oversight/").content.decode(), language


def test_a_role_that_somebody_gave_to_themselves_stands_out(page, overseer):
    administrator = make.administrator()
    organisation = make.organisation("bureau")
    give_role(
        by=administrator, user=administrator, organisation=organisation, kind=RoleKind.SECRETARY, on=DAY
    )
    power = queries.powers(overseer)[0]
    assert (power.to_oneself, power.kind, power.whom) == (True, "secretary", administrator)
    assert "to oneself" in page.get("/oversight/").content.decode()


def test_a_walk_is_kept_with_what_it_found(page):
    page.post("/oversight/walk/")
    walk = Walk.objects.get()
    assert (walk.entries, walk.broken_at) == (Entry.objects.count() - 1, None)


def test_a_checkpoint_goes_to_everybody_who_oversees_and_finds_a_cut_tail(
    page, overseer, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        page.post("/oversight/send/")
    sent = mail.outbox[-1]
    name, content, media = sent.attachments[0]
    assert (sent.to, media) == ([overseer.email], "application/json")
    kept = SentCheckpoint.objects.get()
    assert name == f"{kept.entries}.json"
    same = page.post("/oversight/compare/", {"file": SimpleUploadedFile(name, content.encode())})
    assert "They agree" in same.content.decode()
    cut(kept.entries - 2)
    other = page.post("/oversight/compare/", {"file": SimpleUploadedFile(name, content.encode())})
    assert "The trail was cut" in other.content.decode()


def test_a_file_that_is_no_checkpoint_is_refused_beside_its_field(page):
    response = page.post("/oversight/compare/", {"file": SimpleUploadedFile("x.json", b"\xff\x00{")})
    assert "This is no checkpoint" in response.content.decode()


def test_no_checkpoint_is_sent_where_nobody_oversees(office):
    with pytest.raises(Refused) as refused:
        actions.send_checkpoint(by=make.administrator(), link="https://office.example/", on=DAY)
    assert refused.value.code == "nobody-oversees"


def test_somebody_who_oversaw_until_yesterday_oversees_nothing(client, overseer):
    Role.objects.filter(user=overseer).update(since_on=date(2014, 1, 1), until_on=date(2016, 1, 1))
    client.force_login(overseer)
    assert client.get("/oversight/").status_code == 404
    assert signed_checkpoint(), "the trail stands"


def test_whatever_can_be_done_has_its_words():
    for room in apps.get_app_configs():
        if find_spec(f"{room.name}.actions") and room.name.startswith("palermo."):
            import_module(f"{room.name}.actions")
    done = {name for name, one in ACTIONS.items() if ".tests." not in one.__module__} | {"accounts.found"}
    assert done == set(DEEDS)
