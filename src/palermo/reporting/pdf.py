"""The Government report as PDF/UA-1: one layout for all languages, the same bytes twice."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import pgettext
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1

from palermo.errors import Refused, words
from palermo.reporting.document import context, typed
from palermo.reporting.filling import Plain
from palermo.reporting.template import FOLDER, LOCALES, WORDS
from palermo.reporting.typesetting import WRONG
from palermo.reporting.values import GovernmentReport
from palermo.ui.written import visible

LAYOUT = FOLDER / "government-report.typ"
TYPESETTING = Path(__file__).with_name("typesetting.py")
SECONDS = 120  # that a report may take
FAR = re.compile(
    r"[\u2e80-\ua63f\uac00-\udfff\U0001f000-\U0010ffff]"
)  # scripts and pictures that no font here has
LABELS = ("measure_line", "reason", "decision", "evidence", "remark")


def government_report_pdf(report: GovernmentReport, language: str, layout: bytes | None = None) -> bytes:
    """Set the report with the office's layout, or the one that comes with Palermo.

    The same report and layout give the same bytes. Raises `Refused` ("layout-broken", "layout-too-heavy",
    "layout-language") when the layout makes no valid PDF/UA-1 in the language of the report.
    """
    source = layout if layout is not None else LAYOUT.read_bytes()
    with translation.override(language):
        told = value(report, language)
    at = datetime(report.on.year, report.on.month, report.on.day, 9, tzinfo=UTC)
    made = typeset(source, told, int(at.timestamp()))
    if spoken_language(made) != language:
        raise Refused(
            "layout-language",
            words("The layout makes a PDF that does not say that its language is {language}."),
            words("Begin the layout with #set text(lang: report.language) and try again."),
            language=language,
        )
    return made


def value(report: GovernmentReport, language: str) -> dict[str, Any]:
    """What a layout is given: the names of a Word template, and the fixed words around them."""
    told = context(report, language, tagged)
    fixed = WORDS[language]
    for one in told["rounds"]:
        one["line"] = said(fixed["round_line"], one=one)
    return told | {
        "language": language,
        "region": LOCALES[language].split("-")[1],
        "title": fixed["title"],
        "author": fixed["author"],
        "plan_language": report.plan_language,
        "made_on": {"year": report.on.year, "month": report.on.month, "day": report.on.day},
        "words": whole(fixed, told) | {"contents": pgettext("of a document", "Contents")},
        "labels": {name: fixed[name].split("{{")[0].strip() for name in LABELS},
    }


def whole(fixed: dict[str, str], told: dict[str, Any]) -> dict[str, str]:
    """The sentences that speak of the report as a whole, filled in."""
    of_a_part = {*LABELS, "round_line", "answer_line"}
    return {name: said(text, **told) for name, text in fixed.items() if name not in of_a_part}


def said(text: str, **told: Any) -> str:
    """A sentence of the Word template with its names filled in."""
    return Plain().from_string(text).render(**told)


def tagged(text: str, language: str) -> dict[str, str]:
    """Words with the language that they stand in."""
    return {"text": typed(text), "language": language}


def typeset(layout: bytes, told: dict[str, Any], at: int) -> bytes:
    """What Typst makes of a layout, in a process that can reach nothing."""
    try:
        asked = {"layout": layout.decode(), "report": json.dumps(seen(told), ensure_ascii=False), "at": at}
    except UnicodeDecodeError as wrong:
        raise Refused(
            "layout-broken",
            words("The layout is not text in UTF-8."),
            words("Save it as plain text in UTF-8 and try again."),
        ) from wrong
    try:
        with tempfile.TemporaryDirectory() as empty:
            done = subprocess.run(  # noqa: S603 - our own program, nothing of the layout in its arguments
                [sys.executable, "-I", str(TYPESETTING)],
                input=json.dumps(asked).encode(),
                capture_output=True,
                timeout=SECONDS,
                check=False,
                cwd=empty,
                env={},
            )
    except subprocess.TimeoutExpired as late:
        raise too_heavy() from late
    if done.returncode == WRONG:
        raise broken(**json.loads(done.stdout))
    if done.returncode < 0:  # ended by the system, at one of its limits
        raise too_heavy()
    if done.returncode:
        raise RuntimeError(done.stderr.decode())
    return done.stdout


def seen(told: Any) -> Any:
    """A value in signs that a page can show: the others by their number, [U+4E2D], or left out."""
    if isinstance(told, dict):
        return {name: seen(one) for name, one in told.items()}
    if isinstance(told, list):
        return [seen(one) for one in told]
    if not isinstance(told, str):
        return told
    return FAR.sub(lambda sign: f"[U+{ord(sign[0]):04X}]", visible(told))


def spoken_language(made: bytes) -> str:
    """The language that a PDF says it is in; empty when it is no tagged PDF."""
    catalog = PDFDocument(PDFParser(io.BytesIO(made))).catalog
    is_tagged = resolve1(resolve1(catalog.get("MarkInfo", {})).get("Marked", False))
    said = resolve1(catalog.get("Lang", b"")) if is_tagged else b""
    return str(said.decode("latin-1")).split("-")[0].lower()


def broken(why: str, line: str) -> Refused:
    """A layout that Typst does not accept, with its reason and line."""
    if line:
        return Refused(
            "layout-broken",
            words("The layout could not be set; line {line}: {why}."),
            words("Correct that line, compare it with the original, and try again."),
            line=line,
            why=why[:300],
        )
    return Refused(
        "layout-broken",
        words("The layout could not be set: {why}."),
        words("Compare it with the original, and try again."),
        why=why[:300],
    )


def too_heavy() -> Refused:
    """A layout that asks for more than a report may take."""
    return Refused(
        "layout-too-heavy",
        words("The layout takes more memory or time than a report may."),
        words("Look for a part that repeats itself without end, and for large pictures."),
    )
