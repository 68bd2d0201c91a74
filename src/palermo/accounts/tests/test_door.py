"""What a stolen password opens, and what it does not."""

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from tests.test_permissions import DECLARED

from palermo.accounts import actions, rules
from palermo.accounts.models import Attempt, Authenticator, Passkey, RecoveryCode, RoleKind, Session
from palermo.accounts.tests import make
from palermo.accounts.tests.make import DAY, code, inside, typed
from palermo.audit.models import Entry
from palermo.audit.queries import verify_chain
from palermo.config.door import SETTING_UP
from palermo.errors import Refused

SOURCE = Path(__file__).resolve().parents[3]
NEEDED = ("secretary", "administrator", "validating-authority")


@pytest.fixture(autouse=True)
def outside_the_demonstration(settings):
    settings.SECOND_FACTOR_ROLES = NEEDED


@pytest.fixture
def ana(db):
    return make.secretary()


@pytest.fixture
def guarded(ana):
    """Ana with an authenticator."""
    return make.with_authenticator(ana)


def signed_in(client):
    return "_auth_user_id" in client.session


def told(action):
    return [json.loads(one.detail) for one in Entry.objects.filter(action=action).order_by("seq")]


def after(client, **seconds):
    """Some time passes in a session."""
    session = client.session
    for name, number in seconds.items():
        session[name] -= number
    session.save()


# The second factor


@pytest.mark.parametrize("name", sorted(set(DECLARED) - SETTING_UP))
def test_nothing_opens_for_one_factor_where_a_role_asks_for_two(ana, name):
    client = inside(ana)
    args = [
        1 if str(one).replace("-", "").isalpha() and str(one).isupper() else one
        for one in DECLARED[name].args
    ]
    for method in ("get", "post", "put", "delete"):
        answer = getattr(client, method)(reverse(name, args=args))
        assert (answer.status_code, answer.get("Location")) == (302, "/account/set-up/"), method


@pytest.mark.parametrize("kind", [RoleKind.READER, RoleKind.CONTACT_POINT])
def test_other_roles_may_have_a_second_factor_and_need_none(db, kind):
    assert inside(make.person("Rita", kind)).get("/").status_code == 200


def test_an_authenticator_is_set_up_and_opens_the_rest(ana):
    client = inside(ana)
    page = client.get("/account/authenticator/").content.decode()
    secret = bytes.fromhex(client.session["new-authenticator"])
    assert rules.shown(secret) in page
    assert "<svg" in page
    assert "style=" not in page
    assert client.post("/account/authenticator/", {"code": "000000"}).status_code == 200
    answer = client.post("/account/authenticator/", {"code": code(secret=secret)})
    assert answer["Location"] == "/account/recovery-codes/"
    assert client.get("/").status_code == 200
    assert secret not in bytes(Authenticator.objects.get().sealed_secret), "it is sealed"
    assert rules.shown(secret) not in str(told("accounts.set_authenticator"))


def test_a_password_alone_no_longer_signs_in(guarded):
    client, answer = typed(guarded)
    assert answer["Location"] == "/sign-in/second/"
    assert not signed_in(client)
    assert client.get("/")["Location"].startswith("/sign-in/")
    assert client.post("/sign-in/second/", {"code": "123"}).status_code == 200
    assert client.post("/sign-in/second/", {"code": code()})["Location"] == "/"
    assert client.get("/").status_code == 200
    assert told("accounts.sign_in")[-1]["factors"] == ["password", "authenticator"]


def test_a_code_opens_once_in_whatever_browser(guarded):
    shown = code()
    (one, _), (other, _) = typed(guarded), typed(guarded)
    one.post("/sign-in/second/", {"code": shown})
    other.post("/sign-in/second/", {"code": shown})
    assert (signed_in(one), signed_in(other)) == (True, False)


def test_who_waits_too_long_for_the_second_step_begins_again(guarded):
    client, _answer = typed(guarded)
    session = client.session
    session["half"] = {**session["half"], "at": session["half"]["at"] - rules.HALF - 1}
    session.save()
    assert client.post("/sign-in/second/", {"code": code()})["Location"] == "/sign-in/"
    assert not signed_in(client)


def test_a_link_by_e_mail_stands_for_the_password_and_not_for_the_second_factor(
    guarded, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        Client().post("/forgotten-password/", {"email": guarded.email})
    client = Client()
    answer = client.post(make.last_path(), {"password": "another sentence to keep"})
    assert answer["Location"] == "/sign-in/second/"
    assert not signed_in(client)


def test_recovery_codes_are_shown_once_kept_as_digests_and_open_once(guarded):
    client = inside(guarded)
    page = client.post("/account/recovery-codes/").content.decode()
    codes = [part.split("<")[0] for part in page.split("<li><code>")[1:]]
    assert len(set(codes)) == 10
    assert "".join(codes[0].split("-")) not in str(list(RecoveryCode.objects.values_list()))
    assert codes[0] not in client.get("/account/recovery-codes/").content.decode()
    assert codes[0] not in str(told("accounts.make_codes"))
    for signs_in in (True, False):
        browser, _answer = typed(guarded)
        browser.post("/sign-in/second/", {"code": codes[3].lower()})
        assert signed_in(browser) is signs_in
    renewed = make.codes_of(guarded)
    browser, _answer = typed(guarded)
    browser.post("/sign-in/second/", {"code": codes[4]})
    assert not signed_in(browser), "new codes make the old ones worthless"
    browser.post("/sign-in/second/", {"code": renewed[0]})
    assert signed_in(browser)


def test_the_last_factor_stays_where_a_role_asks_for_one(guarded):
    client = inside(guarded)
    client.post("/account/authenticator/remove/")
    assert Authenticator.objects.exists()
    guarded.roles.all().delete()
    client.post("/account/authenticator/remove/")
    assert not Authenticator.objects.exists()


def test_a_factor_of_another_person_is_not_there_to_be_removed(guarded):
    bea = make.person("Bea", RoleKind.READER)
    passkey = Passkey.objects.create(user=guarded, name="key", credential_id="x", credential=b"", counter=0)
    assert inside(bea).post(f"/account/passkeys/{passkey.pk}/remove/").status_code == 404
    assert inside(bea).post("/account/authenticator/remove/").status_code == 404
    assert Passkey.objects.exists()


def test_a_passkey_whose_counter_goes_back_was_copied(ana):
    passkey = Passkey.objects.create(user=ana, name="key", credential_id="x", credential=b"", counter=7)
    known = {"by": ana, "user": ana, "factors": ["passkey"], "passkey": passkey, "on": DAY}
    with pytest.raises(Refused, match="copied"):
        actions.sign_in(counter=7, **known)
    actions.sign_in(counter=8, **known)
    assert len(told("accounts.sign_in")) == 1


# Wrong answers


def test_five_wrong_passwords_lock_this_address_from_this_place_alone(ana):
    wrong = [typed(ana, "wrong")[1].content.decode() for _ in range(5)]
    assert all("do not belong together" in page for page in wrong)
    client, answer = typed(ana)
    assert "Too many wrong answers" in answer.content.decode()
    assert not signed_in(client)
    elsewhere, _answer = typed(ana, REMOTE_ADDR="192.0.2.7")
    assert signed_in(elsewhere), "nobody is locked out by a stranger elsewhere"
    assert len(told("accounts.lock_out")) == 1
    assert told("accounts.lock_out")[0]["user"] == f"accounts.user:{ana.pk}"


def test_a_locked_address_opens_again_after_a_quarter_of_an_hour(ana):
    for _ in range(7):
        typed(ana, "wrong")
    Attempt.objects.update(at=Attempt.objects.latest("at").at - timedelta(seconds=rules.WINDOW + 1))
    assert signed_in(typed(ana)[0])


def test_a_right_password_forgets_the_wrong_ones(ana):
    for _ in range(4):
        typed(ana, "wrong")
    assert signed_in(typed(ana)[0])
    assert not Attempt.objects.exists()


def test_known_and_unknown_addresses_get_the_same_answers_and_leave_the_same_traces(ana):
    pages = {}
    for email in (ana.email, "nobody@example.org"):
        answers = [typed(email, "wrong")[1] for _ in range(7)]
        pages[email] = [one.context["form"].non_field_errors() for one in answers]
        assert {one.status_code for one in answers} == {200}
    assert pages[ana.email] == pages["nobody@example.org"]
    assert len(told("accounts.lock_out")) == 2
    assert "nobody@example.org" not in str(list(Entry.objects.values_list("detail", "actor_name", "record")))
    assert "example.org" not in str(list(Attempt.objects.values_list("digest", flat=True)))


def test_what_a_browser_claims_about_where_it_is_opens_no_lock(ana, settings):
    settings.PROXIES = 1
    for number in range(6):
        _client, answer = typed(
            ana, "wrong", headers={"x-forwarded-for": f"203.0.113.{number}, 198.51.100.4"}
        )
    assert "Too many wrong answers" in answer.content.decode()


def test_a_second_factor_is_guessed_five_times_from_all_places_together(guarded):
    for number in range(6):
        client, _answer = typed(guarded, REMOTE_ADDR=f"192.0.2.{number}")
        client.post("/sign-in/second/", {"code": "000000"})
    client, _answer = typed(guarded)
    client.post("/sign-in/second/", {"code": code()})
    assert not signed_in(client)
    assert len(told("accounts.lock_out")) == 1


def test_eighty_guesses_at_once_are_five_tries(tmp_path):
    known = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    run = subprocess.run(
        [sys.executable, "-m", "palermo.accounts.tests.guesses"],
        env={**known, "PALERMO_HOME": str(tmp_path), "PYTHONPATH": str(SOURCE)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    tried, standing = map(int, run.stdout.split())
    assert 0 < tried <= rules.WRONG_ANSWERS
    assert standing == rules.WRONG_ANSWERS


# A recent proof


EXPORTS = ["/organisations/list.xlsx", "/organisations/list.csv", "/plans/list.csv"]


@pytest.mark.parametrize("path", EXPORTS)
def test_a_list_leaves_only_after_a_recent_proof_and_then_at_once(guarded, path):
    client = inside(guarded)
    assert client.get(path).status_code == 200
    after(client, proved=rules.FRESH + 1)
    answer = client.get(path, headers={"referer": "http://testserver/organisations/"})
    assert answer["Location"].startswith("/account/confirm/?next=")
    page = client.get(answer["Location"])
    told_so = {name: page.context[name] for name in ("next", "back")}
    assert client.post("/account/confirm/", {**told_so, "code": "000000"}).status_code == 200
    assert client.get(path).status_code == 302, "a wrong code proves nothing"
    done = client.post("/account/confirm/", {**told_so, "code": code()}).content.decode()
    assert f'content="0; url={path}"' in done
    assert 'href="http://testserver/organisations/"' in done
    assert client.get(path).status_code == 200
    assert told("accounts.prove")[-1]["factors"] == ["authenticator"]


def test_whoever_has_a_password_alone_proves_it_with_the_password(db):
    client = inside(make.person("Rita", RoleKind.READER))
    after(client, proved=rules.FRESH + 1)
    assert client.get(EXPORTS[0]).status_code == 302
    client.post("/account/confirm/", {"password": "wrong"})
    assert client.get(EXPORTS[0]).status_code == 302
    client.post("/account/confirm/", {"password": make.PASSWORD})
    assert client.get(EXPORTS[0]).status_code == 200


@pytest.mark.parametrize("path", ["/people/invite/", "/people/bea/", "/people/nobody/"])
def test_whoever_manages_no_accounts_is_asked_for_no_proof_of_what_is_not_there_for_them(db, path):
    make.person("Bea", RoleKind.READER)
    client = inside(make.person("Rita", RoleKind.READER))
    after(client, proved=rules.FRESH + 1)
    assert [client.get(path).status_code, client.post(path).status_code] == [404, 404]


def test_a_password_proves_nothing_once_there_is_a_second_factor(guarded):
    client = inside(guarded)
    after(client, proved=rules.FRESH + 1)
    client.post("/account/confirm/", {"password": make.PASSWORD})
    assert client.get(EXPORTS[0]).status_code == 302


@pytest.mark.parametrize(
    "path",
    ["/account/passkeys/new/", "/account/authenticator/", "/account/recovery-codes/", "/people/invite/",
     "/people/bea/"],
)  # fmt: skip
def test_factors_and_roles_are_changed_only_after_a_recent_proof(db, path):
    make.person("Bea", RoleKind.READER)
    client = inside(make.with_authenticator(make.administrator()))
    after(client, proved=rules.FRESH + 1)
    for method in (client.get, client.post):
        assert method(path)["Location"].startswith("/account/confirm/")


@pytest.mark.parametrize(
    "next", ["https://evil.example/", "//evil.example/", "/\\evil.example", "x", "?x", "#a", "sign-in", "x/y"]
)
def test_signing_in_with_a_password_leads_nowhere_else(ana, next):
    answer = Client().post("/sign-in/", {"email": ana.email, "password": make.PASSWORD, "next": next})
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_a_proof_leads_nowhere_else(guarded):
    client = inside(guarded)
    done = client.post(
        "/account/confirm/", {"code": code(), "next": "https://evil.example/", "back": "//evil.example"}
    )
    assert "evil" not in done.content.decode()


# Sessions


def test_my_sessions_are_shown_and_ended_one_by_one_or_together(guarded):
    here = inside(guarded)
    Authenticator.objects.update(last_step=1)
    there = inside(guarded)
    page = here.get("/account/").content.decode()
    assert page.count("Firefox, Windows") >= 2
    assert here.session.session_key not in page
    other = next(one for one in here.get("/account/").context["sessions"] if not one.here)
    here.post(f"/account/sessions/{other.mark}/end/")
    assert there.get("/").status_code == 302
    assert here.get("/").status_code == 200
    assert here.post(f"/account/sessions/{other.mark}/end/").status_code == 404
    assert here.session.session_key not in str(told("accounts.end_sessions"))


def test_nobody_ends_the_session_of_another(guarded):
    mine = inside(guarded)
    mark = mine.get("/account/").context["sessions"][0].mark
    assert (
        inside(make.person("Bea", RoleKind.READER)).post(f"/account/sessions/{mark}/end/").status_code == 404
    )
    assert mine.get("/").status_code == 200


@pytest.mark.parametrize("how", ["password", "factor", "closed", "administrator"])
def test_a_session_is_over_with_what_it_was_begun_with(guarded, how, django_capture_on_commit_callbacks):
    client = inside(guarded)
    admin = inside(make.with_authenticator(make.administrator()))
    if how == "password":
        with django_capture_on_commit_callbacks(execute=True):
            Client().post("/forgotten-password/", {"email": guarded.email})
        Client().post(make.last_path(), {"password": "another sentence to keep"})
    else:
        path = {"factor": "factors/remove", "closed": "close", "administrator": "sessions/end"}[how]
        assert admin.post(f"/people/ana/{path}/")["Location"] == "/people/ana/"
    assert client.get("/")["Location"].startswith("/sign-in/")
    assert not Session.objects.filter(user=guarded).exists()
    assert verify_chain().broken_at is None


def test_a_new_factor_ends_the_other_sessions_and_is_told_by_e_mail(
    guarded, django_capture_on_commit_callbacks
):
    elsewhere = inside(guarded)
    Authenticator.objects.update(last_step=1)
    here = inside(guarded)
    here.get("/account/authenticator/")
    secret = bytes.fromhex(here.session["new-authenticator"])
    with django_capture_on_commit_callbacks(execute=True):
        here.post("/account/authenticator/", {"code": code(secret=secret)})
    assert here.get("/").status_code == 200
    assert elsewhere.get("/").status_code == 302
    assert mail.outbox[-1].to == [guarded.email]


@pytest.mark.parametrize(("begun", "seen"), [(0, 3601), (8 * 3600 + 1, 0)])
def test_a_session_ends_when_nobody_is_there_and_at_the_end_of_the_day(guarded, begun, seen):
    client = inside(guarded)
    after(client, begun=begun, seen=seen)
    assert client.get("/")["Location"].startswith("/sign-in/")
    assert not signed_in(client)


def test_the_key_of_a_session_changes_at_every_step(guarded):
    client = Client()
    client.get("/sign-in/passkey/")
    keys = [client.session.session_key]
    typed(guarded, client=client)
    keys.append(client.session.session_key)
    client.post("/sign-in/second/", {"code": code()})
    keys.append(client.session.session_key)
    assert signed_in(client)
    assert len(set(keys)) == 3


# Accounts that are closed


def test_a_closed_account_opens_by_no_way_until_it_is_opened_again(guarded):
    admin = inside(make.with_authenticator(make.administrator()))
    admin.post("/people/ana/close/")
    assert typed(guarded)[1].status_code == 200
    assert admin.post("/people/adam/close/", headers={"referer": "http://testserver/people/adam/"})
    admin.post("/people/ana/close/")
    assert typed(guarded)[1]["Location"] == "/sign-in/second/"
    assert [one.action for one in Entry.objects.order_by("seq") if "account" in one.action.split(".")[1]] == [
        "accounts.close_account",
        "accounts.reopen_account",
    ], "nobody closes their own"


def test_lost_factors_are_taken_away_by_an_administrator_and_set_up_anew(guarded):
    assert inside(make.with_authenticator(make.administrator())).post("/people/ana/factors/remove/")
    client, answer = typed(guarded)
    assert answer["Location"] == "/"
    assert client.get("/")["Location"] == "/account/set-up/"


@pytest.mark.parametrize(
    "answer", ["null", "[]", "[" * 15_000, "1", "{}", '{"id": "eA", "rawId": "eA", "response": null}']
)
def test_an_answer_that_no_passkey_gives_opens_nothing(db, answer):
    client = Client()
    assert client.get("/sign-in/passkey/").status_code == 200
    assert client.post("/sign-in/passkey/", {"answer": answer}).status_code == 200
