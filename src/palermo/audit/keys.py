"""Secrets that an installation makes for itself once, readable by its owner alone."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path


def made_once(file: Path, make: Callable[[], str]) -> str:
    """What stands in a file of secrets; made where there is none, and the same for all that start at once."""
    try:
        return file.read_text()
    except FileNotFoundError:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = file.with_name(f"{file.name}.{os.getpid()}.tmp")
    draft.touch(mode=0o600)
    draft.write_text(make())
    try:
        os.link(draft, file)  # the first of two that start at once wins; nobody reads half a key
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return file.read_text()
