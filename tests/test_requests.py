"""Requests that no browser sends are refused as others are: by an answer, and a guarded one."""

import pytest
from django.test import Client, RequestFactory
from django.test.client import MULTIPART_CONTENT

from palermo.config.wsgi import application, plain


@pytest.mark.parametrize("claimed", ["text/plain; charset=hex", "a/b; c*=hex''%41", "a/b; c=" + "x" * 20_000])
def test_an_encoding_that_is_none_of_text_does_not_break_the_door(kept_open, claimed):
    said = []
    environ = RequestFactory()._base_environ(
        PATH_INFO="/sign-in/", QUERY_STRING="next=/plans/", CONTENT_TYPE=claimed
    )
    application(environ, lambda status, _headers: said.append(status)).close()
    assert said == ["200 OK"]


def test_a_form_keeps_the_boundary_of_its_parts():
    assert plain(f"{MULTIPART_CONTENT}; charset=hex") == MULTIPART_CONTENT


@pytest.mark.parametrize("length", ["²", "x", "-1", "9" * 5000])
def test_a_length_that_is_no_number_is_refused_and_the_refusal_is_guarded(db, length):
    answer = Client().get("/sign-in/", CONTENT_LENGTH=length)
    assert answer.status_code == 413
    assert answer["X-Frame-Options"] == "DENY"
