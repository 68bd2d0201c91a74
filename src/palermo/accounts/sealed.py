"""Secrets that have to be read again, sealed with the installation's key, which no database holds."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM


def seal(secret: bytes, whose: str) -> bytes:
    """The secret, readable only with the key and for the same owner."""
    nonce = os.urandom(12)
    return nonce + cipher().encrypt(nonce, secret, whose.encode())


def unseal(sealed: bytes, whose: str) -> bytes:
    """The secret again. Raises cryptography's InvalidTag where key, owner or content are not the same."""
    return cipher().decrypt(sealed[:12], sealed[12:], whose.encode())


def cipher() -> AESGCM:
    """AES-256-GCM under a key made from the installation's."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - most requests need none

    return AESGCM(hashlib.sha256(b"palermo.accounts.sealed:" + settings.SECRET_KEY.encode()).digest())
