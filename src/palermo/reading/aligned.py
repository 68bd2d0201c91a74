"""Tables without ruling lines: words that stand in columns, line after line.

A line with at least three groups of words far apart may be a table's first. The white between its groups must
stay white in the lines below; where it does not, the table ends. Running text never keeps such white open.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from palermo.reading.lines import Line, Word, opened

COLUMNS = 3  # the fewest that make a table; two may be running text in two columns
WHITE = 0.45  # of the letters' size: the white that must stay open between two columns
FAR = 3.5  # of the letters' size: a gap that ends a table
MOST_LINES = 1_500  # of a page; more are no table that a person reads
PER_ROW = 12  # lines of one row; running text in columns has far more
BEGINNING = re.compile(r"[^a-zà-ÿ]")
NUMBERED = re.compile(r"^(?:\d{1,2}\.)+(?:\d{1,2}\.?)?\s+\S|^[IVX]{1,5}\.\s+\S")
Gutter = tuple[float, float]
Edge = tuple[float, float, float]  # a horizontal line: its height, its left and right end


@dataclass
class Grid:
    """Lines that stand in columns: the white between these, and each line's words column by column."""

    gutters: list[Gutter]
    lines: list[Line] = field(default_factory=list)
    cells: list[list[list[Word]]] = field(default_factory=list)

    def take(self, line: Line) -> bool:
        """Add a line, if its words leave every gutter open."""
        gutters = narrowed(self.gutters, line)
        if gutters is None:
            return False
        self.gutters = gutters
        self.lines.append(line)
        return True

    def settle(self) -> None:
        """Put every line's words into the columns, once these are known whole."""
        middles = [(left + right) / 2 for left, right in self.gutters]
        self.cells = [
            [
                [
                    word
                    for word in line.words
                    if sum(middle < (word.left + word.right) / 2 for middle in middles) == at
                ]
                for at in range(len(middles) + 1)
            ]
            for line in self.lines
        ]


def narrowed(gutters: Sequence[Gutter], line: Line) -> list[Gutter] | None:
    """The gutters that a line leaves open; None where it closes one."""
    found = [white(gutter, line) for gutter in gutters]
    return found if all(right - left >= WHITE * line.size for left, right in found) else None


def white(gutter: Gutter, line: Line) -> Gutter:
    """What a line leaves of a gutter; a word inside belongs to the side that it is nearer to."""
    start, end = gutter
    for word in line.words:
        if word.right > start and word.left < end:
            if word.left - start < end - word.right:
                start = word.right
            else:
                end = word.left
    return start, end


def grids(lines: Sequence[Line], before: Grid | None) -> Iterator[tuple[int, int, Grid]]:
    """The tables among the lines of a page: first line, the line after the last, and the columns.

    `before` is the table with which the page before ended; it may go on at the top of this one.
    """
    at = 0 if len(lines) <= MOST_LINES else len(lines)
    while at < len(lines):
        grid = (going_on(lines, before) if before and at == 0 else None) or grid_from(lines, at)
        if grid is None:
            at += 1
            continue
        yield at, at + len(grid.lines), grid
        at += len(grid.lines)


def grid_from(lines: Sequence[Line], at: int) -> Grid | None:
    """The table that begins at a line; None where none does."""
    gutters = opened(lines[at])
    if len(gutters) + 1 < COLUMNS:
        return None
    for first in [*unnamed(lines[at : at + 2]), *[[]]]:
        grid = extended(Grid([*first, *gutters], [lines[at]]), lines[at:])
        if plausible(grid):
            return grid
    return None


def unnamed(lines: Sequence[Line]) -> Iterator[list[Gutter]]:
    """The white before a first line that begins far to the right of the next: a column without a name."""
    if len(lines) > 1 and lines[0].left - lines[1].left > FAR * lines[0].size:
        yield [(lines[1].left, lines[0].left)]


def going_on(lines: Sequence[Line], before: Grid) -> Grid | None:
    """The table of the page before, where the first lines of a page keep to its columns."""
    grid = Grid(before.gutters)
    if heading(lines[0], before) or not grid.take(lines[0]):
        return None
    grid.settle()
    filled = sum(map(bool, grid.cells[0]))
    if filled < 2 and not lines[0].text[:1].islower():
        return None
    return extended(grid, lines)


def extended(grid: Grid, lines: Sequence[Line]) -> Grid:
    """A table with every line below its first that stands in its columns."""
    for above, line in pairwise(lines):
        if line.top - above.bottom > FAR * line.size or heading(line, grid) or not grid.take(line):
            break
    grid.settle()
    return grid


def heading(line: Line, grid: Grid) -> bool:
    """Whether a line below a table's first is a heading after it: alone, and larger, bold or numbered."""
    body = grid.lines[1] if len(grid.lines) > 1 else grid.lines[0]
    if line.right > grid.gutters[0][0] + line.size:
        return abs(line.size - body.size) > 2
    return (
        abs(line.size - body.size) > 0.8
        or (line.bold and not body.bold)
        or (bool(NUMBERED.match(line.text)) and line.bold)
    )


def plausible(grid: Grid) -> bool:
    """Whether lines in columns are a table: a short first line, and others that fill several columns."""
    head = [" ".join(word.text for word in cell) for cell in grid.cells[0]]
    filled = [sum(map(bool, line)) for line in grid.cells]
    several = sum(count >= 2 for count in filled[1:])
    named = head if head[0] else head[1:]
    return (
        all(text and len(text) <= 60 and BEGINNING.match(text) for text in named)
        and (several >= 2 or beneath(grid))
        and any(count >= min(COLUMNS, len(head)) for count in filled[1:])
    )


def beneath(grid: Grid) -> bool:
    """Whether the line below the first begins every column exactly where the first does."""
    return len(grid.cells) > 1 and all(
        one and two and abs(one[0].left - two[0].left) < 1 for one, two in zip(*grid.cells[:2], strict=True)
    )


def rows(grid: Grid, edges: Sequence[Edge]) -> list[list[str]]:
    """The rows of a table, each cell with its lines; empty where they look like running text in columns."""
    columns = range(len(grid.gutters) + 1)
    made = [
        [
            "\n".join(filter(None, (written(grid, at, column) for at in range(start, end))))
            for column in columns
        ]
        for start, end in pairwise([0, *starts(grid, edges), len(grid.lines)])
    ]
    while len(made) > 1 and alone(made[-1]) and NUMBERED.match(made[-1][0]):
        made.pop()
    return made if len(grid.lines) <= PER_ROW * len(made) else []


def starts(grid: Grid, edges: Sequence[Edge]) -> list[int]:
    """The lines that begin a row: below a ruled line, after more white than within rows, by their words."""
    inside = sorted(crossing(grid, edges))
    least = row_gap(grid)
    limits = list(ends(grid))
    found, foot = [], grid.lines[0].bottom
    for at, line in enumerate(grid.lines[1:], start=1):
        below = bisect_left(inside, foot - 2) < bisect_right(inside, line.top + 2)
        if len(inside) > 2:
            begins = below
        elif least is not None:
            begins = below or line.top - foot >= least
        else:
            begins = below or restarts(grid, at, limits)
        if begins:
            found.append(at)
        foot = max(foot, line.bottom)
    return found


def alone(row: Sequence[str]) -> bool:
    """Whether a row fills its first cell only."""
    return bool(row[0]) and not any(row[1:])


def written(grid: Grid, at: int, column: int) -> str:
    """The words of one line in one column."""
    return " ".join(word.text for word in grid.cells[at][column])


def ends(grid: Grid) -> Iterator[float]:
    """How far the lines of each column reach, or would if a word were there."""
    for column in range(len(grid.gutters) + 1):
        furthest = max((words[column][-1].right for words in grid.cells if words[column]), default=0.0)
        beside = grid.gutters[column][1] if column < len(grid.gutters) else 0.0
        yield max(furthest, beside - 1.5 * grid.lines[0].size)


def crossing(grid: Grid, edges: Sequence[Edge]) -> list[float]:
    """The heights of the ruled lines that run through a table, from one side to the other."""
    width = max(line.right for line in grid.lines) - min(line.left for line in grid.lines)
    top, foot = grid.lines[0].bottom - 1, grid.lines[-1].top + 1
    return [height for height, left, right in edges if top < height < foot and right - left > 0.6 * width]


def row_gap(grid: Grid) -> float | None:
    """The least white between two rows; None where all lines stand equally far apart."""
    whites, foot = [], grid.lines[0].bottom
    for line in grid.lines[1:]:
        whites.append(max(line.top - foot, 0.0))
        foot = max(foot, line.bottom)
    ordered = sorted(whites)
    jump, least = max(((two - one, (one + two) / 2) for one, two in pairwise(ordered)), default=(0.0, 0.0))
    size = median(line.size for line in grid.lines)
    return least if jump >= 0.2 * size and ordered[0] < size else None


def restarts(grid: Grid, at: int, limits: Sequence[float]) -> bool:
    """Whether a line among equally distant ones begins a row.

    It does where its first cell begins like a sentence although the line before had room for its first word,
    or where every cell of it does.
    """
    cells = grid.cells[at]
    if not cells[0] or not BEGINNING.match(cells[0][0].text):
        return False
    filled = [column for column, words in enumerate(cells) if words]
    others = [column for column in filled if column]
    return forced(grid, at, 0, limits) or (
        bool(others)
        and all(BEGINNING.match(cells[one][0].text) and forced(grid, at, one, limits) for one in others)
    )


def forced(grid: Grid, at: int, column: int, limits: Sequence[float]) -> bool:
    """Whether the first word of a cell's line would have found room on the line before."""
    before, word = grid.cells[at - 1][column], grid.cells[at][column][0]
    room = limits[column] - before[-1].right if before else limits[column]
    return room > 0.3 * grid.lines[at].size + (word.right - word.left)
