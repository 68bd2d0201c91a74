"""An estimate as the command writes it; what is infinite is null."""

from __future__ import annotations

import math
from typing import Any

from palermo.statistics.estimates.estimate import Answer, Estimate, Plan
from palermo.statistics.estimates.resampling import Interval


def as_json(found: Estimate, plan: Plan) -> dict[str, Any]:
    """Known and estimated people with the interval, each method's answer, the stability and the warnings."""
    return {
        "known": found.lists.known,
        "estimate": finite(found.headline.estimate),
        "interval95": ends(found.headline.interval),
        "method": found.headline.method,
        "lists": list(found.lists.names),
        "seed": plan.seed,
        "models": [
            {**answered(one), "terms": [":".join(term) for term in one.terms]} for one in found.models
        ],
        "stability": [
            {"left_out": one.left_out or None, "known": one.known, **answered(one)} for one in found.stability
        ],
        "warnings": [
            {"code": one.code, "message": one.message, **({"params": dict(one.params)} if one.params else {})}
            for one in found.cautions
        ],
    }


def answered(one: Answer) -> dict[str, Any]:
    """What a method says, with BCa and percentile intervals and how often its choice was repeated."""
    return {
        "method": one.method,
        "order": one.order,
        "estimate": finite(one.estimate),
        "interval95": ends(one.interval),
        "percentile95": ends(one.percentile),
        "bootstraps": one.bootstraps,
        "bootstraps_without_answer": one.without_answer,
    }


def ends(interval: Interval) -> list[float | None]:
    """Both ends of an interval."""
    return [finite(interval[0]), finite(interval[1])]


def finite(number: float) -> float | None:
    """A number of people to a hundredth, so that whole people are rounded once; null where there is none."""
    return round(number, 2) if math.isfinite(number) else None
