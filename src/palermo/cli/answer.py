"""How every command answers: one JSON document or words on standard output, the rest on standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from typing import Any, NoReturn

from palermo.errors import Refused


def answer(produce: Callable[[], Mapping[str, Any]], *, as_json: bool, show: Callable[[Any], None]) -> None:
    """Print what `produce` returns, as JSON or through `show`; a refusal is printed and ends with 1."""
    try:
        result = produce()
    except Refused as refused:
        refuse(refused, as_json=as_json)
    if as_json:
        sys.stdout.write(json.dumps(result, ensure_ascii=False, indent=1) + "\n")
    else:
        show(result)


def refuse(refused: Refused, *, as_json: bool) -> NoReturn:
    """Tell a refusal in the way the caller asked for, and end with 1."""
    if as_json:
        told = {"code": refused.code, "message": refused.message, "what_next": refused.what_next}
        sys.stdout.write(json.dumps({"refused": told}, ensure_ascii=False) + "\n")
    else:
        sys.stderr.write(f"{refused.message}\n{refused.what_next}\n")
    raise SystemExit(1)
