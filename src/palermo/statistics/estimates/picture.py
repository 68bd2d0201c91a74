"""Every answer as a picture in Vega-Lite, with its data inside: never a point without its interval.

An interval without an upper end runs to the edge and ends in an arrow.
"""

from __future__ import annotations

import math
from typing import Any

from palermo.statistics.estimates.estimate import Answer, Estimate

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
GROUPS = ("Models", "One list left out", "Terms of fewer lists")
COLOUR, KNOWN = "#1f4e79", "#b3261e"


def picture(found: Estimate) -> dict[str, Any]:
    """A Vega-Lite specification: each answer's point and interval, and the known number as a dashed rule."""
    edge = farthest([*found.models, *found.stability])
    rows = [row(one, GROUPS[0], edge) for one in found.models]
    rows += [row(one, GROUPS[1 if one.left_out else 2], edge) for one in found.stability]
    known = found.lists.known
    return {
        "$schema": SCHEMA,
        "title": {
            "text": "People in all, as each model estimates",
            "subtitle": f"Points with intervals of 95 %; dashed: the {known:,} people known",
        },
        "description": described(found),
        "data": {"values": [one for one in rows if one["estimate"] is not None]},
        "facet": {"row": {"field": "group", "type": "nominal", "sort": list(GROUPS), "title": None}},
        "spec": {"width": 480, "height": {"step": 18}, "layer": layers(known)},
        "resolve": {"scale": {"y": "independent"}},
    }


def farthest(answers: list[Answer]) -> float:
    """The largest number that is drawn."""
    numbers = [number for one in answers for number in (one.estimate, *one.interval)]
    return max(number for number in numbers if math.isfinite(number))


def row(one: Answer, group: str, edge: float) -> dict[str, Any]:
    """An answer as a row of the picture's data; an end that is infinite stands at the edge."""
    low, high = (number if math.isfinite(number) else edge for number in one.interval)
    return {
        "group": group,
        "label": label(one),
        "estimate": round(one.estimate, 1) if math.isfinite(one.estimate) else None,
        "low": round(low, 1),
        "high": round(high, 1),
        "open": math.isinf(one.interval[1]),
        "known": one.known,
        "terms": ", ".join(":".join(term) for term in one.terms) or "none",
        "bootstraps": one.bootstraps,
    }


def label(one: Answer) -> str:
    """What an answer is called in the picture."""
    if one.left_out:
        return f"{one.method}, without {one.left_out}"
    return f"{one.method}, order {one.order}"


def layers(known: int) -> list[dict[str, Any]]:
    """The known number, the intervals, the arrows of those without an end, and the points."""
    y = {"field": "label", "type": "nominal", "sort": None, "title": None}
    x = {"type": "quantitative", "title": "People"}
    tips = [{"field": name} for name in ("label", "estimate", "low", "high", "known", "terms", "bootstraps")]
    return [
        {"mark": {"type": "rule", "strokeDash": [4, 4], "color": KNOWN}, "encoding": {"x": {"datum": known}}},
        {
            "mark": {"type": "rule", "strokeWidth": 2, "color": COLOUR},
            "encoding": {"y": y, "x": {"field": "low", **x}, "x2": {"field": "high"}, "tooltip": tips},
        },
        {
            "transform": [{"filter": "datum.open"}],
            "mark": {"type": "point", "shape": "triangle-right", "filled": True, "color": COLOUR},
            "encoding": {"y": y, "x": {"field": "high", **x}},
        },
        {
            "mark": {"type": "point", "filled": True, "size": 60, "color": COLOUR},
            "encoding": {"y": y, "x": {"field": "estimate", **x}, "tooltip": tips},
        },
    ]


def described(found: Estimate) -> str:
    """The picture in words, for those who do not see it."""
    told = [
        f"{label(one)}: {one.estimate:,.0f} ({one.interval[0]:,.0f} to "
        + ("no end)" if math.isinf(one.interval[1]) else f"{one.interval[1]:,.0f})")
        for one in found.models
    ]
    return f"{found.lists.known:,} people are known. " + "; ".join(told) + "."
