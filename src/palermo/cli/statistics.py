"""`palermo statistics`: protect, attack and check tables of counts, and estimate what no list has seen."""

from __future__ import annotations

import typer

app = typer.Typer(no_args_is_help=True, help="Figures: protect, attack, check, estimate.")


@app.callback()
def statistics() -> None:
    """Figures: protect, attack, check, estimate."""
