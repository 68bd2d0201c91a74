"""The outbox: a message is written with the change that it tells, and delivered after it."""

from __future__ import annotations

import logging
import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from smtplib import SMTPException

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone, translation

from palermo.notices.models import Message
from palermo.ui.written import written as day_written

FALLBACK = "en"
log = logging.getLogger(__name__)


@cache
def templates() -> dict[str, dict[str, dict[str, str]]]:
    """Every message by name and language: subject and body."""
    return tomllib.loads((Path(__file__).parent / "data/messages.toml").read_text("utf-8"))


def put(
    *,
    address: str,
    language: str,
    template: str,
    link: str,
    on: date,
    until_on: date | None = None,
    file_name: str = "",
    file_text: str = "",
) -> Message:
    """Write a message into the outbox, within the transaction of the action that it tells."""
    if template not in templates():
        raise KeyError(template)
    message = Message.objects.create(
        address=address,
        language=language,
        template=template,
        link=link,
        until_on=until_on,
        on=on,
        file_name=file_name,
        file_text=file_text,
    )
    transaction.on_commit(lambda: deliver([message.pk]))
    return message


def deliver(only: list[int] | None = None) -> tuple[int, int]:
    """Send what waits, each at least once, and say how many were sent and how many still wait."""
    waiting = Message.objects.filter(sent_at=None).order_by("pk")
    sent = left = 0
    for message in waiting.filter(pk__in=only) if only is not None else waiting:
        try:
            written(message).send()
        except (SMTPException, OSError) as reason:
            log.warning("message %s waits: %s", message.pk, type(reason).__name__)
            left += 1
        else:
            # a link may open an account: once it has left it is kept nowhere
            Message.objects.filter(pk=message.pk).update(sent_at=timezone.now(), link="")
            sent += 1
    return sent, left


def written(message: Message) -> EmailMessage:
    """The message in its language, plain text only."""
    known = templates()[message.template]
    words = known.get(message.language, known[FALLBACK])
    with translation.override(message.language):
        until = day_written(message.until_on) if message.until_on else ""
    body = words["body"].format(link=message.link, until=until).strip() + "\n"
    made = EmailMessage(words["subject"].format(until=until), body, to=[message.address])
    if message.file_name:
        made.attach(message.file_name, message.file_text, "application/json")
    return made
