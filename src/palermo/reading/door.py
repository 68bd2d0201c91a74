"""The door: what a file is, whether it may come in, and who reads it.

A file's content decides what it is; a name that says otherwise is refused. Sizes are counted while a file
is unpacked, never taken from what it says of itself.
"""

from __future__ import annotations

import hashlib
import stat
import zipfile
import zlib
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from palermo.errors import Refused, words
from palermo.reading.document import Document, Paragraph, Table

MOST = 100 * 1024 * 1024  # bytes of a file
MOST_UNPACKED = 200 * 1024 * 1024  # bytes that a file may unpack to
MOST_PARTS = 10_000
Blocks = tuple[Paragraph | Table, ...]

# kind -> what reads it; a module is imported when a file of its kind comes.
KINDS = {
    "txt": "palermo.reading.text:read_text",
    "md": "palermo.reading.text:read_text",
    "tsv": "palermo.reading.sheets:read_separated",
    "csv": "palermo.reading.sheets:read_separated",
    "xlsx": "palermo.reading.sheets:read_workbook",
    "docx": "palermo.reading.word:read_word",
    "html": "palermo.reading.web:read_web",
    "pdf": "palermo.reading.pdf:read_pdf",
}
ALSO = {"htm": "html", "xhtml": "html", "text": "txt", "tab": "tsv", "markdown": "md"}
OLD = {
    "doc": "DOCX",
    "odt": "DOCX",
    "rtf": "DOCX",
    "xls": "XLSX",
    "ods": "XLSX",
    "docm": "DOCX",
    "xlsm": "XLSX",
}
TEXTS = {"txt", "md", "csv", "tsv"}


def read(path: Path) -> Document:
    """Read a document. Raises Refused with one of the codes below, and what to do next."""
    path = Path(path)
    content = taken_in(path)
    kind = path.suffix.lower().lstrip(".")
    kind = ALSO.get(kind, kind)
    if kind in OLD:
        raise refusal(
            "unknown-kind",
            words("{name} is in an older or other format that is not read."),
            words("Open it and save it as {wanted}."),
            path,
            wanted=OLD[kind],
        )
    if kind not in KINDS:
        raise refusal(
            "unknown-kind",
            words("{name} is not of a kind that is read."),
            words("Use TXT, DOCX, PDF, HTML, XLSX or CSV."),
            path,
        )
    check_content(path, kind, content)
    module, name = KINDS[kind].split(":")
    reader: Callable[[Path, bytes], Blocks] = getattr(import_module(module), name)
    blocks = reader(path, content)
    if not any(block.rows if isinstance(block, Table) else block.text.strip() for block in blocks):
        raise refusal(
            "empty",
            words("No words could be read in {name}."),
            words("If it is a scan, recognise its text first; else choose another file."),
            path,
        )
    return Document(path.name, kind, hashlib.sha256(content).hexdigest(), blocks)


def taken_in(path: Path) -> bytes:
    """The file's content, if it is a file of a size that is read."""
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            raise refusal("no-file", words("{name} is not a file."), words("Name a document."), path)
        if about.st_size > MOST:
            raise refusal(
                "too-large",
                words("{name} is larger than 100 MB."),
                words("Take pictures out of it, or split it."),
                path,
            )
        return path.read_bytes()
    except (OSError, ValueError) as reason:
        raise refusal(
            "no-file", words("{name} cannot be opened."), words("Check the name and who may read it."), path
        ) from reason


def check_content(path: Path, kind: str, content: bytes) -> None:
    """Refuse content that is not what the name says, encrypted, or a bomb."""
    found = content_kind(content)
    if found == "ole":
        raise encrypted(path) if kind in {"docx", "xlsx"} else mislabelled(path, kind)
    if kind in {"docx", "xlsx"}:
        if found != "zip":
            raise mislabelled(path, kind)
        check_package(path, kind)
    elif kind == "pdf":
        if found != "pdf":
            raise mislabelled(path, kind)
    elif found in {"zip", "pdf", "binary"} or (kind in TEXTS and found == "web"):
        raise mislabelled(path, kind)


def content_kind(content: bytes) -> str:
    """What the first bytes say: zip, pdf, ole (old or encrypted Office files), web, binary or text."""
    start = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if content.startswith(b"PK"):
        return "zip"
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return "ole"
    if start.startswith(b"%PDF-"):
        return "pdf"
    if start[:200].lower().startswith((b"<!doctype html", b"<html")):
        return "web"
    utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff")) or wide_encoding(content)
    known = (
        b"\x7fELF",
        b"\x89PNG",
        b"GIF8",
        b"\xff\xd8\xff",
        b"\x1f\x8b",
        b"{\\rtf",
        b"Rar!",
        b"7z\xbc\xaf",
        b"MZ",
    )
    return "binary" if content.startswith(known) or (b"\0" in content[:65_536] and not utf16) else "text"


def wide_encoding(content: bytes) -> str | None:
    """UTF-16 without its mark: nearly every second byte is zero, and none of the others."""
    start = content[:4_096]
    half = len(start) // 2
    zeros = [start[side::2].count(0) for side in (0, 1)]
    if half and min(zeros) == 0 and max(zeros) > 0.8 * half:
        return "utf-16-be" if zeros[0] else "utf-16-le"
    return None


def check_package(path: Path, kind: str) -> None:
    """Refuse an Office file that lacks its main part, is encrypted, damaged, or unpacks to too much."""
    main = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}[kind]
    try:
        with zipfile.ZipFile(path) as package:
            parts = package.infolist()
            if any(part.flag_bits & 1 for part in parts):
                raise encrypted(path)
            if len(parts) > MOST_PARTS:
                raise bomb(path)
            if main not in package.namelist():
                raise mislabelled(path, kind)
            left = MOST_UNPACKED
            for part in parts:
                with package.open(part) as stream:
                    while piece := stream.read(1024 * 1024):
                        left -= len(piece)
                        if left < 0:
                            raise bomb(path)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        OSError,
        ValueError,
    ) as reason:
        raise damaged(path) from reason


def refusal(code: str, says: str, then: str, path: Path, **params: object) -> Refused:
    """A refusal that names the file."""
    return Refused(code, says, then, name=path.name, **params)


def damaged(path: Path) -> Refused:
    """The file cannot be read to its end."""
    return refusal(
        "damaged",
        words("{name} is damaged: it cannot be read to its end."),
        words("Open it in the program that made it, save it again, and try once more."),
        path,
    )


def encrypted(path: Path) -> Refused:
    """The file asks for a password."""
    return refusal(
        "encrypted",
        words("{name} is protected by a password."),
        words("Save a copy without the password."),
        path,
    )


def mislabelled(path: Path, kind: str) -> Refused:
    """The content is something else than the name says."""
    return refusal(
        "not-what-its-name-says",
        words("{name} is called {kind}, but its content is something else."),
        words("Find out what the file is, and give it the ending of what it is."),
        path,
        kind=kind.upper(),
    )


def bomb(path: Path) -> Refused:
    """A small file that unpacks to more than is read."""
    return refusal(
        "bomb",
        words("{name} unpacks to more than 200 MB."),
        words("Do not open it; ask its sender what it is."),
        path,
    )
