"""The procedure explained from its rules: a page for each language, with a diagram.

`python -m palermo.referral.explained` writes them anew into `docs`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django import setup
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from palermo.law.file import load
from palermo.law.value import Value
from palermo.referral.diagram import diagram
from palermo.referral.rules.moves import ALWAYS, END_STAGES, HUMANITARIAN, MOVES, NEEDS, SOURCES, STAGES
from palermo.referral.rules.state import ENDED, REFLECTION, STAGE_OF
from palermo.referral.rules.trace import DUTIES
from palermo.referral.templatetags import referral as told
from palermo.ui.written import cited, written

DOCS = Path(__file__).resolve().parents[3] / "docs"
LANGUAGES = ("en", "fr", "nl", "de")
LASTS = {
    "order-to-leave-45": "reflection-document",
    "annex-15": "reflection-document",
    "provisional": "provisional-period",
    "temporary": "temporary-period",
    "unlimited": "unlimited-permit",
}
CLOCK_SOURCES = {
    "reflection-ends": "reflection-period",
    "provisional-ends": "provisional-period",
    "ask-prosecutor-before": "ask-prosecutor",
    "temporary-ends": "temporary-period",
    "renewal-opens": "renewal-opens",
    "renewal-closes": "renewal-closes",
}


def stages_of(move: str) -> tuple[str, ...]:
    """The stages in which a move is made; none named where it is made in every one."""
    if move in ALWAYS:
        return ()
    if move == HUMANITARIAN:
        return (ENDED,)
    return (REFLECTION,) if move == "end:no-statement" else STAGES.get(move) or END_STAGES[move]


def page(language: str) -> str:
    """The page of a language, in Markdown."""
    with override(language):
        return "\n".join(lines(language)) + "\n"


def picture(language: str) -> str:
    """The diagram of a language, as SVG."""
    with override(language):
        return diagram(_("The stages and the moves between them"), _("from every stage"))


def lines(language: str) -> Iterator[str]:
    """The lines of the page, in the language that is active."""
    values = load().values
    yield "# " + _("The protection procedure") + "\n"
    yield _("This page is written from the rules that the program follows: it says what they say.")
    yield _("Where the law says “may”, a move is possible and a person decides. Time alone changes no stage.")
    yield "\n![" + _("The stages and the moves between them") + f"](procedure.{language}.svg)\n"
    yield "## " + _("Documents") + "\n"
    for kind, words in told.DOCUMENTS.items():
        yield f"- **{words}** – {told.STAGES[STAGE_OF[kind]]}"
        yield from versions(values[LASTS[kind]], kind)
    yield "\n" + _("The reflection period lasts:") + "\n"
    yield from versions(values["reflection-period"], indented=False)
    yield "\n## " + _("Moves") + "\n"
    for move in MOVES:
        yield from move_told(move, values[SOURCES[move]])
    yield "## " + _("What runs") + "\n"
    for name, source in CLOCK_SOURCES.items():
        yield f"- **{told.CLOCKS[name]}**"
        yield from versions(values[source])
    yield "\n## " + _("What must be done") + "\n"
    for name in DUTIES:
        yield f"- **{told.DUTIES[name]}**"
        yield from versions(values[f"duty-{name}"])


def move_told(move: str, source: Value) -> Iterator[str]:
    """A move: from which stages, what it needs, where it stands."""
    yield f"### {told.MOVES[move]}\n"
    where = ", ".join(str(told.STAGES[stage]) for stage in stages_of(move))
    yield _("From: %(stages)s") % {"stages": where or _("every stage until the end")} + "\n"
    needed = [told.NEEDED[code] for code in NEEDS.get(move, ())]
    needed += [told.ENDS_NEED[move]] if move in told.ENDS_NEED else []
    yield from (f"- {one}" for one in needed)
    yield ("\n" if needed else "") + _("Where it stands:") + "\n"
    yield from versions(source, indented=False)
    yield ""


def versions(value: Value, kind: str = "", *, indented: bool = True) -> Iterator[str]:
    """Each version: its days, what it fixes, its source, how sure that is; of a `kind` of document alone."""
    for one in value.versions:
        named = bool(kind) and value.unit == "document"
        if named and one.value != kind:
            continue
        days = {"since": written(one.since), "until": written(one.until) if one.until else ""}
        when = (_("%(since)s to %(until)s") if one.until else _("from %(since)s on")) % days
        fixed = LENGTHS[value.unit](one.value) + " – " if value.unit in LENGTHS and not named else ""
        said = f"{fixed}{cited(one.source)} ({told.CONFIDENCES[one.confidence]})"
        yield "  " * indented + "- " + _("%(when)s: %(said)s") % {"when": when, "said": said}


LENGTHS: dict[str, Callable[[Any], str]] = {
    "days": lambda number: ngettext("%(number)s day", "%(number)s days", number) % {"number": number},
    "months": lambda number: ngettext("%(number)s month", "%(number)s months", number) % {"number": number},
    "document": lambda kind: str(told.DOCUMENTS[kind]),
    "times": lambda number: ngettext("%(number)s time", "%(number)s times", number) % {"number": number},
}


def suffix(language: str) -> str:
    """What the name of a page's file bears for its language."""
    return "" if language == "en" else f".{language}"


def main() -> None:
    """Write the page and the picture of each language."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "palermo.config.settings")
    setup()
    for language in LANGUAGES:
        (DOCS / f"procedure{'' if language == 'en' else '.' + language}.md").write_text(
            page(language), "utf-8"
        )
        (DOCS / f"procedure.{language}.svg").write_text(picture(language), "utf-8")


if __name__ == "__main__":
    main()
