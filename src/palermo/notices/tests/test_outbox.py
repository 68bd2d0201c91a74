"""A message tells nothing of what the office works on, and is not lost when the mail server is down."""

import re
import smtplib
from datetime import date

import pytest
from django.conf import settings as configured
from django.core import mail
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from palermo.notices.models import Message
from palermo.notices.outbox import deliver, put, templates
from palermo.notices.queries import left_in_files

TELLING = re.compile(
    r"traffi|smuggl|traite|trafic|mensenhandel|mensensmokkel|menschenhandel|schleus|victim|slachtoffer|opfer"
    r"|prostit|exploit|uitbuit|ausbeut|sexu|migra|police|politie|polizei|justice|justitie|criminal|pénal"
    r"|human beings|êtres humains|palermo|action plan|plan d.action|actieplan|aktionsplan|refuge|asyl|asiel",
    re.IGNORECASE,
)
DAY = date(2017, 3, 1)


class Down(BaseEmailBackend):
    def send_messages(self, messages):
        raise smtplib.SMTPServerDisconnected("no mail server")


def written(template="question"):
    return put(
        address="ana@example.org",
        language="fr",
        template=template,
        link="https://office.example/",
        on=DAY,
        until_on=date(2017, 4, 15),
    )


@pytest.mark.parametrize("name", templates())
def test_every_message_exists_in_every_language_of_the_office(name):
    assert {code for code, _name in configured.LANGUAGES} <= set(templates()[name])


@pytest.mark.parametrize("name", templates())
def test_no_word_of_a_message_tells_what_the_office_works_on(name):
    for language, words in templates()[name].items():
        for part in words.values():
            assert not TELLING.search(part), f"{name}, {language}: {TELLING.search(part)[0]}"


WARNING = "access-changed"  # a warning with a link would teach people to follow such links


@pytest.mark.parametrize("name", sorted(set(templates()) - {WARNING}))
def test_a_message_says_where_to_go_and_leaves_no_name_unfilled(db, name, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        written(name)
    sent = mail.outbox[-1]
    assert sent.to == ["ana@example.org"]
    assert "https://office.example/" in sent.body
    assert not re.search(r"[{}]", sent.subject + sent.body)
    assert sent.content_subtype == "plain"


def test_a_message_waits_while_the_mail_server_is_down_and_leaves_once(
    db, django_capture_on_commit_callbacks
):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.core.mail.get_connection", lambda *_args, **_rest: Down())
        with django_capture_on_commit_callbacks(execute=True):
            written()
        assert Message.objects.get().sent_at is None
        assert deliver() == (0, 1)
    assert deliver() == (1, 0)
    assert deliver() == (0, 0)
    assert len(mail.outbox) == 1


def test_a_message_of_something_that_did_not_happen_is_never_sent(db, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        written()
        transaction.set_rollback(True)
    assert not Message.objects.exists()
    assert mail.outbox == []


def test_messages_that_left_into_files_are_read_back_the_latest_first(
    db, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.HOME = tmp_path
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    assert left_in_files(5) == []
    for address in ("ana@example.invalid", "bo@example.invalid"):
        with django_capture_on_commit_callbacks(execute=True):
            put(address=address, language="fr", template="question", link="http://x/q", on=DAY, until_on=DAY)
    latest, first = left_in_files(5)
    assert (latest["To"], first["To"]) == ("bo@example.invalid", "ana@example.invalid")
    assert "http://x/q" in latest.get_content()
    assert left_in_files(1)[0]["To"] == latest["To"]


def test_messages_that_left_together_are_read_back_one_by_one(settings, tmp_path):
    settings.HOME = tmp_path
    connection = get_connection(
        "django.core.mail.backends.filebased.EmailBackend", file_path=str(tmp_path / "mail")
    )
    connection.send_messages(
        [EmailMessage("A question waits", "é\n", to=[f"{name}@example.invalid"]) for name in ("ana", "bo")]
    )
    assert [one["To"] for one in left_in_files(5)] == ["bo@example.invalid", "ana@example.invalid"]
    assert [one.get_content() for one in left_in_files(5)] == ["é\n\n"] * 2
