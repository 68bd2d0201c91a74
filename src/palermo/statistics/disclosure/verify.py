"""Check a protected table against its certificate, by adding and comparing alone.

`python verify.py OUT.csv OUT.certificate.json` needs only Python. Each cell must be there once and tell the
true sum; moves must lower and raise each hidden cell by its width, for insiders too, and none that is told.
"""

import csv
import json
import sys
from collections import ChainMap, Counter, defaultdict
from itertools import product
from pathlib import Path
from typing import Any


def check(rows: Any, certificate: Any) -> dict[str, int]:
    """How many cells there are, are hidden, and are certified. Raises ValueError with what is wrong."""
    held: dict[Any, Any] = {}
    columns = {*certificate["group_by"], *certificate["dimensions"], "value", "status"}
    for row in rows:
        cell = tuple(row[name] for name in certificate["dimensions"])
        group = held.setdefault(tuple(row[name] for name in certificate["group_by"]), {})
        if cell in group or set(row) - columns:
            raise ValueError(f"the cell {cell} stands there twice, or beside what belongs to no column")
        group[cell] = row["value"]
    proofs = {tuple(one["group"]): one for one in certificate["groups"]}
    if set(held) != set(proofs) or len(proofs) != len(certificate["groups"]):
        raise ValueError("the file and the certificate have other groups")
    hidden = sum(check_group(told, proofs[key], certificate) for key, told in held.items())
    return {"cells": sum(map(len, held.values())), "hidden": hidden, "certified": hidden}


def check_group(told: dict[Any, str], proof: Any, certificate: Any) -> int:
    """Check the cells of one group, for each reader; how many are hidden."""
    known = {cell for table in certificate["tables"] for cell in product(*table)}
    if set(told) != known:
        raise ValueError(f"cells are missing, or are in no table: {sorted(set(told) ^ known)[:3]}")
    held = [{code: {*parts} for code, parts in one.items()} for one in certificate["dimensions"].values()]
    true, hidden = sums(proof["inner"], held), {cell for cell, value in told.items() if value == ""}
    if wrong := sorted(cell for cell in known - hidden if told[cell] != str(true[cell])):
        raise ValueError(f"the cell {wrong[0]} is told as {told[wrong[0]]}, and is {true[wrong[0]]}")
    fixed = (known - hidden).union(map(tuple, proof["before"]))
    room = Counter({cell: true[cell] - certificate["low"] * (cell in hidden) for cell in {*true, *hidden}})
    widths = {tuple(cell): width for *cell, width in certificate["widths"]}
    owns = [one["own"] for one in proof["insiders"]]
    counts = [line[-1] for lines in (proof["inner"], *owns) for line in lines]
    if min([certificate["low"], *counts]) < 0 or min([certificate["width"], *widths.values()]) < 1:
        raise ValueError("nobody counts less than nothing, and no cell is uncertain by less than one")
    widths = {cell: widths.get(cell, certificate["width"]) for cell in hidden}
    moves, through = [sums(one["changes"], held) for one in proof["moves"]], defaultdict(list)
    reaches = {at: (one["up"], one["down"]) for at, one in enumerate(proof["moves"])}
    for at, move in enumerate(moves):
        if min(reaches[at]) < 0 or reach(move, room, fixed) != reaches[at]:
            raise ValueError(f"a move changes what is told, or not as often as it says: {sorted(move)[:3]}")
        for cell in move:
            through[cell].append(at)
    uncertain(widths, moves, through, reaches)
    for own in [sums(one, held) for one in owns]:
        knows = {cell for cell in own if cell in known and own[cell] == true[cell]}
        empty = ((cell, one) for cell in hidden.difference(true) for one in knows)  # nobody is in them either
        knows |= {a for a, b in empty if all(of[x] <= of[y] for of, x, y in zip(held, a, b, strict=True))}
        theirs = {cell: min(room[cell], true[cell] - own[cell]) for cell in own}
        met = {at for cell in own if cell in knows or theirs[cell] < room[cell] for at in through[cell]}
        seen = {at: reach(moves[at], ChainMap(theirs, room), knows) for at in met}
        left = {one: widths[one] for at in met for one in moves[at] if one in hidden and one not in knows}
        uncertain(left, moves, through, ChainMap(seen, reaches))
    return len(hidden)


def reach(move: Any, room: Any, fixed: Any) -> tuple[int, int]:
    """How often a move can be applied upwards and downwards; not at all where it changes what is fixed."""
    ends = [min((room[at] // abs(by) for at, by in move.items() if by * to > 0), default=0) for to in (-1, 1)]
    return (0, 0) if fixed.intersection(move) else (ends[0], ends[1])


def uncertain(widths: dict[Any, int], moves: Any, through: Any, reaches: Any) -> None:
    """Refuse a cell that no moves raise and lower by its width."""
    for cell, width in widths.items():
        found = [(reaches[at], moves[at][cell]) for at in through[cell]]
        most = [max((ends[(by < 0) ^ down] * abs(by) for ends, by in found), default=0) for down in (0, 1)]
        if sum(most) < width:
            raise ValueError(f"nothing shows that the cell {cell} is uncertain enough")


def sums(inner: Any, dimensions: Any) -> Counter[Any]:
    """What inner cells come to in every cell that holds them, without those in which it is 0."""
    found: Counter[Any] = Counter()
    for *cell, count in inner:
        codes = ([code for code in of if part in of[code]] for part, of in zip(cell, dimensions, strict=True))
        for one in product(*codes):
            found[one] += count
    return Counter({cell: count for cell, count in found.items() if count})


if __name__ == "__main__":
    with Path(sys.argv[1]).open(encoding="utf-8", newline="") as opened:
        proof = json.loads(Path(sys.argv[2]).read_text("utf-8"), parse_float=str, parse_constant=str)
        found = check(csv.DictReader(opened), proof)  # fractions are words, with which nothing is added
    sys.stdout.write(f"{found}\n")
