"""OpenID Connect: the code flow with PKCE, and what must hold before a provider's word is taken.

Loaded only where somebody signs in by it. Written from OpenID Connect Core 1.0, section 3.1.
"""

from __future__ import annotations

import base64
import hashlib
import json
import logging
import secrets
import time
from collections.abc import Mapping
from typing import Any
from urllib.error import URLError
from urllib.parse import quote, urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

import jwt

from palermo.accounts.provider import Provider
from palermo.errors import Refused, words

ALGORITHMS = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}
REQUIRED = ["iss", "sub", "aud", "exp", "iat", "nonce"]
LEEWAY = 60  # seconds by which two clocks may differ
LONGEST = 255  # signs of a name that a provider gives
LARGEST = 1024 * 1024
log = logging.getLogger(__name__)


class Untrusted(Exception):
    """Something that the provider, or somebody in its name, said does not hold."""


class Never(HTTPRedirectHandler):
    """A provider's own addresses do not lead elsewhere."""

    def redirect_request(self, *_args: Any, **_kwargs: Any) -> None:
        """Follow nothing."""


def begin(provider: Provider, back: str, *, again: bool) -> tuple[str, dict[str, str]]:
    """Where to send somebody, and what to keep until they come back; `again`: they prove themselves anew.

    Raises Refused where the provider does not answer.
    """
    kept = {name: secrets.token_urlsafe(32) for name in ("state", "nonce", "verifier")}
    asked = {
        "response_type": "code",
        "client_id": provider.client,
        "redirect_uri": back,
        "scope": provider.claims,
        "state": kept["state"],
        "nonce": kept["nonce"],
        "code_challenge": unpadded(hashlib.sha256(kept["verifier"].encode()).digest()),
        "code_challenge_method": "S256",
    }
    if provider.strong:
        asked["acr_values"] = " ".join(provider.strong)
    if again:
        asked |= {"prompt": "login", "max_age": "0"}
    address = trusted(lambda: described(provider)["authorization_endpoint"])
    return f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}", kept


def claims(
    provider: Provider, back: str, kept: Mapping[str, Any], answer: Mapping[str, str]
) -> dict[str, Any]:
    """What the provider says of whoever came back. Raises Refused unless everything about it holds."""
    return trusted(lambda: checked(provider, back, kept, answer))  # type: ignore[no-any-return]


def trusted(ask: Any) -> Any:
    """What the provider says; a refusal in our own words where it does not hold or does not come."""
    try:
        return ask()
    except (Untrusted, jwt.PyJWTError, KeyError, TypeError, ValueError) as reason:
        log.warning("an identity was refused: %s: %s", type(reason).__name__, reason)
        raise Refused(
            "identity-refused",
            words("The sign-in with this identity was not completed."),
            words("Try again, or sign in another way."),
        ) from reason
    except (URLError, OSError) as reason:
        log.warning("the provider of identities does not answer: %s", reason)
        raise Refused(
            "identity-unreachable",
            words("The service for this identity does not answer."),
            words("Try again later, or sign in another way."),
        ) from reason


def checked(
    provider: Provider, back: str, kept: Mapping[str, Any], answer: Mapping[str, str]
) -> dict[str, Any]:
    """The claims of the ID token that the code opens, and the e-mail address where the token lacks it."""
    if not secrets.compare_digest(answer.get("state", "").encode(), str(kept["state"]).encode()):
        raise Untrusted("state")
    if answer.get("iss", provider.issuer) != provider.issuer:
        raise Untrusted("another provider answered")
    known = described(provider)
    tokens = exchange(provider, known, back, str(kept["verifier"]), answer["code"])
    told = verified(provider, known, tokens["id_token"], str(kept["nonce"]))
    if kept.get("again") and told["auth_time"] < float(kept["at"]) - LEEWAY:
        raise Untrusted("an old sign-in")
    if "email" not in told and "userinfo_endpoint" in known:
        more = asked(
            known["userinfo_endpoint"], headers={"Authorization": f"Bearer {tokens['access_token']}"}
        )
        if more["sub"] != told["sub"]:
            raise Untrusted("userinfo of somebody else")
        told |= {name: more[name] for name in ("email", "email_verified") if name in more}
    for name in ("sub", "email"):
        said = str(told.get(name, ""))
        if len(said) > LONGEST or not said.isprintable():
            raise Untrusted(f"no {name}")
    return told


def verified(provider: Provider, known: Mapping[str, Any], token: str, nonce: str) -> dict[str, Any]:
    """The claims of an ID token: signed by the provider, for us, now, and for this very sign-in."""
    keys = jwt.PyJWKSet.from_dict(asked(known["jwks_uri"])).keys
    kid = jwt.get_unverified_header(token).get("kid")
    key = next((one for one in keys if kid is None or one.key_id == kid), None)
    if key is None or key.algorithm_name not in ALGORITHMS:
        raise Untrusted("no key")
    told: dict[str, Any] = jwt.decode(
        token,
        key,
        algorithms=[key.algorithm_name],
        audience=provider.client,
        issuer=provider.issuer,
        leeway=LEEWAY,
        options={"require": REQUIRED},
    )
    if not secrets.compare_digest(str(told["nonce"]).encode(), nonce.encode()):
        raise Untrusted("nonce")
    if told.get("azp", provider.client) != provider.client:
        raise Untrusted("made for another client")
    return told


def exchange(
    provider: Provider, known: Mapping[str, Any], back: str, verifier: str, code: str
) -> dict[str, Any]:
    """The tokens that a code opens, once."""
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": verifier}
    headers = {}
    if provider.private_key:
        form |= {
            "client_id": provider.client,
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion": assertion(provider, known["token_endpoint"]),
        }
    else:
        pair = f"{quote(provider.client, safe='')}:{quote(provider.secret, safe='')}"
        headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    return asked(known["token_endpoint"], headers=headers, form=form)


def assertion(provider: Provider, address: str) -> str:
    """Our own word of who we are, signed with the key that the provider knows (RFC 7523)."""
    now = int(time.time())
    told = {"iss": provider.client, "sub": provider.client, "aud": address, "iat": now, "exp": now + 60}
    algorithm = "ES256" if "EC PRIVATE" in provider.private_key else "RS256"
    return jwt.encode({**told, "jti": secrets.token_urlsafe(16)}, provider.private_key, algorithm)


def described(provider: Provider) -> dict[str, Any]:
    """What a provider says about itself."""
    found = asked(f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration")
    if found["issuer"] != provider.issuer:
        raise Untrusted("another provider describes itself there")
    return found


def asked(
    address: str, *, headers: Mapping[str, str] | None = None, form: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """What an address of the provider answers, as JSON; over HTTPS, or on this machine."""
    parts = urlsplit(address)
    if parts.scheme != "https" and not (
        parts.scheme == "http" and parts.hostname in {"127.0.0.1", "localhost"}
    ):
        raise Untrusted("not over HTTPS")
    body = urlencode(form).encode() if form else None
    request = Request(address, body, {"Accept": "application/json", **(headers or {})})  # noqa: S310 - checked
    with build_opener(Never).open(request, timeout=10) as answer:
        told = json.loads(answer.read(LARGEST))
    if not isinstance(told, dict):
        raise Untrusted("no object")
    return told


def unpadded(digest: bytes) -> str:
    """Bytes as base64url without its padding."""
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
