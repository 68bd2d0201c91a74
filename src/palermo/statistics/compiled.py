"""Functions that are compiled before they first run, and kept compiled for the next start.

What is kept belongs to one state of all the kernels: the compiler itself looks only at the file of the
function, and would go on with what it calls in another file as that was before.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numba

if TYPE_CHECKING:
    from numba.core.dispatcher import Dispatcher

Function = TypeVar("Function", bound=Callable[..., object])
KERNELS = Path(__file__).parent


def place(folder: Path) -> Path:
    """Where compiled functions of these kernels are kept; those of other states of them are thrown away."""
    sources = sorted(KERNELS.rglob("*.py"))
    kernels = [one.read_bytes() for one in sources if "tests" not in one.relative_to(KERNELS).parts]
    state = sha256(b"\0".join(kernels)).hexdigest()[:16]
    for other in folder.glob("*"):
        if other.name != state:
            shutil.rmtree(other, ignore_errors=True)
    return folder / state


def compiled(function: Function) -> Dispatcher[Function]:
    """The same function as machine code, kept for the next start where there is a place to keep it."""
    return kept(function)


def inlined(function: Function) -> Dispatcher[Function]:
    """The same as machine code within each function that calls it: for what is called millions of times.

    It may make no array: references to arrays are not counted in it. That, and the call, take most of the
    time of a small function that is given many arrays.
    """
    return kept(function, forceinline=True, _nrt=False)


def kept(function: Function, **options: Any) -> Dispatcher[Function]:
    """The same function as machine code, made in some way."""
    try:
        made: Dispatcher[Function] = numba.njit(cache=True, error_model="numpy", **options)(function)
    except RuntimeError:  # no folder that may be written to: compiled anew at each start
        made = numba.njit(error_model="numpy", **options)(function)
    return made


beside = KERNELS / "__pycache__"
home = Path("~/.cache/palermo").expanduser()
numba.config.CACHE_DIR = str(place((beside if os.access(KERNELS, os.W_OK) else home) / "compiled"))  # type: ignore[attr-defined]
