"""`palermo statistics estimate`: how many people no list has seen, and how little that is certain."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from palermo.cli.answer import answer
from palermo.errors import Refused, words


def estimate(
    file: Annotated[Path, typer.Argument(help="A CSV of lists that overlap: columns of 0 and 1, and count.")],
    bootstraps: Annotated[int, typer.Option(min=20, max=100_000, help="How often to repeat.")] = 1000,
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same answer.")] = 1,
    order: Annotated[int, typer.Option(min=1, max=9, help="How many lists a term has at most.")] = 3,
    picture: Annotated[Path | None, typer.Option(help="Write a picture here, in Vega-Lite.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
) -> None:
    """Estimate how many people there are with those on no list, by several models, with intervals."""
    answer(lambda: estimated(file, bootstraps, seed, order, picture), as_json=as_json, show=show)


def estimated(file: Path, bootstraps: int, seed: int, order: int, picture: Path | None) -> dict[str, Any]:
    """An estimate as the contract writes it; writes its picture too where that is asked."""
    from palermo.statistics.estimates.contract import as_json  # noqa: PLC0415 - started only when it is used
    from palermo.statistics.estimates.estimate import Plan  # noqa: PLC0415
    from palermo.statistics.estimates.estimate import estimate as of  # noqa: PLC0415
    from palermo.statistics.estimates.picture import picture as drawn  # noqa: PLC0415
    from palermo.statistics.estimates.reading import read  # noqa: PLC0415

    plan = Plan(order, bootstraps, seed)
    found = of(read(file), plan)
    if picture:
        write(picture, drawn(found))
    return as_json(found, plan)


def write(path: Path, told: dict[str, Any]) -> None:
    """Write a picture. Raises Refused where the file cannot be written."""
    try:
        path.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")
    except OSError as reason:
        raise Refused(
            "file-trouble",
            words("The file {name} cannot be used: {why}."),
            words("Check its folder, its name and whether you may write there."),
            name=str(path),
            why=reason.strerror,
        ) from reason


def show(told: dict[str, Any]) -> None:
    """An estimate as lines for people: no number without its interval."""
    typer.echo(f"{told['known']:,} people are known.")
    typer.echo(f"{people(told)} in all, by {told['method']}.")
    for one in told["models"]:
        typer.echo(f"  {one['method']}: {people(one)}; terms: {', '.join(one['terms']) or 'none'}")
    for one in told["stability"]:
        what = f"without {one['left_out']}" if one["left_out"] else f"terms of at most {one['order']}"
        typer.echo(f"  {what}, {one['method']}: {people(one)}")
    for one in told["warnings"]:
        typer.echo(f"! {one['message']}")


def people(told: dict[str, Any]) -> str:
    """An estimate with its interval, in whole people."""
    if told["estimate"] is None:
        return "no answer"
    low, high = ("no end" if end is None else f"{end:,.0f}" for end in told["interval95"])
    return f"{told['estimate']:,.0f} ({low} to {high})"
