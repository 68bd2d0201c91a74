"""Signing in by a provider's word, and every way in which somebody could speak in its name."""

import json
import time

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from palermo.accounts.models import Identity, RoleKind, User
from palermo.accounts.provider import Provider
from palermo.accounts.tests import make
from palermo.accounts.tests.make import code
from palermo.accounts.tests.provider import client_key, provider
from palermo.audit.models import Entry
from palermo.config.environment import identities

BACK = "/sign-in/identity/back/"


@pytest.fixture(scope="module")
def served():
    with provider() as known:
        yield known


@pytest.fixture
def there(served, settings):
    """The provider as it is when it tells the truth, and this installation as it is known there."""
    served.__init__()
    settings.OIDC = Provider(served.issuer, "palermo", secret="s:cret", name="My eID")
    return served


@pytest.fixture
def ana(db):
    return make.person("Ana", RoleKind.READER)


def come_back(there, client=None, path="/sign-in/identity/", **changed):
    """Go to the provider and come back with what it gives; the browser and the answer."""
    client = client or Client()
    told, asked = there.authorizes(client.get(path)["Location"])
    return client, client.get(BACK, {"code": told, "state": asked["state"], **changed})


def signed_in(client):
    return "_auth_user_id" in client.session


def test_the_first_time_a_verified_address_ties_the_account_and_afterwards_its_name_does(there, ana):
    client, answer = come_back(there)
    assert answer["Location"] == "/"
    assert client.get("/").status_code == 200
    assert Identity.objects.get().subject == "be-1"
    there.person = {"sub": "be-1"}
    assert signed_in(come_back(there)[0]), "the address may change"
    entry = Entry.objects.filter(action="accounts.sign_in").latest("seq")
    assert json.loads(entry.detail)["factors"] == ["identity"]


def test_an_account_that_is_tied_opens_for_no_other_name_with_the_same_address(there, ana):
    come_back(there)
    there.person["sub"] = "be-2"
    assert not signed_in(come_back(there)[0])
    assert Identity.objects.get().subject == "be-1"


@pytest.mark.parametrize(
    "person",
    [
        {"email": "nobody@example.org", "email_verified": True},
        {"email": "ana@example.org", "email_verified": False},
        {"email": "ana@example.org", "email_verified": "false"},
        {"email": "ana@example.org"},
        {},
    ],
)
def test_no_account_is_made_and_none_opens_for_an_address_that_is_not_verified(there, ana, person):
    there.person = {"sub": "be-9", **person}
    there.userinfo = {"sub": "be-9", **person}
    client, answer = come_back(there)
    assert answer["Location"] == "/sign-in/"
    assert not signed_in(client)
    assert (User.objects.count(), Identity.objects.count()) == (1, 0)


def test_an_address_that_only_the_providers_other_page_tells_is_taken_for_the_same_person_alone(there, ana):
    there.person = {"sub": "be-1"}
    there.userinfo = {"sub": "be-2", "email": "ana@example.org", "email_verified": True}
    assert not signed_in(come_back(there)[0])
    there.userinfo["sub"] = "be-1"
    assert signed_in(come_back(there)[0])


@pytest.mark.parametrize(
    "signs",
    ["signed_by_a_thief", "unsigned", "signed_with_the_public_key_as_a_secret", "changed_after_signing"],
)
def test_a_word_that_the_provider_did_not_sign_opens_nothing(there, ana, signs):
    there.signs = getattr(there, signs)
    assert not signed_in(come_back(there)[0])


@pytest.mark.parametrize(
    "changes",
    [
        {"nonce": "of another sign-in"},
        {"nonce": None},
        {"aud": "another client"},
        {"aud": ["palermo", "another client"], "azp": "another client"},
        {"aud": None},
        {"iss": "https://evil.example"},
        {"iss": None},
        {"exp": int(time.time()) - 120},
        {"exp": None},
        {"iat": int(time.time()) + 86_400},
        {"sub": None},
    ],
    ids=lambda changes: f"{next(iter(changes))}-{type(next(iter(changes.values()))).__name__}",
)
def test_a_word_for_another_sign_in_client_issuer_or_time_opens_nothing(there, ana, changes):
    there.changes = changes
    assert not signed_in(come_back(there)[0])


def test_the_same_provider_opens_when_it_tells_the_truth(there, ana):
    there.changes = {"aud": ["palermo"], "azp": "palermo"}
    assert signed_in(come_back(there)[0])


def test_an_answer_that_was_not_asked_for_by_this_browser_opens_nothing(there, ana):
    assert not signed_in(come_back(there, state="guessed")[0])
    assert not signed_in(come_back(there, iss="https://evil.example")[0])
    told, asked = there.authorizes(Client().get("/sign-in/identity/")["Location"])
    other = Client()
    other.get("/sign-in/identity/")
    for client in (Client(), other):
        client.get(BACK, {"code": told, "state": asked["state"]})
        assert not signed_in(client)


def test_an_answer_opens_once(there, ana):
    client = Client()
    told, asked = there.authorizes(client.get("/sign-in/identity/")["Location"])
    client.get(BACK, {"code": told, "state": asked["state"]})
    client.post("/sign-out/")
    client.get(BACK, {"code": told, "state": asked["state"]})
    assert not signed_in(client), "what was kept in the session is gone"
    _code, asked = there.authorizes(client.get("/sign-in/identity/")["Location"])
    client.get(BACK, {"code": told, "state": asked["state"]})
    assert not signed_in(client), "and the provider takes a code once"


def test_what_the_provider_refuses_is_said_and_opens_nothing(there, ana):
    client = Client()
    _told, asked = there.authorizes(client.get("/sign-in/identity/")["Location"])
    answer = client.get(BACK, {"error": "access_denied", "state": asked["state"]}, follow=True)
    assert "was not completed" in answer.content.decode()


def test_signing_in_leads_nowhere_else(there, ana):
    _client, answer = come_back(there, path="/sign-in/identity/?next=https://evil.example/")
    assert answer["Location"] == "/"
    _client, answer = come_back(there, path="/sign-in/identity/?next=/organisations/")
    assert answer["Location"] == "/organisations/"


def test_one_factor_of_the_provider_asks_for_ones_own_second_and_a_strong_one_does_not(there, ana, settings):
    make.with_authenticator(ana)
    client, answer = come_back(there)
    assert answer["Location"] == "/sign-in/second/"
    assert not Identity.objects.exists()
    client.post("/sign-in/second/", {"code": code()})
    assert signed_in(client)
    assert Identity.objects.get().user == ana
    settings.OIDC = Provider(there.issuer, "palermo", secret="s:cret", strong=("level-500",))
    assert come_back(there)[1]["Location"] == "/sign-in/second/", "it does not say how"
    there.changes = {"acr": "level-500"}
    assert come_back(there)[1]["Location"] == "/"


def test_a_strong_identity_suffices_where_a_role_asks_for_two(there, db, settings):
    settings.SECOND_FACTOR_ROLES = ("secretary",)
    make.secretary()
    client, _answer = come_back(there)
    assert client.get("/")["Location"] == "/account/set-up/"
    settings.OIDC = Provider(there.issuer, "palermo", secret="s:cret", strong=("level-500",))
    there.changes = {"acr": "level-500"}
    assert come_back(there)[0].get("/").status_code == 200


def test_a_recent_proof_can_come_from_the_provider_if_it_is_the_same_person_and_now(there, ana):
    client, _answer = come_back(there)
    session = client.session
    session["proved"] = 0
    session.save()
    asked = client.get("/sign-in/identity/?next=/organisations/list.csv")["Location"]
    assert "prompt=login" in asked
    for lie in ({"sub": "be-2"}, {"auth_time": int(time.time()) - 3600}, {"auth_time": None}):
        there.changes = lie
        come_back(there, client)
        assert client.get("/organisations/list.csv").status_code == 302, lie
    there.changes = {}
    _client, answer = come_back(there, client, "/sign-in/identity/?next=/organisations/list.csv")
    assert "url=/organisations/list.csv" in answer.content.decode()
    assert client.get("/organisations/list.csv").status_code == 200


def test_a_closed_account_opens_for_no_identity(there, ana):
    come_back(there)
    User.objects.update(is_active=False)
    assert not signed_in(come_back(there)[0])


def test_the_installation_can_prove_itself_with_a_key(there, ana, settings):
    key = client_key()
    there.client_key = key.public_key()
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption()).decode()
    settings.OIDC = Provider(there.issuer, "palermo", private_key=pem)
    assert signed_in(come_back(there)[0])
    there.client_key = client_key().public_key()
    assert not signed_in(come_back(there)[0])


def test_a_provider_that_does_not_answer_is_said(db, settings):
    settings.OIDC = Provider("http://127.0.0.1:9", "palermo", secret="x")
    assert "does not answer" in Client().get("/sign-in/identity/", follow=True).content.decode()
    settings.OIDC = Provider("http://example.org", "palermo", secret="x")
    assert "was not completed" in Client().get("/sign-in/identity/", follow=True).content.decode()


def test_without_a_provider_there_is_no_such_address_and_no_button(db):
    assert Client().get("/sign-in/identity/").status_code == 404
    assert "identity" not in Client().get("/sign-in/").content.decode()


def test_half_a_provider_is_refused_at_the_start():
    known = {"PALERMO_OIDC_ISSUER": "https://id.example", "PALERMO_OIDC_CLIENT": "palermo"}
    assert identities({}) is None
    for wrong in (known, {"PALERMO_OIDC_ISSUER": "https://id.example", "PALERMO_OIDC_SECRET": "x"}):
        with pytest.raises(ImproperlyConfigured):
            identities(wrong)
    told = identities({**known, "PALERMO_OIDC_SECRET": "x", "PALERMO_OIDC_STRONG": "a b"})
    assert (told.name, told.strong) == ("https://id.example", ("a", "b"))


def test_a_key_that_the_provider_does_not_publish_opens_nothing(there, ana, monkeypatch):
    published = there.jwks()["keys"]
    monkeypatch.setattr(there, "jwks", lambda: {"keys": [{**one, "kid": "another"} for one in published]})
    assert not signed_in(come_back(there)[0])


@pytest.mark.parametrize(
    "person", [{"sub": "\ud800"}, {"sub": "a\x00b"}, {"sub": "x" * 256}, {"sub": "b", "email": "\ud800@x.y"}]
)
def test_a_name_that_cannot_be_kept_opens_nothing(there, ana, person):
    there.person = there.userinfo = {"email": "ana@example.org", "email_verified": True} | person
    client, answer = come_back(there)
    assert (signed_in(client), answer.status_code) == (False, 302)
    assert not Identity.objects.exists()
