"""What has left the office."""

from __future__ import annotations

from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from itertools import islice
from pathlib import Path

from django.conf import settings

BETWEEN = b"-" * 79 + b"\n"  # what Django writes after each message of a file


def left_in_files(number: int) -> list[EmailMessage]:
    """What left into files, the latest first. It opens accounts: only a demonstration may show it."""
    folder: Path = settings.HOME / "mail"
    files = sorted(folder.glob("*.log"), key=lambda file: file.stat().st_mtime_ns, reverse=True)
    read = BytesParser(policy=policy.default).parsebytes
    sent = (mail.lstrip() for file in files for mail in reversed(file.read_bytes().split(BETWEEN)[:-1]))
    return [read(mail) for mail in islice(sent, number)]
