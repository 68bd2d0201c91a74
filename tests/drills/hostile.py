"""What is sent in a storm: good, odd and hostile values, bodies and files."""

import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT

MARK = "<q9x>"  # planted in what people wrote and sent in what they ask; no page may show it unescaped
HUGE = ("9223372036854775807", "9223372036854775808", "99999999999999999999999999", "1" * 5000)
ODD = (
    "",
    " ",
    "0",
    "-1",
    "1.5",
    "1e9",
    "١٢",
    "²",
    *HUGE,
    f"M{HUGE[-1]}",
    "None",
    "null",
    "[]",
    "true",
    MARK,
    f"\"'>{MARK}",
    "{{ 7|add:7 }}{% now %}",
    "%s%(x)s{0}",
    "' OR 1=1--",
    "\x00",
    "a\x00b",
    "\ufeff\u202eאבג\u200f",
    "é\u0301🙂\U0010ffff",
    "\udcff".encode("utf-8", "replace").decode(),
    "../../../etc/passwd",
    "..\\..\\boot.ini",
    "//evil.example/",
    "https://evil.example/",
    "javascript:alert(1)",
    "a\r\nSet-Cookie: x=1",
    "=1+1",
    "x" * 300,
    "é" * 5000,
)
DAYS = ("2016-06-30", "2017-03-01", "2017-02-30", "0001-01-01", "9999-12-31", "2017-W10", "20170301", "today")
KNOWN = {
    "on": DAYS,
    "since": DAYS,
    "until": DAYS,
    "period_from": DAYS,
    "period_to": DAYS,
    "sort": ("measure", "owner", "deadline", "state", "-measure", "name", "-name", "year", "account"),
    "after": ("1", "M01", "WyJhIl0", "eyJhIjoxfQ==", "1,2", "2016-01-01,1", "0"),
    "page": ("1", "2", "last"),
    "kind": ("csv", "measure", "training", "minister", "commitment"),
    "party": ("be/fps-justice", "be/fps-foreign-affairs", "be/nobody"),
    "organisation": ("be/fps-justice", "fps-justice", "1"),
    "chapter": ("4", "4.2", "99"),
    "year": ("2015", "2016", "0", "99999"),
    "status": ("limited", "finished", "awaiting", "overdue"),
    "stands": ("overdue", "waiting", "open"),
    "q": ("leaflet", "the", '"', "*", "AND", "a b c"),
    "show": ("all", "waiting", "decided", "20"),
    "row": ("1", "2", "3"),
    "language": ("en", "fr", "nl", "de", "xx"),
    "next": ("/", "/plans/", "//evil.example", "https://evil.example/", "/\\evil.example", "/account/"),
    "limit": ("1", "100"),
    "offset": ("0", "1"),
    "code": ("abc",),
    "state": ("abc",),
}
HEADERS = {
    "Accept-Language": ("fr", "nl-BE,de;q=0.5", "xx", "*;q=9", "e" * 600, "fr\x00"),
    "If-None-Match": ('"x"', "*", 'W/"', "é"),
    "If-Modified-Since": ("Thu, 01 Jan 1970 00:00:00 GMT", "Thu, 99 Foo 99999 99:99:99 GMT", "x"),
    "Referer": ("http://testserver/plans/", "http://testserver/\\\\evil", "https://evil.example/", "x", MARK),
    "Origin": ("null", "https://evil.example", "http://testserver"),
    "X-Forwarded-For": ("1.2.3.4", "::1, x", "é" * 100, MARK, "1" * 3000),
    "X-Forwarded-Host": ("evil.example",),
    "X-Forwarded-Proto": ("https", "x"),
    "Host": ("testserver", "evil.example", "a b", "testserver:99999"),
    "Authorization": (
        "Bearer x",
        "Bearer ",
        "Bearer \x00",
        "Bearer é",
        "Basic eDp4",
        "Bearer " + "x" * 5000,
        "x",
    ),
    "Range": ("bytes=0-1", "bytes=-1", "bytes=9-1", "x"),
    "Content-Length": ("x", "-1", "²", "99999999999"),
    "X-HTTP-Method-Override": ("DELETE",),
    "X-Requested-With": ("XMLHttpRequest",),
    "Accept": ("application/json", "text/csv", "x"),
    "Cookie": (
        "sessionid=x",
        "csrftoken=x; csrftoken=y",
        "django_language=xx",
        "messages=x",
        "=;=\x00",
        "é=é",
    ),
}
TYPES = (
    "application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded; charset=utf-16",
    "application/json",
    "application/json; charset=hex",
    "text/plain",
    "multipart/form-data",
    "multipart/form-data; boundary=x",
    f"{MULTIPART_CONTENT}; charset=hex",
    f"{MULTIPART_CONTENT}; charset=utf-16",
    "é/x; y",
    "x/y; a*=hex''%41; charset=" + "x" * 20_000,
    "",
)
BODIES = (
    b"",
    b"{}",
    b'{"a": [1, {"b": null}]}',
    b"[" * 3000,
    b"\xff\xfe\x00",
    f"--{BOUNDARY}\r\nContent-Disposition: form-data; name=a; filename*=hex''%41\r\n\r\nx\r\n"
    f"--{BOUNDARY}--\r\n".encode(),
    b"a=%ff%00&a&=&&b=%zz",
    b"&".join(b"a=%d" % one for one in range(1200)),
    f"--{BOUNDARY}\r\nContent-Disposition: form-data; name=a".encode(),
    f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="../x\\..\x00"'
    "\r\n\r\nx\r\n".encode(),
    f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="a"\r\nContent-Transfer-Encoding: base64'
    f"\r\n\r\n!!!\r\n--{BOUNDARY}--\r\n".encode(),
)


def zipped(name):
    """A packed file with one strange part."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        packed.writestr(name, f"<a>{MARK.replace('<', '&lt;')}</a>")
    return held.getvalue()


NAMES = ("a.docx", "a.pdf", "a.xlsx", "a.txt", "a.html", "a.exe", "x" * 300 + ".txt", f"{MARK}.txt", "é.docx")
CONTENTS = (
    b"",
    b"words",
    b"%PDF-1.4 x",
    b"PK\x03\x04x",
    b"\xff\xfe\x00",
    MARK.encode(),
    b"<html>",
    zipped("word/document.xml"),
    zipped("xl/workbook.xml"),
)
KINDS = ("text/html", "application/pdf", "x", "application/octet-stream")


def file(chance):
    """A file of an odd kind or name."""
    name, content, kind = chance.choice(NAMES), chance.choice(CONTENTS), chance.choice(KINDS)
    return SimpleUploadedFile(name, content, kind)
