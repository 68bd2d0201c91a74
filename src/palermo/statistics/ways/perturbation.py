"""Keyed perturbation: each number is told with a noise that hangs on who is counted, and on a secret key.

Every person has a record key, each cell the sum of those of its persons modulo 2**64, and its noise is what
the table of noise has at that place. So the same persons are told with the same noise in whatever table they
stand, and nobody can ask twice and take the mean. What is told does not add up.

Source: B. Fraser, J. Wooton, "A proposed method for confidentialising tabular output to protect against
differencing", Joint UNECE/Eurostat work session on statistical data confidentiality (2005).
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from palermo.errors import Refused, words
from palermo.statistics.disclosure.grid import Counts, Grid
from palermo.statistics.ways.noise import Noise

SHORTEST = 16  # bytes of a secret key
MOST = 5_000_000  # people of a group

Keys = NDArray[np.uint64]


def perturbed(grid: Grid, inner: Counts, group: Mapping[str, str], secret: bytes, noise: Noise) -> Counts:
    """What is told of each cell of a grid, margins too; what cannot be told below 0 is not.

    `inner` are the counts of persons of the inner cells, an axis for each dimension; `group` tells by its
    columns which of several tables they are. Raises Refused where there are too many people.
    """
    counts = grid.with_margins(inner)
    return counts + noise.deviations(counts, cell_keys(grid, inner, group, secret))


def cell_keys(grid: Grid, inner: Counts, group: Mapping[str, str], secret: bytes) -> Keys:
    """The key of each cell of a grid: the sum of the record keys of its persons, modulo 2**64."""
    if inner.sum() > MOST:
        raise Refused(
            "too-many-people",
            words("Keyed perturbation draws a key for each person: {people} are more than {most}."),
            words("Choose rounding or hiding; so many people need no noise."),
            people=int(inner.sum()),
            most=MOST,
        )
    sums = np.zeros(inner.shape, np.uint64)
    for place in np.argwhere(inner).tolist():
        at = tuple(place)
        codes = {axis.name: axis.codes[part] for axis, part in zip(grid.axes, at, strict=True)}
        sums[at] = record_keys(secret, group, codes, int(inner[at])).sum(dtype=np.uint64)
    return grid.with_margins(sums.view(np.int64)).view(np.uint64)


def record_keys(secret: bytes, group: Mapping[str, str], codes: Mapping[str, str], people: int) -> Keys:
    """The keys of the persons of an inner cell: of its group, its codes, and their numbers there.

    One more person leaves the keys of the others as they are; the order of the columns means nothing.
    """
    cell = json.dumps([sorted(group.items()), sorted(codes.items())])
    known = hmac.new(secret, cell.encode(), sha256)
    drawn = bytearray()
    for number in range(people):
        one = known.copy()
        one.update(b"\0%d" % number)
        drawn += one.digest()[:8]
    return np.frombuffer(bytes(drawn), np.dtype("<u8")).astype(np.uint64)


def refuse_short(secret: bytes) -> None:
    """Refuse a key that could be guessed."""
    if len(secret) < SHORTEST:
        raise Refused(
            "short-key",
            words("The secret key has {found} bytes; it needs {least} at least."),
            words("Draw one by chance, such as from /dev/urandom, and keep it where the true table is kept."),
            found=len(secret),
            least=SHORTEST,
        )
