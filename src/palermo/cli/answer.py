"""How every command answers: one JSON document or words on standard output, the rest on standard error."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Mapping
from typing import Any, NoReturn

from palermo.errors import Refused

# What would move, colour or turn round the words of a terminal; a file that somebody sent may hold it.
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def answer(produce: Callable[[], Mapping[str, Any]], *, as_json: bool, show: Callable[[Any], None]) -> None:
    """Print what `produce` returns, as JSON or through `show`; a refusal is printed and ends with 1."""
    try:
        result = produce()
    except Refused as refused:
        refuse(refused, as_json=as_json)
    if as_json:
        sys.stdout.write(json.dumps(result, ensure_ascii=False, indent=1) + "\n")
    else:
        show(visible(result))


def visible(told: Any) -> Any:
    """An answer whose texts have a sign in place of each character that commands a terminal."""
    if isinstance(told, str):
        return UNSEEN.sub("\ufffd", told)
    if isinstance(told, Mapping):
        return {visible(name): visible(one) for name, one in told.items()}
    return [visible(one) for one in told] if isinstance(told, list | tuple) else told


def refuse(refused: Refused, *, as_json: bool) -> NoReturn:
    """Tell a refusal in the way the caller asked for, and end with 1."""
    if as_json:
        told = {"code": refused.code, "message": refused.message, "what_next": refused.what_next}
        sys.stdout.write(json.dumps({"refused": told}, ensure_ascii=False) + "\n")
    else:
        sys.stderr.write(visible(f"{refused.message}\n{refused.what_next}\n"))
    raise SystemExit(1)
