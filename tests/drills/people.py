"""People at their browsers: they sign in with a password, read pages and send what they write.

They stand where the web server of an office stands that takes HTTPS from them: the installation serves as in
production, with secure cookies and everything that is checked there.
"""

import html
import http.client
import re
import time
import uuid
from dataclasses import dataclass

SECONDS = 60  # until somebody gives up waiting
KEPT = 4  # seconds for which a connection is used again: the server closes it when it is idle for long
LOST = (OSError, http.client.HTTPException)  # what a person sees of a server that is gone
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
AFTER = re.compile(r'name="after" value="(\d+)"')


@dataclass(frozen=True)
class Page:
    """What came back, and after how many seconds."""

    status: int
    text: str
    to: str
    took: float


class Person:
    """Somebody with an address, a password and a browser."""

    def __init__(self, port, email, password, place=1):
        self.port, self.email, self.password = port, email, password
        self.near = f"10.0.{place // 250}.{place % 250 + 1}"
        self.cookies, self.wire, self.at, self.last = {}, None, "/", 0.0

    def ask(self, method, path, body=None, kind=None):
        """One request. Raises what LOST names where no whole answer comes."""
        begun = time.monotonic()
        try:
            answer, content = self.sent(method, path, body, kind)
        except LOST:
            self.leave()
            raise
        for one in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = one.partition(";")[0].partition("=")
            self.cookies[name] = value
        self.at = path
        text = content.decode("utf-8", "replace")
        return Page(answer.status, text, answer.headers.get("Location", ""), time.monotonic() - begun)

    def sent(self, method, path, body, kind):
        if time.monotonic() - self.last > KEPT:
            self.leave()
        if self.wire is None:
            self.wire = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        headers = {
            "Host": f"127.0.0.1:{self.port}",
            "X-Forwarded-Proto": "https",
            "X-Forwarded-For": self.near,
            "Referer": f"https://127.0.0.1:{self.port}{self.at}",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            **({"Content-Type": kind} if kind else {}),
        }
        self.wire.request(method, path, body, headers)
        answer = self.wire.getresponse()
        content, self.last = answer.read(), time.monotonic()
        return answer, content

    def leave(self):
        """Close the connection; the session stays."""
        if self.wire:
            self.wire.close()
        self.wire = None

    def read(self, path):
        return self.ask("GET", path)

    def send(self, path, fields, file=None):
        """Send a form as browsers do; `file` is a name and a content."""
        mark = uuid.uuid4().hex
        parts = [
            f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in fields.items()
        ]
        if file:
            name, content = file
            head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
            parts.append(f"{head}Content-Type: application/octet-stream\r\n\r\n".encode() + content + b"\r\n")
        body = b"".join([*parts, f"--{mark}--\r\n".encode()])
        return self.ask("POST", path, body, f"multipart/form-data; boundary={mark}")

    def sign_in(self):
        page = self.read("/sign-in/")
        told = {"csrfmiddlewaretoken": token(page), "email": self.email, "password": self.password}
        came = self.send("/sign-in/", told)
        assert (came.status, came.to) == (302, "/"), f"{self.email}: {came.status} {came.text[:500]}"
        return came

    def answer(self, path, account, file=None):
        """Answer a question: the page with the form, and what came of sending it."""
        page = self.read(path)
        return page, self.sent_answer(path, page, account, file) if page.status == 200 else None

    def sent_answer(self, path, page, account, file=None):
        """Send the form of a question that is open, filled in."""
        told = {
            "csrfmiddlewaretoken": token(page),
            "status": "limited",
            "account": account,
            "reason": "The printer was late.",
            "language": "en",
            "after": AFTER.search(page.text)[1],
        }
        return self.send(path, told, file)


def token(page):
    return html.unescape(TOKEN.search(page.text)[1])
