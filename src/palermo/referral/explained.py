"""The procedure explained from its rules, in the language that is active: screens and documents say the same.

`python -m palermo.referral.explained` writes a page for each language, with a diagram, into `docs`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django import setup
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override

from palermo.law.file import load
from palermo.law.value import Law, Value
from palermo.referral.diagram import diagram
from palermo.referral.rules.moves import (
    ALWAYS,
    END_STAGES,
    HUMANITARIAN,
    MOVES,
    NEEDS,
    STAGES,
    source_name,
)
from palermo.referral.rules.state import DETECTED, ENDED, REFLECTION, STAGE_OF
from palermo.referral.rules.trace import CLOCKS, DUTIES
from palermo.referral.templatetags import law as fixed
from palermo.referral.templatetags import referral as told

DOCS = Path(__file__).resolve().parents[3] / "docs"
LANGUAGES = ("en", "fr", "nl", "de")
PARTNERS = ("nl", "lu")  # whose services a Benelux referral leads to
LASTS = {
    "order-to-leave-45": "reflection-document",
    "annex-15": "reflection-document",
    "provisional": "provisional-period",
    "temporary": "temporary-period",
    "unlimited": "unlimited-permit",
}
NEED_SOURCES = {
    "not-needed": "minor-without-reflection",
    "no-centre": "accompaniment-by-a-centre",
    "no-statement": "statement-at-once",
    "statement-late": "statement-in-time",
}
EXPECTED_SOURCES = {
    "break": "break-with-exploiters",
    "guidance": "accompaniment-by-a-centre",
    "statement": "statement-in-time",
    "identity": "identity-effort",
}
TRACK_SOURCES = {
    "unaccompanied-minor": "minor-without-reflection",
    "citizen": "citizens-need-no-permit",
    "diplomatic-household": "diplomatic-household",
    "smuggling": "eligible-persons",
    "exploited-abroad": "benelux-referral",
}


@dataclass(frozen=True)
class Need:
    """What must be so for a move, and where that stands if elsewhere than the move itself."""

    words: str
    cited: tuple[str, ...] = ()


@dataclass(frozen=True)
class Entry:
    """One thing explained: in which stage, what it needs, each version of where it stands."""

    code: str
    title: str
    cited: tuple[str, ...]
    said: str = ""
    needs: tuple[Need, ...] = ()


@dataclass(frozen=True)
class Section:
    """Things of one kind, under a title."""

    code: str
    title: str
    entries: tuple[Entry, ...]


def sections() -> tuple[Section, ...]:
    """The whole procedure."""
    law = load()
    return (
        Section("documents", _("Documents"), tuple(documents(law))),
        Section(
            "expected",
            _("What is expected of the person"),
            tuple(
                Entry(code, str(words), versions(law.values[source]), str(told.EXPECTED_SAY[code]))
                for (code, source), words in zip(
                    EXPECTED_SOURCES.items(), told.EXPECTED.values(), strict=True
                )
            ),
        ),
        Section("moves", _("Moves"), tuple(move_told(move, law) for move in MOVES)),
        Section(
            "clocks",
            _("What runs"),
            tuple(
                Entry(code, str(told.CLOCKS[code]), versions(law.values[source]))
                for code, source in CLOCKS.items()
            ),
        ),
        Section(
            "duties",
            _("What must be done"),
            tuple(
                Entry(code, str(words), versions(law.values[f"duty-{code}"]))
                for code, words in told.DUTIES.items()
                if code in DUTIES
            ),
        ),
        Section(
            "tracks",
            _("For whom the road is another one"),
            tuple(
                Entry(code, str(told.TRACKS[code]), versions(law.values[source]), str(told.TRACKS_SAY[code]))
                for code, source in TRACK_SOURCES.items()
            ),
        ),
        *(Section(code, partner(code), tuple(abroad(load(code)))) for code in PARTNERS),
    )


def documents(law: Law) -> Iterator[Entry]:
    """The documents, each with the stage that it opens; then how long reflection lasts."""
    for kind, words in told.DOCUMENTS.items():
        stage = str(told.STAGES[STAGE_OF[kind]])
        said = " ".join((_("Stage: %s.") % stage, str(told.DOCUMENTS_SAY[kind])))
        yield Entry(kind, str(capfirst(words)), versions(law.values[LASTS[kind]], kind), said)
    name = "reflection-period"
    yield Entry(name, str(fixed.NAMES[name]), versions(law.values[name]))


def move_told(move: str, law: Law) -> Entry:
    """A move: from which stages, what it needs, where it stands."""
    where = "; ".join(str(told.STAGES[stage]) for stage in stages_of(move))
    needs = [need(code, law) for code in NEEDS.get(move, ())]
    needs += [Need(str(told.ENDS_NEED[move]))] if move in told.ENDS_NEED else []
    return Entry(
        code=told.anchor(move),
        title=str(told.MOVES[move]),
        said=" ".join(
            (
                _("From: %(stages)s.") % {"stages": where or _("every stage until the end")},
                str(told.who_acts(move)),
            )
        ),
        needs=tuple(needs),
        cited=tuple(cited for name in names_of(move) for cited in versions(law.values[name])),
    )


def names_of(move: str) -> dict[str, None]:
    """Where a move stands, for each stage in which it is made, once each."""
    return dict.fromkeys(source_name(move, stage) for stage in stages_of(move) or (DETECTED,))


def need(code: str, law: Law) -> Need:
    """A condition of a move, by the code that names it where it fails."""
    source = NEED_SOURCES.get(code)
    return Need(str(told.NEEDED[code]), versions(law.values[source]) if source else ())


def stages_of(move: str) -> tuple[str, ...]:
    """The stages in which a move is made; none named where it is made in every one."""
    if move in ALWAYS:
        return ()
    if move == HUMANITARIAN:
        return (ENDED,)
    return (REFLECTION,) if move == "end:no-statement" else STAGES.get(move) or END_STAGES[move]


def partner(code: str) -> str:
    """What a referral sheet calls the part on another country."""
    return _("Benelux referral sheet: %s") % fixed.country(code)


def abroad(law: Law) -> Iterator[Entry]:
    """What another country fixes, as far as a referral sheet tells it."""
    for name, value in law.values.items():
        yield Entry(f"{law.country}-{name}", str(fixed.NAMES[name]), versions(value))


def versions(value: Value, kind: str = "") -> tuple[str, ...]:
    """Each version: its days, what it fixes, its source, how sure that is; of a `kind` of document alone."""
    of_kind = bool(kind) and value.unit == "document"
    return tuple(
        _("%(when)s: %(said)s")
        % {"when": fixed.when(one), "said": fixed.sourced(one, "" if of_kind else value.unit)}
        for one in value.versions
        if not of_kind or one.value == kind
    )


def page(language: str) -> str:
    """The page of a language, in Markdown."""
    with override(language):
        return "\n".join(lines(language)) + "\n"


def picture(language: str) -> str:
    """The diagram of a language, as a file of its own."""
    with override(language):
        return diagram(has_style=True)


def lines(language: str) -> Iterator[str]:
    """The lines of the page, in the language that is active."""
    yield "# " + _("The protection procedure") + "\n"
    yield _("This page is written from the rules that the program follows: it says what they say.")
    yield _("Where the law says “may”, a move is possible and a person decides. Time alone changes no stage.")
    yield "\n![" + _("The stages and the moves between them") + f"](procedure.{language}.svg)\n"
    for section in sections():
        yield f"## {section.title}\n"
        for entry in section.entries:
            yield f"### {entry.title}\n"
            yield from ([entry.said + "\n"] if entry.said else [])
            for one in entry.needs:
                yield f"- {one.words}"
                yield from (f"  - {source}" for source in one.cited)
            yield ("\n" if entry.needs else "") + _("Where it stands:") + "\n"
            yield from (f"- {source}" for source in entry.cited)
            yield ""


def suffix(language: str) -> str:
    """What the name of a page's file bears for its language."""
    return "" if language == "en" else f".{language}"


def main() -> None:
    """Write the page and the picture of each language."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "palermo.config.settings")
    setup()
    for language in LANGUAGES:
        (DOCS / f"procedure{suffix(language)}.md").write_text(page(language), "utf-8")
        (DOCS / f"procedure.{language}.svg").write_text(picture(language), "utf-8")


if __name__ == "__main__":
    main()
