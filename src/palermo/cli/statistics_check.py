"""`palermo statistics check-table`: what cannot be true in figures that somebody published."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from palermo.cli.answer import answer

if TYPE_CHECKING:
    from palermo.statistics.checks.finding import Finding

SHOWN = 5  # findings of a rule that people are shown


def check_table(
    file: Annotated[Path, typer.Argument(help="The figures, as CSV in UTF-8.")],
    spec: Annotated[Path, typer.Option(help="How they are cut, as YAML.")],
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
) -> None:
    """What cannot be true in a table of figures, and what is probably wrong in it (rules R1 to R12)."""
    answer(lambda: checked(file, spec), as_json=as_json, show=show)


def checked(file: Path, spec: Path) -> dict[str, Any]:
    """The findings as the contract writes them."""
    from palermo.statistics import specification  # noqa: PLC0415 - started only when it is used
    from palermo.statistics.checks.check import check  # noqa: PLC0415
    from palermo.statistics.checks.table import published  # noqa: PLC0415

    found = check(*published(file, specification.read(spec)))
    return {
        "cells": found.cells,
        "errors": [told(one) for one in found.errors],
        "warnings": [told(one) for one in found.warnings],
    }


def told(found: Finding) -> dict[str, Any]:
    """A finding as the contract writes it."""
    from palermo.statistics.checks.sentences import sentence  # noqa: PLC0415

    return {"rule": found.rule, "key": dict(found.key), "message": sentence(found)}


def show(answered: dict[str, Any]) -> None:
    """An answer as lines for people: how many findings of each rule, and the first of them."""
    typer.echo(f"cells: {answered['cells']}")
    for level in ("errors", "warnings"):
        typer.echo(f"{level}: {len(answered[level])}")
        of_rule = Counter(one["rule"] for one in answered[level])
        for rule, number in of_rule.items():
            typer.echo(f"  {rule}: {number}")
            first = [one for one in answered[level] if one["rule"] == rule][:SHOWN]
            for one in first:
                typer.echo(f"    {' · '.join(one['key'].values()) or '–'}: {one['message']}")
            if number > SHOWN:
                typer.echo(f"    … and {number - SHOWN} more: --json tells them all.")
