"""`palermo statistics protect` and `verify`: hide what must be hidden, and prove that it stays so."""

from __future__ import annotations

import csv
import json
import os
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from palermo.cli.answer import answer
from palermo.cli.progress import progress
from palermo.errors import Refused, words

AsJson = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]


def protect(
    file: Annotated[Path, typer.Argument(help="The inner cells, as CSV.")],
    spec: Annotated[Path, typer.Option(help="How the table is cut and what must be hidden, as YAML.")],
    out: Annotated[Path, typer.Option(help="Where the protected table goes, as CSV.")],
    starts: Annotated[
        int, typer.Option(min=1, max=1000, help="How often to start anew; the best is kept.")
    ] = 1,
    published: Annotated[
        list[Path] | None, typer.Option(help="Figures that were published before; may be repeated.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Make every margin, hide what must be hidden, prove it; write nothing where that fails."""
    answer(lambda: protected(file, spec, out, starts, published or []), as_json=as_json, show=show)


def protected(file: Path, spec: Path, out: Path, starts: int, published: list[Path]) -> dict[str, Any]:
    """Protect a file, as the contract answers."""
    from palermo.statistics import figures, specification  # noqa: PLC0415 - started only when it is used
    from palermo.statistics.disclosure import grid as grids  # noqa: PLC0415
    from palermo.statistics.disclosure import protection, release, verify  # noqa: PLC0415

    made = specification.read(spec)
    groups = figures.inner(file, made)
    before = [figures.earlier(one, made) for one in published]
    grid = grids.grid(made.dimensions, made.tables)
    seconds = {"compile": 0.0, "protect": 0.0, "attack": 0.0}
    rows: list[dict[str, str]] = []
    proofs: list[dict[str, Any]] = []
    counted: Counter[str] = Counter()
    with progress(len(groups) + 2) as step:
        step("getting ready; the first time, a minute of compiling")
        seconds["compile"] = timed(protection.prepared)[1]
        for group, inner in sorted(groups.items()):
            step("protecting " + (", ".join(group) or "the table"))
            asked = protection.asked(grid, inner, made, [one.get(group, {}) for one in before])
            found, spent = timed(lambda asked=asked: protection.protect(grid, asked, starts))
            seconds["protect"] += spent
            rows += release.rows(made, grid, group, asked.counts, found)
            proofs.append(release.proof(grid, group, asked, found.moves))
            counted.update(
                told=int(asked.before.sum()), lost=int(asked.lost.sum()), revised=int(asked.revised.sum())
            )
        step("proving")
        certificate = release.certificate(made, proofs)
        certified, seconds["attack"] = timed(lambda: proved(lambda: verify.check(rows, certificate)))
    write(out, rows, certificate)
    states = Counter(row["status"] for row in rows)
    return {
        "cells": certified["cells"],
        **{state: states[state] for state in ("published", "primary", "secondary")},
        "attack": {
            "exact": 0,
            "too_narrow": 0,
            "certified_integer": certified["certified"],
            "certified_continuous": 0,
        },
        "before": {name: counted[name] for name in ("told", "lost", "revised")},
        "seconds": {name: round(spent, 3) for name, spent in seconds.items()},
    }


def timed(work: Any) -> tuple[Any, float]:
    """What comes out of some work, and the seconds that it took."""
    begun = time.perf_counter()
    return work(), time.perf_counter() - begun


def write(out: Path, rows: list[dict[str, str]], certificate: dict[str, Any] | None) -> None:
    """Write the table and its certificate, where it has one, for its owner alone; none where one fails."""
    beside = out.with_suffix(".certificate.json")
    made = [out] if certificate is None else [beside, out]
    staged = {one: one.with_name(f"{one.name}.part") for one in made}
    try:
        if certificate is not None:
            flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
            with os.fdopen(os.open(staged[beside], flags, 0o600), "w", encoding="utf-8") as file:
                json.dump(certificate, file, ensure_ascii=False)
        with staged[out].open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        for one, part in staged.items():
            part.replace(one)
    except OSError as reason:
        for part in staged.values():
            part.unlink(missing_ok=True)
        raise not_written(out, reason) from reason


def not_written(out: Path, reason: OSError) -> Refused:
    """The refusal to write something to a place."""
    return Refused(
        "not-written",
        words("The file {file} cannot be written: {reason}."),
        words("Choose another place."),
        file=str(out),
        reason=reason.strerror,
    )


def show(told: dict[str, Any]) -> None:
    """What was done, as lines for people."""
    typer.echo(
        f"{told['cells']} cells: {told['published']} published, {told['primary']} primary, "
        f"{told['secondary']} secondary"
    )
    if any(told["before"].values()):
        typer.echo(
            f"told before: {told['before']['told']} cells, {told['before']['lost']} of them small, "
            f"{told['before']['revised']} with another count"
        )
    typer.echo(f"certified in whole numbers: {told['attack']['certified_integer']}")
    compiling, protecting, proving = told["seconds"].values()
    typer.echo(f"getting ready {compiling} s, protecting {protecting} s, proving {proving} s")


def verify(
    table: Annotated[Path, typer.Argument(help="The protected table, as CSV.")],
    certificate: Annotated[Path, typer.Argument(help="Its certificate, as JSON.")],
    as_json: AsJson = False,
) -> None:
    """Check a protected table against its certificate, by adding and comparing alone."""
    answer(
        lambda: verified(table, certificate),
        as_json=as_json,
        show=lambda told: typer.echo(
            f"{told['cells']} cells, {told['hidden']} hidden, {told['certified']} certified: "
            f"width {told['width']}, {told['low']} at least; "
            f"{told['insiders']} insiders, {told['before']} cells told before"
        ),
    )


def verified(table: Path, certificate: Path) -> dict[str, int]:
    """What the checker says of two files. Raises Refused with what is wrong."""
    from palermo.statistics.disclosure.verify import check  # noqa: PLC0415 - started only when it is used

    def read() -> dict[str, int]:
        with table.open(encoding="utf-8", newline="") as rows, certificate.open(encoding="utf-8") as proof:
            told = json.load(proof, parse_float=str, parse_constant=str)  # nothing is added to a word
            found = check(csv.DictReader(rows), told)
            return {
                **found,
                "width": min([told["width"], *(width for *_cell, width in told["widths"])]),
                "low": told["low"],
                **{name: sum(len(one[name]) for one in told["groups"]) for name in ("insiders", "before")},
            }

    return proved(read)


def proved(check: Callable[[], dict[str, int]]) -> dict[str, int]:
    """What a checker says. Raises Refused with what is wrong, or cannot be read."""
    try:
        return check()
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError, csv.Error) as fault:
        raise Refused(
            "not-certified",
            words("The certificate does not prove this table: {fault}."),
            words("Do not publish it; protect it again."),
            fault=fault,
        ) from fault
