"""Who vouches for people beside us: a provider of identities, as the environment names it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Provider:
    """A provider that speaks OpenID Connect, and how this installation is known there."""

    issuer: str
    client: str
    secret: str = ""  # one of the two
    private_key: str = ""  # PEM
    name: str = ""  # on the button
    strong: tuple[str, ...] = ()  # levels (`acr`) for which it used more than one factor
    claims: str = "openid email"
