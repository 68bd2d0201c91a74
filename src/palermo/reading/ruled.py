"""Tables that ruling lines draw on a page of a PDF."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pdfplumber.utils.text import extract_text

from palermo.reading.pieces import Piece, piece

MOST_EDGES = 20_000
THICKEST = 4.0  # points: a filled box that is thicker on both sides is a background, no line
NEAR = 3.0  # points between a line and what it closes
LINES = {"vertical_strategy": "lines", "horizontal_strategy": "lines", "snap_tolerance": 4}
Box = tuple[float, float, float, float]


def ruled_tables(page: Any) -> list[tuple[Box, Piece]]:
    """The tables of a page with several columns, each with its box.

    Where a page break cuts a row, printers leave the table open there; it is closed to be read.
    """
    if not 1 < len(page.lines) + len(page.rects) + len(page.curves) <= MOST_EDGES:
        return []
    bare = page.filter(line_or_sign) if any(map(background, page.rects)) else page
    feet = list(open_ends(bare.edges, "bottom"))
    closing = [*feet, *open_ends(bare.edges, "top")]
    found = bare.find_tables({**LINES, "explicit_horizontal_lines": closing})
    return [
        (one.bbox, piece(rows, page.page_number, cut=any(ends_at(one.bbox, foot) for foot in feet)))
        for one in found
        if one.rows and len(one.rows[0].cells) > 1 and any(map(any, rows := list(texts(one))))
    ]


def background(one: Any) -> bool:
    """Whether a box is the colour behind a cell; a border may be a filled box too, a thin one."""
    return bool(one["fill"] and not one["stroke"] and one["width"] > THICKEST and one["height"] > THICKEST)


def line_or_sign(one: Any) -> bool:
    """Whether something on a page is no background."""
    return one["object_type"] != "rect" or not background(one)


def open_ends(edges: Sequence[Any], side: str) -> Iterator[dict[str, Any]]:
    """The lines that are missing where at least three upright lines end side by side with none across."""
    upright = sorted((one for one in edges if one["orientation"] == "v"), key=lambda one: one[side])
    across = [one for one in edges if one["orientation"] == "h" and one["width"] > THICKEST]
    while upright:
        height = upright[0][side]
        group = [one for one in upright if one[side] - height <= NEAR]
        upright = upright[len(group) :]
        left, right = min(one["x0"] for one in group), max(one["x1"] for one in group)
        if len({round(one["x0"]) for one in group}) >= 3 and not any(
            abs(one["top"] - height) <= NEAR and one["x0"] < right and one["x1"] > left for one in across
        ):
            yield drawn(left, right, group[0], side)


def drawn(left: float, right: float, end: Any, side: str) -> dict[str, Any]:
    """A line across, as the page's own lines are described."""
    height = end[side]
    return {
        "object_type": "line",
        "x0": left,
        "x1": right,
        "width": right - left,
        "height": 0,
        "top": height,
        "bottom": height,
        "doctop": end["doctop"] + height - end["top"],
        "orientation": "h",
    }


def ends_at(box: Box, line: dict[str, Any]) -> bool:
    """Whether a table's foot is a line that was missing."""
    return abs(box[3] - float(line["top"])) <= NEAR and bool(line["x0"] < box[2] and line["x1"] > box[0])


def texts(found: Any) -> Iterator[list[str | None]]:
    """The texts of a table's cells, row by row; None in the first column where a cell above goes on."""
    signs = within(found.page.chars, found.bbox)
    for row in found.rows:
        beside = within(signs, row.bbox)
        yield [
            None if box is None and at == 0 else str(extract_text(within(beside, box))) if box else ""
            for at, box in enumerate(row.cells)
        ]


def within(signs: Sequence[Any], box: Box) -> list[Any]:
    """The signs of which the middle lies in a box."""
    left, top, right, bottom = box
    return [
        one
        for one in signs
        if left * 2 <= one["x0"] + one["x1"] < right * 2
        and top * 2 <= one["top"] + one["bottom"] < bottom * 2
    ]
