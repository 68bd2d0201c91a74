"""`palermo statistics compare`: one table told in several ways, each under the same attack."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from palermo.cli.answer import answer
from palermo.cli.progress import progress
from palermo.cli.statistics_protect import not_written, proved, write

if TYPE_CHECKING:
    from palermo.statistics.ways.compare import Way

LONGEST_KEY = 1_000_000  # bytes
DRAWN = 32  # bytes of a key that is drawn
HEADINGS = ("way", "told", "persons", "mean error", "largest", "exact", "too narrow")


def compare(
    file: Annotated[Path, typer.Argument(help="The inner cells, as CSV.")],
    spec: Annotated[Path, typer.Option(help="How the table is cut and what must be hidden, as YAML.")],
    key: Annotated[
        Path | None, typer.Option(help="A secret of 16 bytes at least, for the same noise every time.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="A folder, for a table of each way as CSV.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
) -> None:
    """Tell one table in several ways, attack each, and show what each costs: a person chooses."""
    answer(lambda: compared(file, spec, key, out), as_json=as_json, show=show)


def compared(file: Path, spec: Path, key: Path | None, out: Path | None) -> dict[str, Any]:
    """What each way tells and what falls, as the contract answers."""
    from palermo.statistics import figures, specification  # noqa: PLC0415 - started only when it is used
    from palermo.statistics.disclosure import protection  # noqa: PLC0415
    from palermo.statistics.ways import compare as ways  # noqa: PLC0415

    made = specification.read(spec)
    secret = secret_of(key)
    groups = figures.inner(file, made)
    with progress(len(groups) * (len(made.dimensions) + 4) + 1) as step:
        step("getting ready; the first time, a minute of compiling")
        protection.prepared()
        answered, told = ways.compared(made, groups, secret, step)
    if out:
        written(out, told)
    return answered


def secret_of(key: Path | None) -> bytes:
    """The secret of a file, or one that is drawn and forgotten. Raises Refused."""
    from palermo.statistics import sheets  # noqa: PLC0415 - started only when it is used
    from palermo.statistics.ways.perturbation import refuse_short  # noqa: PLC0415

    if key is None:
        return secrets.token_bytes(DRAWN)
    secret = sheets.content(key, LONGEST_KEY)
    refuse_short(secret)
    return secret


def written(out: Path, ways: Iterable[Way]) -> None:
    """Write the table of each way that can be done, and the certificate of what is hidden, once it holds."""
    from palermo.statistics.disclosure import verify  # noqa: PLC0415 - started only when it is used

    done = [way for way in ways if way.rows]
    for way in done:
        if way.certificate is not None:
            proved(partial(verify.check, way.rows, way.certificate))
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as reason:
        raise not_written(out, reason) from reason
    taken: set[str] = set()
    for way in done:
        name = filed(way.name)
        while name in taken:
            name += "_"
        taken.add(name)
        write(out / f"{name}.csv", way.rows, way.certificate)


def filed(name: str) -> str:
    """A name for a file: what is neither letter nor digit becomes a line."""
    return "".join(one if one.isalnum() or one == "-" else "_" for one in name)


def show(told: dict[str, Any]) -> None:
    """The ways beside each other, those that cannot be done, and how to read it."""
    typer.echo(f"{told['people']} people, {told['cells']} cells, {told['primary']} of them must be protected")
    done = [line(way) for way in told["ways"] if "refused" not in way]
    widths = [max(map(len, column)) for column in zip(HEADINGS, *done, strict=True)]
    for name, *numbers in (HEADINGS, *done):
        rest = (one.rjust(width) for one, width in zip(numbers, widths[1:], strict=True))
        typer.echo("  ".join((name.ljust(widths[0]), *rest)))
    for way in told["ways"]:
        if "refused" in way:
            typer.echo(f"{way['way']}: {way['refused']}")
    typer.echo(
        "Choose the way that tells most of what you must tell, with no cell exact or too narrow, "
        "and publish that one alone: two ways of one table betray what each of them hides."
    )


def line(way: dict[str, Any]) -> tuple[str, ...]:
    """A way as it stands in the table."""
    return (
        way["way"],
        f"{way['told']} of {way['cells']}",
        str(way["persons"]),
        f"{way['mean_error']:.2f}",
        str(way["largest_error"]),
        str(way["attack"]["exact"]),
        str(way["attack"]["too_narrow"]),
    )
