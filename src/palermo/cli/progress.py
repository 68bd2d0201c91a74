"""How far a long command is, on standard error: standard output belongs to its answer."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer


@contextmanager
def progress(steps: int) -> Iterator[Callable[[str], None]]:
    """A bar of so many steps on a terminal, a line for each elsewhere; yields what announces the next one."""
    if not sys.stderr.isatty():
        yield lambda name: typer.echo(f"· {name}", err=True)
        return
    from rich.console import Console  # noqa: PLC0415 - only who watches pays for it
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    columns = (BarColumn(bar_width=24), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as shown:
        task = shown.add_task("", total=steps)
        begun = iter(range(steps))
        yield lambda name: shown.update(task, description=name, completed=next(begun, steps))
        shown.update(task, description="Ready", completed=steps)
