"""A search for the nearest rounding: inner cells flip between the multiples beside them, alone or in pairs.

It cools down: at first what makes the table worse is often taken, at the end only what makes it better.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from palermo.statistics.compiled import compiled

WARM, COLD = 4.0, 0.5  # as shares of the base: the worsening that is taken now and then, at first and at last
FAR = 4  # how many times its base a step beyond the multiples beside a number weighs

Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]


class Web(NamedTuple):
    """Which numbers count which open inner cells, both ways, as chained lists.

    `rows[starts[c]:starts[c + 1]]` are the numbers that count cell `c`, `columns[begins[r]:begins[r + 1]]`
    the open cells that number `r` counts.
    """

    starts: Numbers
    rows: Numbers
    begins: Numbers
    columns: Numbers


@compiled
def weight(off: int, base: int) -> int:
    """What it costs that a number is so far off: its distance, and more for each step too many."""
    return abs(off) + FAR * base * (abs(off) // base)


@compiled
def flipped(web: Web, up: Flags, off: Numbers, cell: int, base: int) -> int:
    """Move an inner cell to its other multiple; by how much that makes the table worse."""
    by, worse = -base if up[cell] else base, 0
    up[cell] = not up[cell]
    for at in range(web.starts[cell], web.starts[cell + 1]):
        row = web.rows[at]
        worse += weight(off[row] + by, base) - weight(off[row], base)
        off[row] += by
    return worse


@compiled
def partner(web: Web, up: Flags, cell: int) -> int:
    """A cell in some sum with this one that stands on the other side; the cell itself where none is met."""
    row = web.rows[np.random.randint(web.starts[cell], web.starts[cell + 1])]
    for _try in range(4):
        other = web.columns[np.random.randint(web.begins[row], web.begins[row + 1])]
        if up[other] != up[cell]:
            return int(other)
    return cell


@compiled
def tried(web: Web, up: Flags, off: Numbers, base: int, heat: float) -> int:
    """Flip a cell, or a pair of which one goes up and one down, and take it back unless it is good enough."""
    cell = np.random.randint(len(up))
    other = partner(web, up, cell) if np.random.random() < 0.5 else cell
    worse = flipped(web, up, off, cell, base)
    if other != cell:
        worse += flipped(web, up, off, other, base)
    if worse <= 0 or np.random.random() < np.exp(-worse / heat):
        return worse
    flipped(web, up, off, cell, base)
    if other != cell:
        flipped(web, up, off, other, base)
    return 0


@compiled
def cooled(web: Web, up: Flags, off: Numbers, base: int, seed: int, sweeps: int) -> Flags:
    """Which open cells stand above, in the best table that was met.

    `up` says which do so at first, and `off` how far each number is then from the true one; both are used up.
    """
    np.random.seed(seed)
    best, now, least = up.copy(), 0, 0
    for sweep in range(sweeps):
        heat = base * WARM * (COLD / WARM) ** (sweep / max(sweeps - 1, 1))
        for _turn in range(len(up)):
            now += tried(web, up, off, base, heat)
        if now < least:
            least = now
            best[:] = up
    return best
