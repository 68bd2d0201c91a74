"""Every answer as a picture in Vega-Lite, with its data inside: never a point without its interval.

An interval without an upper end runs to the edge and ends in an arrow; words tell where there is no answer.
"""

from __future__ import annotations

import math
from typing import Any

from palermo.statistics.estimates.estimate import BEST, DOWNHILL, STEPWISE, Answer, Estimate

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
GROUPS = ("Models", "One list left out", "Terms of fewer lists")
METHODS = {
    BEST: f"{BEST}: of all models, the one with the lowest BIC",
    DOWNHILL: f"{DOWNHILL}: step by step to the neighbour with the lowest BIC",
    STEPWISE: f"{STEPWISE}: pairs of lists are added while their overlap is unlikely",
}
COLOUR, KNOWN, NOTHING = "#1f4e79", "#b3261e", "#595959"
APART = 100  # times the smallest number; an axis that is not logarithmic would press that to the edge
BEYOND, FAR_BEYOND = 1.1, 3  # times the largest number: an arrow points past every point
HEADER = {
    "labelOrient": "top",
    "labelAngle": 0,
    "labelAnchor": "start",
    "labelPadding": 0,
    "labelFontSize": 12,
}
NUMBERS = ("estimate", "low", "high", "known", "bootstraps")


def picture(found: Estimate) -> dict[str, Any]:
    """A Vega-Lite specification: each answer's point and interval, and the known number as a dashed rule."""
    known = found.lists.known
    answers = [*found.models, *found.stability]
    methods = {one.method for one in answers}
    least, edge = reach(answers, known)
    rows = [row(one, GROUPS[0], edge) for one in found.models]
    rows += [row(one, GROUPS[1 if one.left_out else 2], edge) for one in found.stability]
    return {
        "$schema": SCHEMA,
        "title": {
            "text": "People in all, as each model estimates",
            "subtitle": [subtitle(known, rows), *(METHODS[one] for one in METHODS if one in methods)],
            "anchor": "start",
            "offset": 12,
        },
        "description": described(found),
        "data": {"values": rows},
        "facet": {
            "row": {"field": "group", "type": "nominal", "sort": [*GROUPS], "title": None, "header": HEADER}
        },
        "spec": {"width": 480, "height": {"step": 18}, "layer": layers(known, rows, axis(least, edge))},
        "resolve": {"scale": {"y": "independent"}},
        "config": {"axis": {"labelLimit": 320}, "header": {"labelFontWeight": "bold"}},
    }


def subtitle(known: int, rows: list[dict[str, Any]]) -> str:
    """What the marks of a picture mean."""
    arrows = "; an arrow: no upper end" if any(one["open"] for one in rows) else ""
    return f"Points with intervals of 95 %{arrows}; dashed: the {known:,} people known"


def reach(answers: list[Answer], known: int) -> tuple[float, float]:
    """The smallest and the largest number that is drawn; past it where an interval has no upper end."""
    numbers = [known, *(number for one in answers for number in (one.estimate, *one.interval))]
    drawn = [number for number in numbers if math.isfinite(number)]
    least, most = min(drawn), max(drawn)
    beyond = FAR_BEYOND if most > APART * least else BEYOND
    return least, most if len(drawn) == len(numbers) else most * beyond


def axis(least: float, edge: float) -> dict[str, Any]:
    """The axis of people: from 0 on, or logarithmic where the numbers lie far apart."""
    told = {"type": "quantitative", "title": "People", "axis": {"grid": True, "format": ",~r"}}
    if edge > APART * least > 0:
        return told | {"title": "People (logarithmic scale)", "scale": {"type": "log"}}
    return told


def row(one: Answer, group: str, edge: float) -> dict[str, Any]:
    """An answer as a row of the picture's data; an end that is infinite stands at the edge."""
    has_answer = math.isfinite(one.estimate)
    low, high = (number if math.isfinite(number) else edge for number in one.interval)
    return {
        "group": group,
        "label": label(one),
        "estimate": round(one.estimate, 1) if has_answer else None,
        "low": round(low, 1) if has_answer else None,
        "high": round(high, 1) if has_answer else None,
        "open": has_answer and math.isinf(one.interval[1]),
        "known": one.known,
        "terms": ", ".join(":".join(term) for term in one.terms) or "none",
        "bootstraps": one.bootstraps,
    }


def label(one: Answer) -> str:
    """What an answer is called in the picture."""
    if one.left_out:
        return (
            f"{one.method}, without {one.left_out}"
            if math.isfinite(one.estimate)
            else f"without {one.left_out}"
        )
    if one.order == 1:
        return f"{one.method}, independent lists"
    return f"{one.method}, terms of {'2' if one.method == STEPWISE else f'up to {one.order}'} lists"


def layers(known: int, rows: list[dict[str, Any]], x: dict[str, Any]) -> list[dict[str, Any]]:
    """The known number, the intervals, the arrows of those without an end, the points, and what has none."""
    y = {"field": "label", "type": "nominal", "sort": [one["label"] for one in rows], "title": None}
    tips: list[dict[str, Any]] = [{"field": name} for name in ("label", "terms")]
    tips += [{"field": name, "type": "quantitative", "format": ",.0f"} for name in NUMBERS]
    return [
        {
            "mark": {"type": "rule", "strokeDash": [4, 4], "color": KNOWN},
            "encoding": {"x": {"datum": known}},
        },
        {
            "transform": [{"filter": "datum.estimate !== null"}],
            "mark": {"type": "rule", "strokeWidth": 2, "color": COLOUR},
            "encoding": {"y": y, "x": {"field": "low", **x}, "x2": {"field": "high"}, "tooltip": tips},
        },
        {
            "transform": [{"filter": "datum.open"}],
            "mark": point("triangle-right", 90),
            "encoding": {"y": y, "x": {"field": "high", **x}},
        },
        {
            "transform": [{"filter": "datum.estimate !== null"}],
            "mark": point("circle", 60),
            "encoding": {"y": y, "x": {"field": "estimate", **x}, "tooltip": tips},
        },
        {
            "transform": [{"filter": "datum.estimate === null"}],
            "mark": {"type": "text", "align": "left", "dx": 6, "text": "no answer", "color": NOTHING},
            "encoding": {"y": y, "x": {"datum": known}},
        },
    ]


def point(shape: str, size: int) -> dict[str, Any]:
    """A mark that also shows in print, where it covers a line."""
    return {"type": "point", "shape": shape, "size": size, "filled": True, "opacity": 1, "color": COLOUR}


def described(found: Estimate) -> str:
    """The picture in words, for those who do not see it."""
    told = [
        f"{label(one)}: {one.estimate:,.0f} ({one.interval[0]:,.0f} to "
        + ("no end)" if math.isinf(one.interval[1]) else f"{one.interval[1]:,.0f})")
        for one in found.models
    ]
    return f"{found.lists.known:,} people are known. " + "; ".join(told) + "."
