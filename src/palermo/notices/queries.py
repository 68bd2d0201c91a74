"""What has left the office."""

from __future__ import annotations

from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

from django.conf import settings


def left_in_files(number: int) -> list[EmailMessage]:
    """What left into files, the latest first. It opens accounts: only a demonstration may show it."""
    folder: Path = settings.HOME / "mail"
    files = sorted(folder.glob("*.log"), key=lambda file: file.stat().st_mtime_ns, reverse=True)
    read = BytesParser(policy=policy.default).parsebytes
    return [read(file.read_bytes().rsplit(b"-" * 79, 1)[0]) for file in files[:number]]
