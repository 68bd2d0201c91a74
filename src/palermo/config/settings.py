"""One settings file; what differs between installations comes from the environment, safe when missing."""

from __future__ import annotations

import os
from pathlib import Path

from csp.constants import NONE, SELF

from palermo.config.environment import database, doors, identities, mail, office_day, secret_key

ENV = os.environ
HOME = Path(ENV.get("PALERMO_HOME") or Path.home() / ".local/share/palermo")
SOURCE = Path(__file__).resolve().parent.parent

# A demonstration opens sign-in by one click. The setting alone opens nothing: the database must also carry
# the mark that only `palermo demo` writes (accounts.queries.is_demonstration).
DEMONSTRATION = ENV.get("PALERMO_DEMONSTRATION") == "1"
TODAY = office_day(ENV.get("PALERMO_TODAY", "")) if DEMONSTRATION else ""  # empty: the calendar's

SECRET_KEY = secret_key(HOME)
DEBUG = False
ALLOWED_HOSTS = ENV.get("PALERMO_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [one for one in ENV.get("PALERMO_ORIGINS", "").split(",") if one]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
    "rules",
    "palermo.ui",
    "palermo.audit",
    "palermo.organisations",
    "palermo.notices",
    "palermo.accounts",
    "palermo.oversight",
    "palermo.plan",
    "palermo.referral",
    "palermo.reporting",
    "palermo.desk",
    "palermo.api",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "palermo.config.middleware.guarded_headers",
    "palermo.config.middleware.bounded",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "palermo.config.door.door",
    "palermo.config.middleware.asked",
    "palermo.config.middleware.office_day",
    "palermo.config.middleware.refusals",
]

ROOT_URLCONF = "palermo.config.urls"
WSGI_APPLICATION = "palermo.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "palermo.config.middleware.place",
            ],
            "builtins": ["palermo.ui.templatetags.written"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {"default": database(HOME, ENV.get("DATABASE_URL", ""))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "accounts:sign-in"
SESSION_ENGINE = "palermo.accounts.sessions"
SESSION_COOKIE_AGE = 8 * 60 * 60  # the longest that a session lasts
SESSION_IDLE, SECOND_FACTOR_ROLES = doors(ENV)
OIDC = identities(ENV)

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "Français"), ("nl", "Nederlands"), ("de", "Deutsch")]
LOCALE_PATHS = [SOURCE / "locale"]
USE_TZ = True
TIME_ZONE = "Europe/Brussels"

STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True  # served from the rooms themselves
WHITENOISE_AUTOREFRESH = False
FILES = HOME / "files"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

globals().update(mail(HOME, ENV.get("EMAIL_URL", "")))
DEFAULT_FROM_EMAIL = ENV.get("PALERMO_SENDER", "palermo@localhost")

SECURE = not DEMONSTRATION and ENV.get("PALERMO_INSECURE") != "1"
PROXIES = int(SECURE)  # web servers of our own before this one; the nearest says where a request comes from
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
