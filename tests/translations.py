"""Keep the catalogues in step with the words in the code.

`.venv-develop/bin/python tests/translations.py` brings new words into each catalogue, compiles it and lists
what is still to be translated in each language;
`... --check` says what is missing, unsure, out of date or not compiled, and changes nothing.
"""

import io
import re
import sys
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

SOURCE = Path(__file__).resolve().parent.parent / "src/palermo"
LANGUAGES = ("fr", "nl", "de")
NO_DAY = datetime(2000, 1, 1, tzinfo=UTC)  # Babel would write the moment of compiling into the bytes
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "words": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
NAMES = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}")


def said() -> Catalog:
    """Every word that the code, the templates and the reference lists show, with where it stands."""
    found = Catalog(charset="utf-8")
    for path in sorted([*SOURCE.rglob("*.py"), *SOURCE.rglob("templates/**/*.html")]):
        if {"tests", "migrations"} & set(path.relative_to(SOURCE).parts):
            continue
        text = path.read_text("utf-8")
        if path.suffix == ".html":
            text = "\n".join(line.strip() for line in templatize(text).splitlines())
        for _line, words, _comments, context in extract("python", io.BytesIO(text.encode()), KEYWORDS):
            if words and (words if isinstance(words, str) else words[0]):
                found.add(words, locations=[(path.relative_to(SOURCE).as_posix(), 0)], context=context)
    for path in sorted([*SOURCE.glob("organisations/data/*.toml"), *SOURCE.glob("law/data/*/*.toml")]):
        for citation in citations(tomllib.loads(path.read_text("utf-8"))):
            found.add(citation, locations=[(path.relative_to(SOURCE).as_posix(), 0)])
    return found


def citations(data: Any) -> Iterator[str]:
    """Every citation of a source in a reference list, and every note beside one."""
    for key, value in data.items() if isinstance(data, dict) else enumerate(data):
        if key == "source":
            yield from value.split("; ")
        elif key == "note":
            yield value
        elif isinstance(value, dict | list):
            yield from citations(value)


def faults(known: Catalog, wanted: Catalog) -> Iterator[str]:
    """What a catalogue lacks or says wrongly."""
    for message in wanted:
        if not message.id:
            continue
        own = known.get(key(message), message.context)
        if own is None or not own.string or (isinstance(own.string, tuple) and not all(own.string)):
            yield f"not translated: {message.id!r} ({', '.join(dict(message.locations))})"
        elif own.fuzzy:
            yield f"unsure: {message.id!r}"
        elif any(names(message.id) != names(one) for one in forms(own.string)):
            yield f"other names between signs: {message.id!r}"
    for message in known:
        if message.id and wanted.get(key(message), message.context) is None:
            yield f"no longer said: {message.id!r}"


def key(message: Message) -> str:
    """What a message is found by."""
    return message.id if isinstance(message.id, str) else message.id[0]


def forms(words: str | tuple[str, ...]) -> tuple[str, ...]:
    """A sentence as it is said of one and of many; the same where it does not count."""
    return (words,) if isinstance(words, str) else words


def names(words: str | tuple[str, ...]) -> set[str]:
    """The names that a sentence leaves open."""
    return set(NAMES.findall(words if isinstance(words, str) else words[-1]))


def folder(language: str) -> Path:
    """Where the catalogue of a language stands."""
    return SOURCE / "locale" / language / "LC_MESSAGES"


def read(language: str) -> Catalog:
    """The catalogue of a language; an empty one where there is none."""
    path = folder(language) / "django.po"
    if not path.exists():
        return Catalog(locale=language, project="Palermo", charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        known = read_po(file, locale=language)
    known.creation_date = NO_DAY
    return known


def compiled(catalog: Catalog) -> bytes:
    """The catalogue as the program reads it."""
    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def written(catalog: Catalog) -> bytes:
    """The catalogue as a translator reads it: without dates, so that it changes with its words alone."""
    out = io.BytesIO()
    write_po(out, catalog, width=110, omit_header=False, sort_output=True, include_lineno=False)
    lines = out.getvalue().decode().splitlines(keepends=True)
    gone = ('"POT-Creation-Date', '"PO-Revision-Date', '"Last-Translator', '"Language-Team', '"Report-Msgid')
    return "".join(line for line in lines if not line.startswith((*gone, '"Generated-By', "# "))).encode()


def update(language: str) -> None:
    """Bring new words in, let old ones go, compile."""
    known, wanted = read(language), said()
    known.update(wanted, no_fuzzy_matching=True, update_header_comment=False)
    known.obsolete.clear()
    known.fuzzy = False
    folder(language).mkdir(parents=True, exist_ok=True)
    (folder(language) / "django.po").write_bytes(written(known))
    (folder(language) / "django.mo").write_bytes(compiled(read(language)))


def main() -> None:
    """Update, or check."""
    wrong = []
    for language in LANGUAGES:
        if "--check" not in sys.argv:
            update(language)
        wrong += [f"{language}: {fault}" for fault in faults(read(language), said())]
        mo = folder(language) / "django.mo"
        if not mo.exists() or mo.read_bytes() != compiled(read(language)):
            wrong.append(f"{language}: not compiled; run tests/translations.py")
    sys.exit("\n".join(wrong) or 0)


if __name__ == "__main__":
    main()
