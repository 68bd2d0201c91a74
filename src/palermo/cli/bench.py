"""`palermo bench`: how long things take, beside what the machine could do at best."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

FOLDER = Path(__file__).resolve().parents[3] / "benchmarks"


def bench(
    name: Annotated[str, typer.Argument(help="Which one; left out, they are listed.")] = "",
    sizes: Annotated[list[int] | None, typer.Argument(help="How large, where a benchmark asks.")] = None,
) -> None:
    """Run a benchmark, or list what can be measured. Exits with 1 where a limit is missed."""
    known = {path.stem.replace("_", "-"): path for path in sorted(FOLDER.glob("[!_]*.py"))}
    if name not in known:
        for one, path in known.items():
            typer.echo(f"{one:20} {first_line(path)}")
        raise typer.Exit(2 if name else 0)
    os.execv(sys.executable, [sys.executable, str(known[name]), *map(str, sizes or ())])  # noqa: S606 - our own file, no shell


def first_line(path: Path) -> str:
    """What a benchmark says of itself."""
    return path.read_text("utf-8").splitlines()[0].strip('"')
