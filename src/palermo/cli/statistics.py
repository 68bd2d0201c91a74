"""`palermo statistics`: protect, attack, compare and check tables of counts, and estimate who is unseen."""

from __future__ import annotations

import typer

app = typer.Typer(no_args_is_help=True, help="Figures: protect, compare, attack, check, estimate.")


@app.callback()
def statistics() -> None:
    """Figures: protect, compare, attack, check, estimate."""
