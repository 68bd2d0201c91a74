"""`palermo law`: what the law fixes on a day, and what a fine comes to."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from palermo.cli.answer import answer

if TYPE_CHECKING:
    from palermo.law.value import Version

app = typer.Typer(no_args_is_help=True, help="The law on a day: values, fines.")
Country = Annotated[str, typer.Option(help="Whose law: be, or eu for its members.")]
AsJson = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]


@app.callback()
def law() -> None:
    """The law on a day: values, fines."""


@app.command("value")
def value_on(
    name: Annotated[str, typer.Argument(help="Which value, such as reflection-period.")],
    on: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="The day.")],
    country: Country = "be",
    as_json: AsJson = False,
) -> None:
    """What a value of the law was on a day, since when, and by which source."""
    answer(lambda: value_told(name, on, country), as_json=as_json, show=show)


def value_told(name: str, on: datetime, country: str) -> dict[str, Any]:
    """A value as the contract writes it."""
    from palermo.law.file import load  # noqa: PLC0415 - started only when it is used

    law = load(country)
    found = law.on(name, on.date())
    return {
        "name": name,
        "value": found.value,
        "unit": law.values[name].unit,
        "since": found.since.isoformat(),
        "until": found.until.isoformat() if found.until else None,
        "source": found.source,
        "confidence": found.confidence,
    }


@app.command("fine")
def fine_for(
    article: Annotated[str, typer.Option(help="The article, such as 433septies.")],
    facts_on: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="The day of the facts.")],
    victims: Annotated[int, typer.Option(min=1, max=1_000_000, help="How many victims.")] = 1,
    country: Country = "be",
    as_json: AsJson = False,
) -> None:
    """What the fine for an article comes to, with surcharge and victims."""
    answer(lambda: fine_told(article, victims, facts_on, country), as_json=as_json, show=show)


def fine_told(article: str, victims: int, facts_on: datetime, country: str) -> dict[str, Any]:
    """A fine as the contract writes it; its sources tell each factor."""
    from palermo.law.file import load  # noqa: PLC0415 - started only when it is used
    from palermo.law.fines import fine  # noqa: PLC0415

    found = fine(load(country), article, victims, facts_on.date())
    lowest, highest = found.penalty.value["fine"]
    factors = (
        (f"{lowest:,} to {highest:,} euro", found.penalty),
        (f"times {found.multiplier}", found.surcharge),
        (f"times {found.times_victims}", found.per_victim),
    )
    return {
        "minimum": found.minimum,
        "maximum": found.maximum,
        "multiplier": found.multiplier,
        "times_victims": found.times_victims,
        "sources": [cited(factor, one) for factor, one in factors],
    }


def cited(factor: str, version: Version) -> str:
    """A factor with where it stands, and how sure that is where it is not read in the source."""
    sure = "" if version.is_read else f" ({version.confidence})"
    return f"{factor}: {version.source}{sure}"


def show(told: dict[str, Any]) -> None:
    """An answer as lines for people."""
    for name, one in told.items():
        said = ", ".join(map(str, one)) if isinstance(one, list) else one
        typer.echo(f"{name}: {'–' if said is None else said}")
