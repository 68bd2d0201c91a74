"""An office and its people, with the factors that they sign in with."""

import re
from datetime import date

from django.core import mail
from django.test import Client

from palermo.accounts import actions
from palermo.accounts.models import Authenticator, Role, RoleKind, User
from palermo.accounts.presence import now
from palermo.accounts.rules import STEP, code_at
from palermo.accounts.sealed import seal
from palermo.organisations.directory import load
from palermo.organisations.models import Organisation
from palermo.organisations.reference import store

DAY = date(2017, 3, 1)
PASSWORD = "a sentence that Ana remembers"
SECRET = b"12345678901234567890"  # of the examples in RFC 4226 and RFC 6238


def person(name, *kinds):
    """Somebody with a password and roles within the Bureau."""
    if not Organisation.objects.exists():
        store(load())
    handle = name.lower()
    user = User(email=f"{handle}@example.org", handle=handle, name=name)
    user.set_password(PASSWORD)
    user.save()
    for kind in kinds:
        office = Organisation.objects.get(code="be/bureau")
        Role.objects.create(user=user, organisation=office, kind=kind, since_on=DAY)
    return user


def secretary():
    return person("Ana", RoleKind.SECRETARY)


def administrator():
    return person("Adam", RoleKind.ADMINISTRATOR)


def with_authenticator(user):
    """Give somebody the authenticator of the RFCs, set up some steps ago."""
    told = {"sealed_secret": seal(SECRET, user.reference), "last_step": 1}
    Authenticator.objects.update_or_create(user=user, defaults=told)
    return user


def code(steps=0, secret=SECRET):
    """The code that the authenticator shows now, or some steps earlier or later."""
    return code_at(secret, int(now() // STEP) + steps)


def typed(user, password=PASSWORD, client=None, **headers):
    """A browser that has sent an address and a password, and the answer."""
    client = client or Client(headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"})
    email = user if isinstance(user, str) else user.email
    return client, client.post("/sign-in/", {"email": email, "password": password}, **headers)


def inside(user):
    """A browser in which somebody is signed in, with the second factor if they have one."""
    client, response = typed(user)
    if response["Location"] == "/sign-in/second/":
        # the code before this one, so that a test can still use the code of now
        assert client.post("/sign-in/second/", {"code": code(-1)}).status_code == 302
    assert client.session["_auth_user_id"] == str(user.pk)
    return client


def codes_of(user):
    return actions.make_codes(by=user, user=user, on=DAY)


def path_in(message):
    return re.search(r"http://testserver(/\S+)", message.body)[1]


def last_path():
    return path_in(mail.outbox[-1])
