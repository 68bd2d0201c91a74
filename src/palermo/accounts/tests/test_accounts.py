"""Who may come in, as what, and until when."""

import re
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.core import mail
from django.test import Client

from palermo.accounts import actions, queries
from palermo.accounts.models import Invitation, Role, RoleKind, User
from palermo.audit.action import NotPermitted
from palermo.errors import Refused
from palermo.notices.models import Message
from palermo.organisations.directory import load
from palermo.organisations.models import Organisation
from palermo.organisations.reference import store

DAY = date(2017, 3, 1)
PASSWORD = "a sentence that Ana remembers"


@pytest.fixture
def administrator(db):
    store(load())
    user = User.objects.create(email="adam@example.org", handle="adam", name="Adam")
    Role.objects.create(user=user, organisation=bureau(), kind=RoleKind.ADMINISTRATOR, since_on=DAY)
    return user


def bureau():
    return Organisation.objects.get(code="be/bureau")


@pytest.fixture
def invited(administrator, django_capture_on_commit_callbacks):
    """Ana, and the link that she received."""
    with django_capture_on_commit_callbacks(execute=True):
        user = actions.invite(
            by=administrator,
            email="ana@example.org",
            name="Ana",
            language="fr",
            organisation=bureau(),
            kind=RoleKind.SECRETARY,
            link="http://testserver/invitation/TOKEN/",
            on=DAY,
        )
    return user, path_in(mail.outbox[-1])


def path_in(message):
    return re.search(r"http://testserver(/\S+)", message.body)[1]


def set_password(path, password=PASSWORD):
    client = Client()
    return client, client.post(path, {"password": password})


def test_an_invitation_opens_once(invited):
    _user, path = invited
    client, response = set_password(path)
    assert response.status_code == 302
    assert client.get("/").status_code == 200
    assert set_password(path, "another sentence altogether")[1].status_code == 404


def test_two_who_use_one_link_at_once_do_not_both_get_in(invited):
    user, _path = invited
    known = Invitation.objects.get()
    words = {"by": user, "user": user, "invitation": known, "on": DAY}
    actions.accept_invitation(password=PASSWORD, **words)
    with pytest.raises(Refused, match="used already"):
        actions.accept_invitation(password="a thief's sentence", **words)


def test_a_link_that_was_used_closes_the_others(invited, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        Client().post("/forgotten-password/", {"email": "ana@example.org"})
    assert set_password(path_in(mail.outbox[-1]))[1].status_code == 302
    assert set_password(invited[1], "the sentence of a thief")[1].status_code == 404


def test_an_invitation_ends(invited, settings):
    _user, path = invited
    settings.TODAY = (DAY + timedelta(days=15)).isoformat()
    assert Client().get(path).status_code == 404


def test_only_the_digest_of_a_link_is_kept(invited):
    _user, path = invited
    token = path.split("/")[2]
    assert token not in Invitation.objects.get().token_digest
    assert Message.objects.get().sent_at is not None
    everything = [model.objects.values_list() for model in apps.get_models()]
    assert not any(token in str(row) for rows in everything for row in rows)


def test_no_password_stands_anywhere(invited):
    user, path = invited
    set_password(path)
    assert User.objects.get(pk=user.pk).check_password(PASSWORD)
    everything = [model.objects.values_list() for model in apps.get_models()]
    assert not any(PASSWORD in str(row) for rows in everything for row in rows)


@pytest.mark.parametrize("password", ["short", "password1234", "ana@example.org"])
def test_a_weak_password_is_refused(invited, password):
    _user, path = invited
    assert set_password(path, password)[1].status_code == 200
    assert Invitation.objects.get().accepted_on is None


def test_the_door_does_not_tell_which_of_the_two_was_wrong(invited):
    set_password(invited[1])
    answers = {
        TOKENS.sub("", Client().post("/sign-in/", {"email": email, "password": "wrong"}).content.decode())
        for email in ("ana@example.org", "nobody@example.org")
    }
    assert len({one.replace("ana@", "x@").replace("nobody@", "x@") for one in answers}) == 1


TOKENS = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')


def test_pages_speak_the_language_of_who_signed_in(invited):
    client, _response = set_password(invited[1])
    assert '<html lang="fr">' in client.get("/").content.decode()
    client.post("/account/", {"language": "en"})
    assert '<html lang="en">' in client.get("/").content.decode()


def test_a_forgotten_password_is_chosen_anew_and_closes_other_sessions(
    invited, django_capture_on_commit_callbacks
):
    before, _response = set_password(invited[1])
    with django_capture_on_commit_callbacks(execute=True):
        Client().post("/forgotten-password/", {"email": "ANA@example.org"})
    assert before.get("/").status_code == 200, "asking alone changes nothing"
    after, response = set_password(path_in(mail.outbox[-1]), "a new sentence to remember")
    assert response.status_code == 302
    assert after.get("/").status_code == 200
    assert before.get("/").status_code == 302, "the session of the old password is over"


def test_an_unknown_address_gets_the_same_answer_and_no_message(invited):
    mail.outbox.clear()
    one = Client().post("/forgotten-password/", {"email": "nobody@example.org"}, follow=True)
    other = Client().post("/forgotten-password/", {"email": "ana@example.org"}, follow=True)
    assert TOKENS.sub("", one.content.decode()) == TOKENS.sub("", other.content.decode())
    assert Invitation.objects.filter(user__email="nobody@example.org").count() == 0


def test_nobody_is_flooded_with_links(invited):
    user, _path = invited
    Invitation.objects.all().delete()
    sent = [actions.ask_password(by=user, user=user, link="http://x/TOKEN/", on=DAY) for _ in range(5)]
    assert sent == [True, True, True, False, False]


def test_nobody_asks_for_the_password_of_another(administrator, invited):
    with pytest.raises(NotPermitted):
        actions.ask_password(by=administrator, user=invited[0], link="http://x/TOKEN/", on=DAY)


def test_a_role_ends_on_its_last_day(administrator, invited, settings):
    user, _path = invited
    role = user.roles.get()
    actions.end_role(by=administrator, role=role, on=DAY)
    assert User.objects.get(pk=user.pk).holds(RoleKind.SECRETARY)
    settings.TODAY = (DAY + timedelta(days=1)).isoformat()
    assert not User.objects.get(pk=user.pk).holds(RoleKind.SECRETARY)


def test_a_role_is_held_once(administrator, invited):
    with pytest.raises(Refused, match="already"):
        actions.give_role(
            by=administrator, user=invited[0], organisation=bureau(), kind=RoleKind.SECRETARY, on=DAY
        )


def test_an_account_that_exists_is_not_invited_again(administrator, invited):
    with pytest.raises(Refused, match="account already"):
        actions.invite(
            by=administrator,
            email="Ana@Example.org",
            name="Ana",
            language="en",
            organisation=bureau(),
            kind=RoleKind.READER,
            link="",
            on=DAY,
        )


def test_the_secretary_manages_no_accounts_and_the_administrator_reads_no_plan(administrator, invited):
    user, _path = invited
    assert not user.may("accounts.manage")
    assert user.may("plan.read")
    assert administrator.may("accounts.manage")
    assert not administrator.may("plan.read")
    assert list(queries.visible_to(user)) == [user]


def test_the_administrator_invites_somebody_and_gives_and_ends_roles_on_pages(administrator):
    client = Client()
    client.force_login(administrator, backend="django.contrib.auth.backends.ModelBackend")
    office = bureau().pk
    told = {"name": "Bea", "email": "bea@example.org", "language": "fr", "organisation": office}
    assert client.post("/people/invite/", {**told, "kind": "reader"}).status_code == 302
    bea = User.objects.get(email="bea@example.org")
    client.post("/people/bea/", {"organisation": office, "kind": "contact-point"})
    assert {role.kind for role in bea.roles.all()} == {"reader", "contact-point"}
    role = bea.roles.get(kind="reader")
    assert client.post(f"/people/adam/roles/{role.pk}/end/").status_code == 404, "it is not Adam's"
    client.post(f"/people/bea/roles/{role.pk}/end/")
    assert bea.roles.get(kind="reader").until_on == DAY
