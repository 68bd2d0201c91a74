"""Functions that are compiled before they first run, so that a thousand repetitions take seconds."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from numba import njit

if TYPE_CHECKING:
    from numba.core.dispatcher import Dispatcher

Function = TypeVar("Function", bound=Callable[..., object])


def compiled(function: Function) -> Dispatcher[Function]:
    """The same function as machine code, kept for the next start where there is a place to keep it."""
    try:
        return njit(cache=True, error_model="numpy")(function)
    except RuntimeError:  # no folder that may be written to: compiled anew at each start
        return njit(error_model="numpy")(function)
