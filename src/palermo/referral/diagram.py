"""The stages of the procedure and the moves between them as a picture (SVG), drawn from the rules."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from django.utils.translation import gettext

from palermo.referral.rules.moves import EXTEND, ISSUED, MOVES, RENEW, STAGES
from palermo.referral.rules.state import (
    DETECTED,
    ENDED,
    EXTENDED,
    PROVISIONAL,
    REFLECTION,
    TEMPORARY,
    UNLIMITED,
)
from palermo.referral.templatetags.referral import MOVES as MOVE_WORDS
from palermo.referral.templatetags.referral import STAGES as STAGE_WORDS

COLUMN = (DETECTED, REFLECTION, PROVISIONAL, EXTENDED, TEMPORARY, UNLIMITED)
WIDTH, BOX, HIGH, STEP, LEFT = 1010, 270, 44, 112, 270
STYLE = """
text { font: 14px system-ui, sans-serif; fill: #1f2933 }
.move { font-size: 12px; fill: #52606d }
rect { fill: #fff; stroke: #1b4f72; stroke-width: 1.5 }
path { fill: none; stroke: #1b4f72; stroke-width: 1.5; marker-end: url(#tip) }
.line { marker-end: none }
marker path { fill: #1b4f72; stroke: none; marker-end: none }
svg { background: #fbfaf8 }
@media (prefers-color-scheme: dark) {
 text { fill: #e4e7eb } .move { fill: #9aa5b1 } rect { fill: #1f2933; stroke: #8ec5f0 }
 path { stroke: #8ec5f0 } marker path { fill: #8ec5f0; stroke: none } svg { background: #101418 }
}"""
TARGETS = {move: stage for stage, move in ISSUED.items()} | {EXTEND: EXTENDED, RENEW: TEMPORARY}


def edges() -> Iterator[tuple[str, str, str]]:
    """From which stage a move leads to which, in the order of the moves."""
    for move in MOVES:
        if (target := TARGETS.get(move)) is None:
            continue
        for stage in STAGES[move]:
            if stage != target or move == RENEW:
                yield stage, target, move


def top(stage: str) -> int:
    """Where the box of a stage begins."""
    return 20 + COLUMN.index(stage) * STEP


def diagram(*, has_style: bool) -> str:
    """The picture in the language that is active; a page that has a style sheet brings its own style."""
    height = top(UNLIMITED) + HIGH + 20
    title, ends = gettext("The stages and the moves between them"), gettext("from every stage")
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" class="stages">',
        f"<title>{escape(title)}</title>",
        f"<style>{STYLE}</style>" if has_style else "",
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8"',
        ' orient="auto"><path d="M0 0L8 4L0 8z"/></marker></defs>',
        *(box(stage, LEFT, top(stage)) for stage in COLUMN),
        *(arrow(*edge) for edge in edges()),
        *ending(ends, height),
        "</svg>",
    ]
    return "\n".join(filter(None, parts)) + "\n"


def box(stage: str, x: int, y: int) -> str:
    """The box of a stage with its words."""
    words = escape(str(STAGE_WORDS[stage]))
    return (
        f'<rect x="{x}" y="{y}" width="{BOX}" height="{HIGH}" rx="6"/>'
        f'<text x="{x + BOX // 2}" y="{y + 27}" text-anchor="middle">{words}</text>'
    )


def arrow(start: str, end: str, move: str) -> str:
    """An arrow down to the next box, around the boxes between, or back to its own; its move beside it."""
    words, middle = escape(str(MOVE_WORDS[move])), LEFT + BOX // 2
    low, high = top(start) + HIGH, top(end)
    if COLUMN.index(end) == COLUMN.index(start) + 1:
        path, x, y = f"M{middle} {low}V{high - 2}", middle + 8, (low + high) // 2 + 4
        return f'<path d="{path}"/><text class="move" x="{x}" y="{y}">{words}</text>'
    if start == end:
        path = f"M{LEFT} {low - 8}H{LEFT - 20}V{low + 18}H{LEFT + 20}V{low + 2}"
        return f'<path d="{path}"/>' + wrapped(words, LEFT - 28, low + 2)
    out, y = LEFT - 40, top(start) + HIGH // 2
    path = f"M{LEFT} {y}H{out}V{top(end) + HIGH // 2}H{LEFT - 2}"
    return f'<path d="{path}"/>' + wrapped(words, out - 8, (y + top(end) + HIGH // 2) // 2)


def wrapped(words: str, x: int, y: int) -> str:
    """Words in two lines that end at a place."""
    half = len(words) // 2
    cut = min((n for n, sign in enumerate(words) if sign == " "), key=lambda n: abs(n - half), default=half)
    return "".join(
        f'<text class="move" x="{x}" y="{y + 15 * n}" text-anchor="end">{part.strip()}</text>'
        for n, part in enumerate((words[:cut], words[cut:]))
    )


def ending(ends: str, height: int) -> Iterator[str]:
    """The box of the end, which every stage can reach."""
    right, x = LEFT + BOX, WIDTH - BOX + 60
    y, bus = height // 2 - HIGH // 2, WIDTH - BOX + 30
    for stage in COLUMN:
        middle = top(stage) + HIGH // 2
        yield f'<path class="line" d="M{right} {middle}H{bus}"/>'
    first, last = (top(stage) + HIGH // 2 for stage in (DETECTED, UNLIMITED))
    yield f'<path class="line" d="M{bus} {first}V{last}"/>'
    yield f'<path d="M{bus} {y + HIGH // 2}H{x - 2}"/>'
    words = escape(str(STAGE_WORDS[ENDED]))
    yield f'<rect x="{x}" y="{y}" width="{BOX - 80}" height="{HIGH}" rx="6"/>'
    yield f'<text x="{x + BOX // 2 - 40}" y="{y + 27}" text-anchor="middle">{words}</text>'
    yield f'<text class="move" x="{x}" y="{y + HIGH + 18}">{escape(ends)}</text>'
