"""What holds at the door: codes of an authenticator, recovery codes, limits; moments come in as numbers."""

from __future__ import annotations

import base64
import hmac
from collections.abc import Collection
from urllib.parse import quote, urlencode

STEP = 30  # seconds that one code of an authenticator is shown (RFC 6238)
DRIFT = 1  # steps by which the clock of a telephone may be wrong
RECOVERY_CODES = 10
WRONG_ANSWERS = 5  # within WINDOW, for one address from one place, or for one account's second factor
WINDOW = 15 * 60  # seconds for which wrong answers count
FRESH = 15 * 60  # seconds for which a proof is good for what asks for a recent one
HALF = 10 * 60  # seconds between the password and the second factor

AUTHENTICATOR, RECOVERY, PASSKEY, IDENTITY = "authenticator", "recovery-code", "passkey", "identity"
STRONG_IDENTITY = "strong-identity"  # the provider vouches that more than one factor was used
SECOND = {AUTHENTICATOR, RECOVERY, PASSKEY, STRONG_IDENTITY}


def strong(factors: Collection[str]) -> bool:
    """Whether a session was begun with more than something that is known."""
    return not SECOND.isdisjoint(factors)


def code_at(secret: bytes, step: int) -> str:
    """The six digits that an authenticator shows in one step of time (RFC 4226, 6238; SHA-1)."""
    digest = hmac.digest(secret, step.to_bytes(8, "big"), "sha1")
    start = digest[-1] & 0xF
    return f"{(int.from_bytes(digest[start : start + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06}"


def step_of(code: str, secret: bytes, at: float, used: int) -> int | None:
    """The step in which an authenticator shows this code, one step early or late allowed; None for no such.

    `used` is the last step whose code was used: neither it nor an earlier one opens again.
    """
    now = int(at // STEP)
    for step in range(max(now - DRIFT, used + 1), now + DRIFT + 1):
        if hmac.compare_digest(code_at(secret, step).encode(), code.encode()):
            return step
    return None


def plain(code: str) -> str:
    """A code as it is compared: without the blanks, hyphens and small letters in which people type it."""
    return "".join(code.split()).replace("-", "").upper()


def kind_of(code: str) -> str:
    """Which factor a typed code belongs to: digits alone are an authenticator's."""
    return AUTHENTICATOR if plain(code).isdecimal() and len(plain(code)) == 6 else RECOVERY


def recovery_code(random: bytes) -> str:
    """Ten random bytes as sixteen signs in four groups of four."""
    text = base64.b32encode(random).decode()
    return "-".join(text[place : place + 4] for place in range(0, len(text), 4))


def address_of(name: str, account: str, secret: bytes) -> str:
    """The address that an authenticator reads from a QR code."""
    told = urlencode({"secret": shown(secret), "issuer": name})
    return f"otpauth://totp/{quote(f'{name}:{account}')}?{told}"


def shown(secret: bytes) -> str:
    """A secret as it is typed into an authenticator."""
    return base64.b32encode(secret).decode().rstrip("=")


BROWSERS = (("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
    ("Mac OS", "macOS"), ("Linux", "Linux"),
)  # fmt: skip


def browser(agent: str) -> str:
    """The browser and the system that a request names, such as "Firefox, Windows"."""
    found = (next((name for sign, name in known if sign in agent), "") for known in (BROWSERS, SYSTEMS))
    return ", ".join(name for name in found if name)
