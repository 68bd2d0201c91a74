"""`palermo statistics attack`: what follows of the hidden cells of figures that somebody published."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from palermo.cli.answer import answer
from palermo.cli.progress import progress

SHOWN = 10  # cells that people are shown
STEPS = 20  # of progress


def attack(
    file: Annotated[Path, typer.Argument(help="The figures, as CSV in UTF-8.")],
    spec: Annotated[Path, typer.Option(help="How they are cut, and what their mark tells, as YAML.")],
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
) -> None:
    """What follows of hidden cells: by one subtraction, exactly, or within too few values."""
    answer(lambda: attacked(file, spec), as_json=as_json, show=show)


def attacked(file: Path, spec: Path) -> dict[str, Any]:
    """What falls, as the contract answers."""
    from palermo.statistics import specification  # noqa: PLC0415 - started only when it is used
    from palermo.statistics.checks.table import published  # noqa: PLC0415
    from palermo.statistics.disclosure import attack as attacks  # noqa: PLC0415

    sheet, cut = published(file, specification.read(spec))
    with progress(STEPS + 1) as step:
        return attacks.attack(sheet, cut, announced(step))


def announced(step: Callable[[str], None]) -> Callable[[float, int], None]:
    """What announces every so many groups, or so much of one."""
    said = 0

    def after(done: float, groups: int) -> None:
        nonlocal said
        if done * STEPS // groups > said:
            said = int(done * STEPS // groups)
            step(f"{100 * done / groups:.0f} %")

    return after


def show(answered: dict[str, Any]) -> None:
    """What falls, as lines for people: both attackers, then the first cells."""
    typer.echo(f"hidden: {answered['suppressed']}, by one subtraction: {answered['one_subtraction']}")
    for low, one in answered["by_low"].items():
        typer.echo(f"hidden cells from {low} on: {one['exact']} exact, {one['too_narrow']} too narrow")
    typer.echo(
        "programmes: " + ", ".join(f"{number} {kind}" for kind, number in answered["programmes"].items())
    )
    typer.echo(f"impossible groups: {len(answered['impossible_groups'])}")
    for one in answered["impossible_groups"][:SHOWN]:
        typer.echo(f"  {' · '.join(one.values()) or '–'}")
    for one in answered["cells"][:SHOWN]:
        told = str(one["low"]) if one["low"] == one["high"] else f"{one['low']}-{one['high']}"
        typer.echo(f"  {' · '.join(one['key'].values())}: {told}")
    if len(answered["cells"]) > SHOWN:
        typer.echo(f"  … and {len(answered['cells']) - SHOWN} more: --json tells them all.")
