"""Check a protected table against its certificate, by adding and comparing alone.

`python verify.py OUT.csv OUT.certificate.json` needs nothing but Python. The certificate holds the true
table: keep it where that is kept.

It is checked that the file has every cell of the tables once; that what it tells is the sum of the true inner
cells, and what it hides is empty; that each move leaves every told cell as it is and, applied as often as it
says, lets no hidden cell fall below what everybody knows; and that by some moves every hidden cell can be
lowered and raised by the width that was promised.
"""

import csv
import json
import sys
from collections import Counter
from itertools import product
from pathlib import Path
from typing import Any

Cell = tuple[str, ...]


def check(rows: Any, certificate: Any) -> dict[str, int]:
    """How many cells there are, are hidden, and are certified. Raises ValueError with what is wrong."""
    held: dict[Cell, dict[Cell, str]] = {}
    for row in rows:
        cell = tuple(row[name] for name in certificate["dimensions"])
        group = held.setdefault(tuple(row[name] for name in certificate["group_by"]), {})
        if cell in group:
            raise ValueError(f"the cell {cell} stands there twice")
        group[cell] = row["value"]
    proofs = {tuple(one["group"]): one for one in certificate["groups"]}
    if set(held) != set(proofs) or len(proofs) != len(certificate["groups"]):
        raise ValueError("the file and the certificate have other groups")
    counted: Counter[str] = Counter()
    for key, told in held.items():
        counted.update(check_group(told, proofs[key], certificate))
    return dict(counted)


def check_group(told: dict[Cell, str], proof: Any, certificate: Any) -> dict[str, int]:
    """Check the cells of one group."""
    dimensions, known = list(certificate["dimensions"].values()), set(tables(certificate))
    if set(told) != known:
        raise ValueError(f"cells are missing, or are in no table: {sorted(set(told) ^ known)[:3]}")
    true = sums(proof["inner"], dimensions)
    hidden = {cell for cell, value in told.items() if value == ""}
    if wrong := sorted(cell for cell in known - hidden if told[cell] != str(true[cell])):
        raise ValueError(f"the cell {wrong[0]} is told as {told[wrong[0]]}, and is {true[wrong[0]]}")
    raised, lowered = shifts(proof["moves"], true, known - hidden, hidden, certificate)
    widths = {tuple(cell): width for *cell, width in certificate["widths"]}
    for cell in hidden:
        width = widths.get(cell, certificate["width"])
        if true[cell] < certificate["low"] or raised[cell] + lowered[cell] < width:
            raise ValueError(f"nothing shows that the cell {cell} is uncertain enough")
    return {"cells": len(known), "hidden": len(hidden), "certified": len(hidden)}


def shifts(
    moves: Any, true: Counter[Cell], told: set[Cell], hidden: set[Cell], certificate: Any
) -> tuple[Counter[Cell], Counter[Cell]]:
    """How far some move raises and lowers each cell."""
    raised, lowered = Counter[Cell](), Counter[Cell]()
    for move in moves:
        for cell, change in sums(move["changes"], list(certificate["dimensions"].values())).items():
            up, down = (move["up"], move["down"]) if change > 0 else (move["down"], move["up"])
            if change and cell in told:
                raise ValueError(f"a move changes the cell {cell}, which is told")
            least = certificate["low"] if cell in hidden else 0
            if min(up, down) < 0 or (change and true[cell] - abs(change) * down < least):
                raise ValueError(f"a move lowers the cell {cell} too far")
            raised[cell] = max(raised[cell], abs(change) * up)
            lowered[cell] = max(lowered[cell], abs(change) * down)
    return raised, lowered


def tables(certificate: Any) -> Any:
    """Every cell of the tables that are told."""
    names = list(certificate["dimensions"])
    for table in certificate["tables"] or [names]:
        yield from product(
            *(
                held if name in table else [certificate["totals"][name]]
                for name, held in certificate["dimensions"].items()
            )
        )


def sums(inner: Any, dimensions: list[dict[str, list[str]]]) -> Counter[Cell]:
    """What inner cells come to in every cell that holds them."""
    found: Counter[Cell] = Counter()
    for *cell, count in inner:
        holding = (
            [code for code in held if part in held[code]] for part, held in zip(cell, dimensions, strict=True)
        )
        for one in product(*holding):
            found[one] += count
    return found


def main() -> None:
    """Check the two files that are named."""
    with Path(sys.argv[1]).open(encoding="utf-8", newline="") as table:
        sys.stdout.write(
            f"{check(csv.DictReader(table), json.loads(Path(sys.argv[2]).read_text('utf-8')))}\n"
        )


if __name__ == "__main__":
    main()
