"""A storm of requests: what people, programs and attackers might send, and what must hold for every answer.

Whatever is sent is drawn from one chance, so that a seed makes the same storm again.
"""

import io
import re
import zipfile
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit

from django.conf import settings
from django.db import transaction
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import Resolver404, resolve, reverse
from tests.drills.hostile import BODIES, DAYS, HEADERS, HUGE, KNOWN, MARK, ODD, TYPES, file
from tests.test_permissions import (
    ADMINISTRATOR,
    ASKED,
    ASKED_SIGNS,
    DECLARED,
    EVERYBODY,
    METHODS,
    NOBODY,
    OTHER,
    OTHER_SIGNS,
    OVERSEER,
    READING,
    SECRETARY,
    WRITING,
)

from palermo.accounts import presence
from palermo.config.wsgi import plain

WRITERS = {SECRETARY, ASKED, ADMINISTRATOR, OVERSEER, NOBODY}  # whose pages hold every form
TWINS = {ASKED: OTHER, OTHER: ASKED, ASKED_SIGNS: OTHER_SIGNS, OTHER_SIGNS: ASKED_SIGNS}
GUARDS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=()",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'",
    "Cache-Control": "",
}


class Forms(HTMLParser):
    """The forms of a page with what can be chosen in them, and the questions of its links."""

    def __init__(self, page, path):
        super().__init__()
        self.path, self.forms, self.links = path, [], set()
        self.fields = self.choices = None
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        known = dict(attributes)
        if tag == "a":
            self.links.add(known.get("href") or "")
        elif tag == "form" and (known.get("method") or "").lower() == "post":
            self.fields = defaultdict(list)
            self.forms.append((known.get("action") or self.path, self.fields))
        elif (
            self.fields is not None and tag in {"input", "select", "textarea", "button"} and known.get("name")
        ):
            self.choices = self.fields[known["name"]]
            if tag != "select":
                self.choices.append("FILE" if known.get("type") == "file" else known.get("value") or "words")
        elif tag == "option" and self.choices is not None:
            self.choices.append(known.get("value") or "")

    def handle_endtag(self, tag):
        if tag == "form":
            self.fields = self.choices = None


@dataclass
class Asked:
    """One request: whose, what, and whether its address is one that exists as it was declared."""

    name: str
    person: str
    method: str
    path: str
    real: bool
    headers: dict = field(default_factory=dict)
    body: bytes = b""
    content_type: str = ""
    guarded: bool = False  # as a browser: without the token of a form it is refused

    def __str__(self):
        told = f"{self.method} {self.path[:300]!r} by {self.person}, {self.headers}"
        return f"{told} {self.content_type} {self.body[:600]!r}"


class Storm:
    """An office under requests; what went wrong is in `faults`, what was answered in `answers`."""

    def __init__(self, people, numbers, canaries, chance):
        self.chance, self.canaries, self.numbers = chance, canaries, numbers
        self.cookies = {person: signed_in(user) for person, user in people.items()}
        self.args = {
            name: [str(numbers.get(one, one)) for one in told.args] for name, told in DECLARED.items()
        }
        self.paths = {name: reverse(name, args=args) for name, args in self.args.items()}
        self.real = sorted({one for args in self.args.values() for one in args})
        self.keys = []  # of what people may do, in turn
        self.faults, self.answers, self.reached = defaultdict(list), Counter(), set()
        self.forms, self.questions = defaultdict(list), defaultdict(list)
        for name, told in DECLARED.items():
            for person in sorted(WRITERS & (told.looks or set())):
                self.read(name, person)

    def read(self, name, person):
        """Learn from a page, as its reader, what can be sent from it."""
        page = self.client(person).get(self.paths[name])
        if not page.get("Content-Type", "").startswith("text/html"):
            return
        found = Forms(page.content.decode(), self.paths[name])
        for path, fields in found.forms:
            if (aim := aimed(path)) and fields:
                self.forms[aim].append((path, dict(fields)))
        for link in sorted(found.links):
            aim = aimed(link)
            if aim and "?" in link:
                self.questions[aim].append(urlsplit(link).query)

    def client(self, person, *, guarded=False):
        """A browser of somebody who signed in before; the trace of an error goes to its answer."""
        client = Browser(raise_request_exception=False, enforce_csrf_checks=guarded)
        if person in self.cookies:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.cookies[person]
        return client

    def blow(self, count, *, wandering):
        """Every address, person and method in turn, each time with something else, and among them
        sequences of what people may do, in which a request finds what those before it changed."""
        every = [(name, one, method) for name in DECLARED for one in sorted(EVERYBODY) for method in METHODS]
        known = defaultdict(list)
        for name, one, method in every:
            if one in (allowed(name, method) or ()):
                known[name, method].append(one)
        # Accounts stay as they are declared, so that the matrix holds in a sequence too.
        inside = {one: people for one, people in known.items() if not one[0].startswith("accounts:")}
        turn = []
        while count > 0:
            with transaction.atomic():
                for _number in range(wandering):
                    self.sent(replace(self.asked(*self.deep(inside)), real=False), still=False)
                transaction.set_rollback(True)
            for _number in range(6 * wandering):
                turn = turn or self.chance.sample(every, len(every))
                self.sent(self.asked(*turn.pop()))
            for _number in range(wandering):
                self.sent(self.asked(*self.deep(known)))
            count -= 8 * wandering

    def deep(self, known):
        """One of what people may do, an address as likely as another."""
        self.keys = self.keys or self.chance.sample(list(known), len(known))
        name, method = self.keys.pop()
        if (name, method) not in known:
            return self.deep(known)
        return name, self.chance.choice(known[name, method]), method

    def asked(self, name, person, method):
        """A request to an address: often as a page would send it, often not."""
        path, real = self.paths[name], True
        data = dict(DECLARED[name].data)
        if method == "POST" and self.forms[name] and self.chance.random() < 0.85:
            path, fields = self.chance.choice(self.forms[name])
            data = {key: self.value(key, choices) for key, choices in fields.items()}
            data |= dict(DECLARED[name].data) if self.chance.random() < 0.3 else {}
            real = path == self.paths[name]
        if self.args[name] and self.chance.random() < 0.4:
            path, real = self.twisted(name), False
        path, _, known = path.partition("?")
        made = Asked(name, person, method, path, real)
        question = self.question(name, data if method in READING else {})
        made.path += f"?{known or question}" if known or question else ""
        if method not in READING:
            made.body, made.content_type = self.body(data)
        if self.chance.random() < 0.3:
            for header in self.chance.sample(sorted(HEADERS), self.chance.randint(1, 3)):
                made.headers[header] = self.chance.choice(HEADERS[header])
        made.guarded = self.chance.random() < 0.03
        return made

    def twisted(self, name):
        """The address with another argument: another's, or one that nobody has."""
        path, start = self.paths[name], 0
        chosen = self.chance.randrange(len(self.args[name]))
        for number, one in enumerate(self.args[name]):
            found = re.compile(rf"(?<=[/.]){re.escape(one)}(?=[/.]|$)").search(path, start)
            if number == chosen:
                return path[: found.start()] + self.argument(one) + path[found.end() :]
            start = found.end()
        return path

    def argument(self, one):
        """What stands in an address instead of an argument."""
        if self.chance.random() < 0.45:
            return quote(self.chance.choice(self.real), safe="")
        if one.isdecimal() and self.chance.random() < 0.6:
            return self.chance.choice([str(self.chance.randint(0, 12)), *HUGE])
        if self.chance.random() < 0.2:
            return one.swapcase() + self.chance.choice(
                ["", "%00", "%20", "%2f", "%2e%2e", "-", "%ff", "9" * 30]
            )
        return quote(self.chance.choice(ODD), safe="" if self.chance.random() < 0.8 else "/.")

    def question(self, name, data):
        """What is asked after the address: as its links ask, by names that pages know, or anything."""
        chance = self.chance.random()
        if chance < 0.45:
            return urlencode(data)
        pairs = list(data.items())
        if chance < 0.75 and self.questions[name]:
            pairs += parse_qsl(self.chance.choice(self.questions[name]))
        else:
            pairs += [
                (one, self.known(one))
                for one in self.chance.choices(sorted(KNOWN), k=self.chance.randint(1, 3))
            ]
        if pairs and self.chance.random() < 0.4:
            key, _value = pairs.pop(self.chance.randrange(len(pairs)))
            pairs.append((key, self.known(key)))
        if self.chance.random() < 0.01:
            pairs = [("a", one) for one in range(1200)]
        return urlencode(pairs) + self.chance.choice(["", "", "", "", "", "&%ff=%00", "&=&&", f"&{MARK}"])

    def known(self, name):
        """A value for a name: a good one, or any."""
        return self.chance.choice(KNOWN.get(name, ODD) if self.chance.random() < 0.6 else ODD)

    def value(self, key, choices):
        """A value for a field of a form: mostly what can be chosen or typed there."""
        chance = self.chance.random()
        if "FILE" in choices:
            return file(self.chance) if chance < 0.8 else self.chance.choice(ODD)
        if chance < 0.7:
            return self.chance.choice(choices or ["words"])
        if chance < 0.8:
            return self.chance.choice([*DAYS, *self.real])
        if chance < 0.87:
            return [self.chance.choice([*choices, *ODD]) for _twice in range(2)]
        return self.chance.choice(ODD)

    def body(self, data):
        """What is sent: mostly a form, with a field too few or too many."""
        if self.chance.random() < 0.12:
            return self.chance.choice(BODIES), self.chance.choice([MULTIPART_CONTENT, *TYPES])
        data = dict(data)
        if data and self.chance.random() < 0.2:
            data.pop(self.chance.choice(sorted(data)))
        if self.chance.random() < 0.2:
            name = self.chance.choice([*sorted(KNOWN), "draft", "confirm", "ask", MARK, "__proto__", "a\x00"])
            data[name] = self.known(name)
        if self.chance.random() < 0.05:
            return encode_multipart(BOUNDARY, data), self.chance.choice(TYPES)
        return encode_multipart(BOUNDARY, data), MULTIPART_CONTENT

    def sent(self, asked, *, still=True):
        """Send a request; keep nothing of it where the office is to stay as it is."""
        client = self.client(asked.person, guarded=asked.guarded)
        headers = dict(asked.headers)
        more = {"CONTENT_LENGTH": headers.pop("Content-Length")} if "Content-Length" in headers else {}
        headers = {name: value.encode().decode("latin-1") for name, value in headers.items()}
        if "Cookie" in headers:
            more["HTTP_COOKIE"] = headers.pop("Cookie")
        with transaction.atomic():
            response = client.generic(
                asked.method, asked.path, asked.body, asked.content_type, headers=headers, **more
            )
            content = response.getvalue()
            transaction.set_rollback(still)
        person = NOBODY if "HTTP_COOKIE" in more else asked.person
        for fault in self.wrong(asked, person, response, content, still=still):
            self.faults[fault].append(str(asked))
        self.answers[response.status_code] += 1
        if response.status_code in {200, 302}:
            self.reached.add((asked.name, asked.method))

    def wrong(self, asked, person, response, content, *, still):
        """Everything about an answer that may not be."""
        if response.status_code >= 500:
            yield f"{response.status_code}: {cause(response)}"
        if b"Traceback (most recent call last)" in content:
            yield f"a traceback from {asked.name}"
        if forbidden(asked, person) and not refused(response):
            yield f"{person} may {asked.method} {asked.name}: {response.status_code}"
        yield from (f"{name} is missing from a {response.status_code}" for name in unguarded(response))
        target = response.get("Location", "/")
        if response.has_header("Location") and not at_home(target):
            yield f"{asked.name} leads to {target[:60]}"
        for name, cookie in response.cookies.items():
            if cookie.value and not (cookie["httponly"] and cookie["samesite"] == "Lax"):
                yield f"the cookie {name} can be read by a script"
        if response.get("Content-Type", "").startswith("text/html") and MARK.encode() in content:
            yield f"{asked.name} shows what was typed as HTML"
        yield from self.leaks(asked, person, response, content, still=still)

    def leaks(self, asked, person, response, content, *, still):
        """The words of others that an answer holds."""
        readable = unpacked(content)
        for word, told in self.canaries.items():
            if word.encode() in readable and person not in told and (still or word == "zqaddress"):
                yield f"{person} reads {word} from {asked.name}"


class Browser(Client):
    """A browser whose requests pass the web server's door, as they do outside of tests."""

    def _base_environ(self, **request):
        environ = super()._base_environ(**request)
        return environ | {"CONTENT_TYPE": plain(environ.get("CONTENT_TYPE", ""))}


def signed_in(user):
    """The session of somebody."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session  # a proof that lasts as long as the storm
    session["proved"] = presence.now() + settings.SESSION_COOKIE_AGE
    session.save()
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def aimed(path):
    """The name of the address that a path leads to."""
    try:
        name = resolve(urlsplit(path).path).view_name
    except Resolver404:
        return None
    return name if name in DECLARED else None


def allowed(name, method):
    """Who may do this with the address as it was declared; None where it does not know the method."""
    address = DECLARED[name]
    return address.looks if method in READING else address.acts if method in WRITING else None


def forbidden(asked, person):
    """Whether this address is closed to this person whatever its arguments: by the declared matrix."""
    address = DECLARED[asked.name]
    may = allowed(asked.name, asked.method) or set()
    if person == NOBODY and not address.open_to_all:
        return True
    if asked.real:
        return person not in may
    return not {person, TWINS.get(person, person)} & may


def refused(response):
    """Whether an answer says that nothing is here, or not without a slash, or that one has to sign in."""
    to = response.get("Location", "")
    return response.status_code in {400, 401, 403, 404, 405, 413, 422} or (
        (response.status_code == 302 and to.startswith("/sign-in/?next="))
        or (response.status_code == 301 and unquote(urlsplit(to).path) == response.request["PATH_INFO"] + "/")
    )


def unguarded(response):
    """The guarding headers that an answer lacks."""
    return [
        name for name, value in GUARDS.items() if value not in response.get(name, "") or name not in response
    ]


def at_home(target):
    """Whether a browser that follows this stays on this site."""
    target = re.sub(r"[\t\r\n]", "", target).strip().replace("\\", "/")
    led = urlsplit(urljoin("http://testserver/", target))
    return (led.scheme, led.netloc) == ("http", "testserver")


def unpacked(content):
    """What an answer holds, packed files opened."""
    if not content.startswith(b"PK\x03\x04"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return b"".join(packed.read(one) for one in packed.namelist())


def cause(response):
    """The error behind an answer, and the place where it came up."""
    kind, error, trace = getattr(response, "exc_info", None) or (None, None, None)
    places = ["?"]
    while trace:
        places.append(f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}")
        trace = trace.tb_next
    ours = [one for one in places if "/palermo/" in one and "/config/" not in one]
    return f"{getattr(kind, '__name__', 'unknown')}({str(error)[:120]}) {(ours or places)[-1]} {places[-1]}"
