"""What an installation says about itself in environment variables, turned into settings."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from palermo.accounts.provider import Provider
from palermo.audit.keys import made_once


def database(home: Path, url: str) -> dict[str, Any]:
    """SQLite in the installation's folder, or the PostgreSQL that DATABASE_URL names.

    `postgresql://user:password@host:port/name?sslmode=require`; a socket's folder goes into `?host=`.
    """
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": home / "palermo.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",  # a writer waits at its beginning, not at its end
                "timeout": 30,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                    "PRAGMA recursive_triggers=ON;"  # so that REPLACE meets the trail's triggers
                ),
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ImproperlyConfigured("DATABASE_URL must begin with postgresql://")
    # Pages ask for few rows through many conditions: to compile such a query takes longer than to run it.
    options = {"options": "-c jit=off"} | dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def mail(home: Path, url: str) -> dict[str, Any]:
    """Messages into files of the installation's folder, or to the server that EMAIL_URL names.

    `smtp://user:password@host:port` or `smtps://` for TLS from the first byte.
    """
    if not url:
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": home / "mail",
        }
    parts = urlsplit(url)
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and bool(parts.username),
        "EMAIL_TIMEOUT": 20,
    }


def office_day(text: str) -> str:
    """The day on which a demonstration stands, ISO 8601; empty where none was told."""
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError as reason:
        raise ImproperlyConfigured("PALERMO_TODAY must be a day, as 2017-03-01") from reason


def doors(env: Mapping[str, str]) -> tuple[int, list[str]]:
    """How long (seconds) nobody may be there, which roles need a second factor."""
    idle = env.get("PALERMO_IDLE_MINUTES", "60")
    if not idle.isdecimal() or not int(idle):
        raise ImproperlyConfigured("PALERMO_IDLE_MINUTES must be a number of minutes, as 60")
    roles = env.get("PALERMO_SECOND_FACTOR", "secretary,administrator,validating-authority,overseer")
    return int(idle) * 60, [one for one in roles.split(",") if one]


def identities(env: Mapping[str, str]) -> Provider | None:
    """The provider of identities that PALERMO_OIDC_ISSUER names; None where it names none."""
    issuer = env.get("PALERMO_OIDC_ISSUER", "")
    if not issuer:
        return None
    client, secret = env.get("PALERMO_OIDC_CLIENT", ""), env.get("PALERMO_OIDC_SECRET", "")
    key = env.get("PALERMO_OIDC_KEY", "")
    if not client or bool(secret) == bool(key):
        raise ImproperlyConfigured(
            "PALERMO_OIDC_ISSUER needs PALERMO_OIDC_CLIENT and either PALERMO_OIDC_SECRET or PALERMO_OIDC_KEY"
        )
    return Provider(
        issuer=issuer,
        client=client,
        secret=secret,
        private_key=Path(key).read_text() if key else "",
        name=env.get("PALERMO_OIDC_NAME", "") or issuer,
        strong=tuple(env.get("PALERMO_OIDC_STRONG", "").split()),
    )


def secret_key(home: Path) -> str:
    """The installation's own key: PALERMO_SECRET_KEY, else made once and readable by its owner only."""
    if given := os.environ.get("PALERMO_SECRET_KEY"):
        return given
    return made_once(home / "secret.key", lambda: secrets.token_urlsafe(50))
