"""How the rows of one plan's documents follow each other, and how a new document stands to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from palermo.plan.models import Decision, Difference, ImportedRow, Plan
from palermo.plan.rules.differences import Entry, Match, compare
from palermo.plan.rules.said import OBLIGATION, ReadRow


@dataclass
class Line:
    """One row through all documents: what was last decided, what waits, what is missed."""

    decided: ImportedRow | None = None
    waiting: ImportedRow | None = None
    missed: list[ImportedRow] = field(default_factory=list)

    @property
    def known(self) -> ImportedRow:
        """The reading against which a new document is compared."""
        found = self.decided or self.waiting
        if found is None:
            raise LookupError("a line without a row")
        return found


@dataclass(frozen=True)
class News:
    """What a document says anew about a plan."""

    rows: list[ImportedRow]  # not stored yet
    superseded: list[int]  # keys of waiting rows whose place was taken
    unchanged: int
    missing: int  # rows that stand and are not in the document, those already known to be missing too

    def count(self, difference: str) -> int:
        """How many measures, training cycles and commitments have this difference."""
        return sum(row.difference == difference and row.kind != OBLIGATION for row in self.rows)


def lines(plan: Plan) -> dict[int, Line]:
    """Every line of a plan by the key of its first row."""
    first: dict[int, int] = {}
    found: dict[int, Line] = {}
    rows = ImportedRow.objects.filter(imported__plan=plan).select_related("measure__withdrawal")
    for row in rows.order_by("pk"):
        first[row.pk] = first[row.follows_id] if row.follows_id else row.pk
        line = found.setdefault(first[row.pk], Line())
        if row.difference == Difference.MISSING:
            line.missed.append(row)
        elif row.decision == Decision.WAITING:
            line.waiting = row
        elif row.decision != Decision.SUPERSEDED:
            line.decided, line.missed = row, []
    return {key: line for key, line in found.items() if line.decided or line.waiting}


def news(plan: Plan, read: Sequence[ReadRow]) -> News:
    """How a reading stands to what is known of its plan; nothing is written."""
    known = lines(plan)
    document = [Entry(n, row.kind, row.section, row.text, row.reading) for n, row in enumerate(read)]
    before = [entry(key, line.known) for key, line in known.items()]
    matches, gone = compare(document, before)
    rows, superseded, unchanged = [], [], 0
    for match in matches:
        row, taken = compared(match, read[match.key], known.get(match.known) if match.known else None)
        unchanged += row is None and read[match.key].kind != OBLIGATION
        superseded += taken
        rows += [row] if row else []
    lost = [known[key] for key in gone if is_standing(known[key])]
    rows += [missing(line) for line in lost if not is_missed(line)]
    return News(rows, superseded, unchanged, len(lost))


def entry(key: int, row: ImportedRow) -> Entry:
    """A stored row, to be compared."""
    return Entry(key, row.kind, row.section, row.text, row.reading)


def compared(match: Match, read: ReadRow, line: Line | None) -> tuple[ImportedRow | None, list[int]]:
    """The row that a document adds to a line, if any, and the keys of waiting rows whose place it takes."""
    if line is None:
        return unstored(read, Difference.ADDED), []
    back = [one.pk for one in line.missed if one.decision == Decision.WAITING]
    waiting = line.waiting if line.decided else None
    if not match.parts:
        return None, back + ([waiting.pk] if waiting else [])
    if waiting and not compare([entry(0, waiting)], [as_entry(read)])[0][0].parts:
        return None, back
    taken = back + ([line.waiting.pk] if line.waiting else [])
    measure = line.known.measure if is_standing(line) else None
    difference = Difference.CHANGED if measure else Difference.ADDED
    row = unstored(read, difference, follows=line.known, number=free_number(line))
    row.measure = measure
    row.parts = list(match.parts) if measure else []
    return row, taken


def free_number(line: Line) -> int | None:
    """The number that a line reserved, while no measure took it."""
    return line.known.number if line.known.measure is None else None


def as_entry(read: ReadRow) -> Entry:
    """A read row, to be compared with one other."""
    return Entry(1, read.kind, read.section, read.text, read.reading)


def unstored(
    read: ReadRow, difference: Difference, follows: ImportedRow | None = None, number: int | None = None
) -> ImportedRow:
    """A row to be stored."""
    return ImportedRow(
        kind=read.kind,
        section=read.section,
        text=read.text,
        reading=dict(read.reading),
        place=dict(read.place),
        doubts=list(read.doubts),
        difference=difference,
        follows=follows,
        number=number,
    )


def missing(line: Line) -> ImportedRow:
    """The row that says that a document no longer has what stands."""
    row = line.known
    return ImportedRow(
        kind=row.kind,
        section=row.section,
        text=row.text,
        reading={},
        place=row.place,
        difference=Difference.MISSING,
        follows=row,
        measure=row.measure,
    )


def is_standing(line: Line) -> bool:
    """A measure came from it that nobody has withdrawn."""
    measure = line.decided.measure if line.decided else None
    return measure is not None and not hasattr(measure, "withdrawal")


def is_missed(line: Line) -> bool:
    """That it is missing waits for a decision already, or was decided since it was last there."""
    return any(one.decision != Decision.SUPERSEDED for one in line.missed)


def numbered(rows: Iterable[ImportedRow], first: dict[str, int]) -> None:
    """Reserve a measure's number for each new row, in their order; `first` is the next of each kind."""
    for row in rows:
        if row.difference == Difference.ADDED and row.number is None and row.kind in first:
            row.number = first[row.kind]
            first[row.kind] += 1
