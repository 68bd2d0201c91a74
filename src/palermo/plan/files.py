"""Files that people handed in, kept under their SHA-256: the same content is kept once and never changed."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings


def keep(content: bytes) -> str:
    """Store a content and return its SHA-256; it is on the disk, whole, before this returns."""
    sha256 = hashlib.sha256(content).hexdigest()
    target = path(sha256)
    if target.exists():
        return sha256
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, draft = tempfile.mkstemp(dir=target.parent, prefix=".draft-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(target)
    finally:
        Path(draft).unlink(missing_ok=True)  # half a file on a full disk would take the room of the next try
    folder = os.open(target.parent, os.O_RDONLY)  # the name must outlive a power cut as well as the content
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return sha256


def path(sha256: str) -> Path:
    """Where the content with this SHA-256 is kept."""
    folder: Path = settings.FILES
    return folder / sha256[:2] / sha256
