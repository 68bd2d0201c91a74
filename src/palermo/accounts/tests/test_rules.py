"""Numbers at the door, against the examples of the standards."""

import pytest

from palermo.accounts import rules
from palermo.accounts.tests.make import SECRET


@pytest.mark.parametrize(
    ("at", "code"),
    [  # RFC 6238, appendix B, the last six of eight digits; RFC 4226, appendix D
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
        (0, "755224"),
        (270, "520489"),
    ],
)
def test_codes_are_those_of_the_standard(at, code):
    assert rules.code_at(SECRET, at // rules.STEP) == code


def test_a_clock_may_be_wrong_by_one_step_and_no_more():
    at = 1_000_000 * rules.STEP + 7
    opens = [
        shift
        for shift in range(-4, 5)
        if rules.step_of(rules.code_at(SECRET, 1_000_000 + shift), SECRET, at, 0)
    ]
    assert opens == [-1, 0, 1]


def test_neither_a_used_code_nor_one_before_it_opens():
    at = 1_000_000 * rules.STEP
    code = {shift: rules.code_at(SECRET, 1_000_000 + shift) for shift in (-1, 0, 1)}
    assert rules.step_of(code[0], SECRET, at, used=1_000_000) is None
    assert rules.step_of(code[-1], SECRET, at, used=1_000_000) is None
    assert rules.step_of(code[1], SECRET, at, used=1_000_000) == 1_000_001


@pytest.mark.parametrize("typed", ["287 082", "287082 ", "287082"])
def test_six_digits_are_an_authenticators_however_they_are_typed(typed):
    assert rules.kind_of(typed) == rules.AUTHENTICATOR
    assert rules.plain(typed) == "287082"


def test_a_recovery_code_can_be_typed_in_small_letters_and_without_hyphens():
    code = rules.recovery_code(bytes(range(10)))
    assert len(code) == 19
    assert rules.kind_of(code) == rules.RECOVERY
    assert rules.plain(code.lower().replace("-", " ")) == rules.plain(code)


def test_an_authenticator_reads_who_and_what_from_the_address():
    told = rules.address_of("Palermo", "ana@example.org", SECRET)
    assert told == (
        "otpauth://totp/Palermo%3Aana%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Palermo"
    )


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36", "Chrome, Linux"),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0",
            "Edge, Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1",
            "Safari, iPhone",
        ),
        ("curl/8", ""),
    ],
)
def test_a_browser_is_told_in_two_words(agent, words):
    assert rules.browser(agent) == words
