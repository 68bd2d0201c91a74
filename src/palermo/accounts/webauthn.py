"""Passkeys as browsers speak of them. Loaded only where a passkey is asked for: the engine is heavy."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

from django.http import HttpRequest
from fido2.server import Fido2Server
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialDescriptor,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialType,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from palermo.accounts.models import Passkey, User

STATE = "passkey"  # the challenge in the session: it is taken out before the answer is looked at
VERIFIED = UserVerificationRequirement.REQUIRED
# What the engine raises for an answer that no browser gives: null in place of a record, lists without end.
MALFORMED = (AttributeError, KeyError, RecursionError, TypeError, ValueError)


def server(request: HttpRequest) -> Fido2Server:
    """This installation, as a browser knows it: exactly this scheme, name and port."""
    here = f"{request.scheme}://{request.get_host()}"
    site = PublicKeyCredentialRpEntity(name="Palermo", id=urlsplit(here).hostname)
    return Fido2Server(site, verify_origin=lambda origin: origin == here)


def ask_new(request: HttpRequest, user: User) -> str:
    """What a browser needs to make a passkey for somebody, as JSON; the challenge waits in the session."""
    person = PublicKeyCredentialUserEntity(
        id=user.reference.encode(), name=user.email, display_name=user.name
    )
    options, state = server(request).register_begin(
        person,
        [descriptor(one) for one in user.passkeys.all()],
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=VERIFIED,
    )
    request.session[STATE] = state
    return json.dumps(dict(options)["publicKey"])


def made(request: HttpRequest, answer: str) -> tuple[str, bytes, int] | None:
    """The passkey that a browser made: its name, its public half, its counter; None where it is none."""
    state = request.session.pop(STATE, None)
    if state is None:
        return None
    try:
        found = server(request).register_complete(state, json.loads(answer))
    except MALFORMED:
        return None
    new = found.credential_data
    return (websafe_encode(new.credential_id), bytes(new), found.counter) if new else None


def ask(request: HttpRequest, user: User | None = None) -> str:
    """What a browser needs to sign with a passkey, of one person or of whoever sits there, as JSON."""
    theirs = [descriptor(one) for one in user.passkeys.all()] if user else None
    options, state = server(request).authenticate_begin(theirs, user_verification=VERIFIED)
    request.session[STATE] = state
    return json.dumps(dict(options)["publicKey"])


def signed(request: HttpRequest, answer: str) -> tuple[Passkey, int] | None:
    """The passkey that signed this challenge here, and its counter; None for anything else."""
    state = request.session.pop(STATE, None)
    if state is None:
        return None
    try:
        told = AuthenticationResponse.from_dict(json.loads(answer))
        known = Passkey.objects.select_related("user").filter(credential_id=told.id).first()
        if known is None or not known.user.is_active:
            return None
        server(request).authenticate_complete(state, [credential(known)], told)
    except MALFORMED:
        return None
    return known, told.response.authenticator_data.counter


def credential(passkey: Passkey) -> AttestedCredentialData:
    """The public half, as the engine reads it."""
    return AttestedCredentialData(bytes(passkey.credential))


def descriptor(passkey: Passkey) -> PublicKeyCredentialDescriptor:
    """How a browser is told which passkey is meant."""
    return PublicKeyCredentialDescriptor(
        type=PublicKeyCredentialType.PUBLIC_KEY, id=websafe_decode(passkey.credential_id)
    )
