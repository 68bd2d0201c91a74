"""Tables of measures and of training, row by row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest

from palermo.organisations.directory import Directory
from palermo.plan.rules.columns import Header, again, header
from palermo.plan.rules.folding import fold
from palermo.plan.rules.owners import read_owners
from palermo.plan.rules.reading import Doubt, Owner, ReadMeasure, ReadTraining, Source, inherited
from palermo.plan.rules.rows import aside, band, numbered, own_section, titled
from palermo.plan.rules.said import LONGEST_NUMBER
from palermo.reading import Cell, Place, Row, Table
from palermo.timing import Frequency, Timing, read, read_frequency

LONGEST_WORD = 60  # signs
NOTHING = {"NaN", "nan", "None", "null", "NULL", "#N/A"}  # what programs write into an empty cell
WRAP = "\u2028"
UNFINISHED = frozenset(
    re.findall(
        r"\w+",
        "to of the and or for by with in on a an at from as into under about de du des le la les et ou pour"
        " par avec dans sur un une aux au van het een en voor met door te aan bij naar over der die das den"
        " dem und oder fur mit von zu zum zur im",
    )
)
ACTING = re.compile(
    r"\b(?:will|shall|is to|are to|must|sera|seront|doit|doivent|zal|zullen|moet|moeten|wordt"
    r"|worden|wird|werden|soll|sollen)\b"
)
DASHED = re.compile(r"(?:^|(?<=\s))[-–•]\s+(?=\S)")
TYPES = (
    ("specialist", r"special|gespecialis|vertief|voortgezet|advanced|avance"),
    ("basic", r"\bbas(?:ic|e|is)|foundation|grund|introduct|initi"),
)
# A course that is held when somebody joins has no cycle, whatever the cell says of the courses beside it.
ON_OCCASION = re.compile(
    r"\b(?:(?:up)?on|when|at) (?:joining|recruitment|appointment|taking up|entry|arrival)"
    r"|\b(?:a|lors de) l'(?:entree|embauche|engagement|arrivee)"
    r"|\bbij (?:de )?(?:indiensttreding|aanwerving|aanstelling)|\bbei (?:dienstantritt|einstellung|eintritt)"
)


@dataclass(frozen=True)
class Found:
    """What a table gave: measures or training, and the number under which it counts."""

    measures: tuple[ReadMeasure, ...] = ()
    training: tuple[ReadTraining, ...] = ()


def read_table(table: Table, number: int, section: str, directory: Directory) -> Found | None:
    """A table's rows; None for a table that lists neither measures nor training.

    `section` is the number of the heading above; without one the rows' own numbers or the sheet's name count.
    """
    known = header(table.rows)
    if known is None:
        return None
    rows = [row for row in table.rows[known.end :] if not again(row, known)]
    title = table.title[:LONGEST_NUMBER]
    if known.kind == "training":
        made = [
            replace(one, source=as_it_stands(row, known.titles))
            for at, row in enumerate(rows, 1)
            for one in training(row, known.columns, at, number, section or title, directory)
        ]
        return Found(training=tuple(made))
    return Found(measures=tuple(measures(rows, known, number, (section, title), directory)))


def measures(
    rows: list[Row], known: Header, number: int, names: tuple[str, str], directory: Directory
) -> Iterator[ReadMeasure]:
    """The measures of a table in order; an empty or merged cell takes over what stands above it."""
    above: ReadMeasure | None = None
    wanted = known.columns
    here, count = names[0], 0
    for row, below in zip_longest(rows, rows[1:]):
        if title := band(row, below, wanted.get("number")):
            here = title
            continue
        if aside(row, wanted["measure"]):
            continue
        here = own_section(at(row, wanted, "section").text) or here
        count += 1
        if not at(row, wanted, "measure").text:
            if above is not None and (more := also(row, wanted, above, directory)):
                above = more
            continue
        if above is not None:
            yield above
        section = here or titled(names[1], numbered(row, wanted.get("number"))) or names[1]
        place = Place(row.place.line, row.place.page, number, count)
        made = measure(row, wanted, place, section, above, directory)
        above = replace(made, source=as_it_stands(row, known.titles))
    if above is not None:
        yield above


def as_it_stands(row: Row, titles: Sequence[str]) -> Source:
    """The cells of a row that hold words, each under the title of its column."""
    return tuple(
        (title, "\n".join(cell.lines or cell.items) or cell.text)
        for title, cell in zip(titles, row.cells, strict=False)
        if cell.text
    )


def measure(
    row: Row,
    wanted: dict[str, int],
    place: Place,
    section: str,
    above: ReadMeasure | None,
    directory: Directory,
) -> ReadMeasure:
    """One measure from its row."""
    words, who, when = at(row, wanted, "measure"), at(row, wanted, "owners"), time(row, wanted)
    stated = read_owners(joined(who), directory) + tuple(beside(row, wanted, directory))
    owners, timing, basis = stated, joined_recurrence(when.text, words.text), "stated"
    doubts = list(cell_doubts(words, who, when))
    took = False
    if not who.text and not stated and "owners" in wanted and above is not None:
        owners, took = inherited(above.owners), bool(above.owners)
    if not when.text and {"timing", "start", "end"} & set(wanted) and above is not None:
        timing, basis, took = above.timing, "inherited", took or above.timing.kind != "none"
    if took:
        doubts.append(Doubt("inherited-cell", about=section))
    doubts += [
        Doubt("unknown-party", one.text) for one in owners if one.party is None and one.kind == "party"
    ]
    doubts += [Doubt("undecided-owner", one.text) for one in owners if one.kind == "undecided"]
    if timing.kind == "unread":
        doubts.append(Doubt("unread-timing", timing.text))
    return ReadMeasure(section, words.text, owners, timing, basis, place, tuple(doubts))


def beside(row: Row, wanted: dict[str, int], directory: Directory) -> Iterator[Owner]:
    """Who helps, is asked or watches, from columns of their own; what is no party there is a remark."""
    for role in ("with", "consulted", "follow-up"):
        for one in read_owners(joined(at(row, wanted, role)), directory):
            if one.kind != "undecided" and (one.party or role == "with"):
                yield replace(one, role=role if one.role == "lead" else one.role)


def time(row: Row, wanted: dict[str, int]) -> Cell:
    """The timing cell; of a first and a last day in columns of their own, the one to the other."""
    if "timing" in wanted:
        return at(row, wanted, "timing")
    start, end = at(row, wanted, "start"), at(row, wanted, "end")
    if start.text and end.text and start.text != end.text:
        return Cell(f"{start.text} - {end.text}")
    return start if start.text and not end.text else end


def also(row: Row, wanted: dict[str, int], above: ReadMeasure, directory: Directory) -> ReadMeasure | None:
    """A row without a measure of its own adds its owners to the measure above; None where it names none."""
    more = read_owners(joined(at(row, wanted, "owners")), directory)
    new = tuple(one for one in more if one not in above.owners)
    return replace(above, owners=above.owners + new) if new else None


def cell_doubts(words: Cell, who: Cell, when: Cell) -> Iterator[Doubt]:
    """What is unsure about the cells themselves."""
    if words.markup or who.markup or when.markup:
        yield Doubt("markup-in-cell")
    if len(words.items) > 1 or len(DASHED.findall(words.text)) > 1 or sentences(words.text) > 1:
        yield Doubt("several-measures")
    if unfinished(words.text):
        yield Doubt("truncated-cell", words.text[-40:])


def unfinished(text: str) -> bool:
    """Whether a text ends with a word that needs another."""
    tail = re.search(r"[^\W\d_]+$", text[-LONGEST_WORD:])
    return tail is not None and fold(tail[0]) in UNFINISHED


def sentences(text: str) -> int:
    """How many sentences of a text announce something to be done."""
    return sum(1 for part in re.split(r"[.;]\s+", fold(text)) if ACTING.search(part))


def joined(cell: Cell) -> str:
    """A cell's words; what the writer put on a line of its own stays there.

    A line that the column's width ended, or that begins with a small letter, may go on from the one before;
    within parentheses and after "of the" it does.
    """
    lines = cell.lines or cell.items or (cell.text,)
    pieces, within = [lines[0]], 0
    for above, line in pairwise(lines):
        within += above.count("(") - above.count(")")
        wrap = WRAP if cell.wrapped or line[:1].islower() else "\n"
        pieces += [" " if within > 0 or unfinished(above) else wrap, line]
    return "".join(pieces)


def joined_recurrence(when: str, words: str) -> Timing:
    """The timing of a cell; the first of several takes its period from the measure's own words."""
    timing = read(when)
    if not timing.first or timing.edtf is None:
        return timing
    said = read_frequency(words)
    if said.recurrence is None:
        return replace(timing, at_least=said.at_least, at_most=said.at_most)
    return replace(timing, recurrence=f"R/{timing.edtf[:4]}/{said.recurrence.rsplit('/', 1)[1]}")


def at(row: Row, wanted: dict[str, int], name: str) -> Cell:
    """The cell of a column; an empty one where the row or the table has none."""
    place = wanted.get(name)
    if place is None or place >= len(row.cells) or row.cells[place].text in NOTHING:
        return Cell("")
    return row.cells[place]


def training(
    row: Row, wanted: dict[str, int], count: int, number: int, section: str, directory: Directory
) -> Iterator[ReadTraining]:
    """Each type of training that an organiser's row names, with how often."""
    organiser = at(row, wanted, "organiser")
    party = directory.find(organiser.text)
    owner = Owner(organiser.text, party.code if party else None)
    types = listed(at(row, wanted, "type")) or [""]
    often = listed(at(row, wanted, "frequency")) or [""]
    doubts = [] if party else [Doubt("unknown-party", organiser.text)]
    if len(types) > 1 and len(often) != len(types):
        doubts.append(Doubt("ambiguous-pairing", organiser.text))
    whole = at(row, wanted, "frequency").text
    for place, kind in enumerate(types):
        paired = len(often) == len(types)
        frequency = read_frequency(often[place] if paired else whole)
        if not paired and ON_OCCASION.search(fold(kind)):
            frequency = Frequency(whole)
        where = Place(row.place.line, row.place.page, number, count)
        yield ReadTraining(owner, type_of(kind), kind, frequency, where, section, tuple(doubts))


def listed(cell: Cell) -> list[str]:
    """The items of a cell: of its list, or between dashes that begin it; else the whole."""
    if cell.items:
        return list(cell.items)
    if cell.text and DASHED.match(cell.text):
        return [part.strip() for part in DASHED.split(cell.text) if part.strip()]
    return [cell.text] if cell.text else []


def type_of(words: str) -> str:
    """ "basic" or "specialist" where the words say so, else the words."""
    folded = fold(words)
    return next((name for name, pattern in TYPES if re.search(pattern, folded)), words)
