"""A data file that contradicts itself is refused with the file and the key at fault."""

import pytest

from palermo.errors import Refused
from palermo.organisations.directory import load, read

NAMES = 'names = { en = "Aa", fr = "Aa", nl = "Aa", de = "Aa" }\n'
OTHER = 'names = { en = "Bb", fr = "Bb", nl = "Bb", de = "Bb" }\n'
HEAD = 'sort = "body"\ntone = "duty"\nsource = "law"\n'
ONE = f'[party."xx/a"]\n{HEAD}{NAMES}'
TWO = f'[party."xx/b"]\n{HEAD}{OTHER}'


def made(tmp_path, text):
    path = tmp_path / "xx.toml"
    path.write_text(text, "utf-8")
    return read(path)


def member(extra):
    return f'{ONE}{TWO}[[party."xx/a".members]]\ncode = "xx/b"\n{extra}'


def test_a_sound_file_is_read(tmp_path):
    directory = made(tmp_path, member('source = "law"\nsince = 2014-07-21\n'))
    assert directory.find("the Aa").code == "xx/a"
    assert directory.get("xx/a").members[0].code == "xx/b"


@pytest.mark.parametrize(
    ("text", "party", "why"),
    [
        (ONE + ONE, "the file", "Cannot declare"),
        (ONE.replace("xx/a", "yy/a"), "yy/a", "begin with xx/"),
        (ONE.replace('source = "law"\n', ""), "xx/a", "no source"),
        (ONE.replace(NAMES, ""), "xx/a", "no names"),
        (ONE.replace(', de = "Aa"', ""), "xx/a", "one name in each"),
        (ONE.replace('de = "Aa"', 'de = ""'), "xx/a", "one name in each"),
        (ONE.replace('"duty"', '"order"'), "xx/a", "tone"),
        (ONE.replace('"body"', '"thing"'), "xx/a", "sort"),
        (ONE + 'alias = ["Z"]\n', "xx/a", "alias means nothing"),
        (ONE + 'confidence = "sure"\n', "xx/a", "confidence"),
        (ONE + "since = 2015-01-01\nuntil = 2014-01-01\n", "xx/a", "ends before it begins"),
        (ONE + 'since = "2015"\n', "xx/a", "no date"),
        (ONE + "since = 2015-01-01T00:00:00\n", "xx/a", "no date"),
        (ONE + 'aliases = ["the"]\n', "xx/a", "no telling word"),
        (ONE + TWO + 'aliases = ["the Aa"]\n', "xx/b", "also a name of xx/a"),
        (ONE + 'forms = ["service"]\nwords = { en = ["Justice"] }\n', "xx/a", "form service"),
        (ONE + 'contacts = [{ kind = "fax", value = "1", source = "s" }]\n', "xx/a", "contact kind"),
        (ONE + 'contacts = [{ kind = "web", value = "w" }]\n', "xx/a", "no source"),
        (member(""), "xx/a", "xx/b has no source"),
        (member('source = "law"\n').replace('code = "xx/b"\n', ""), "xx/a", "no code"),
        (member('source = "law"\nuntill = 2014-01-01\n'), "xx/a", "untill of xx/b"),
        (member('source = "law"\nrole = "king"\n'), "xx/a", "role"),
        (
            member('source = "law"\n').replace('code = "xx/b"', 'code = "xx/c"'),
            "xx/a",
            "xx/c is not in the file",
        ),
        (member('source = "law"\n').replace('code = "xx/b"', 'code = "xx/a"'), "xx/a", "member of itself"),
        (
            member('source = "law"\nuntil = 2015-01-01\n')
            + '[[party."xx/a".members]]\ncode = "xx/b"\nsource = "law"\nsince = 2015-01-01\n',
            "xx/a",
            "overlap",
        ),
        (
            member('source = "law"\nsince = 2015-01-02\n')
            + '[[party."xx/a".members]]\ncode = "xx/b"\nsource = "law"\nuntil = 2015-01-01\n',
            "xx/a",
            "out of order",
        ),
        (
            ONE
            + "recognised = [{ since = 2013-06-01, source = 'l' }, { since = 2014-06-01, source = 'l' }]\n",
            "xx/a",
            "overlap",
        ),
    ],
)
def test_a_broken_file_is_refused_with_the_key_at_fault(tmp_path, text, party, why):
    with pytest.raises(Refused) as refused:
        made(tmp_path, text)
    assert refused.value.code == "directory-broken"
    assert refused.value.params["file"] == "xx.toml"
    assert refused.value.params["party"] == party
    assert why in refused.value.message


def test_periods_that_follow_each_other_are_no_overlap(tmp_path):
    text = member('source = "law"\nuntil = 2014-12-31\n')
    text += '[[party."xx/a".members]]\ncode = "xx/b"\nsource = "law"\nsince = 2015-01-01\n'
    assert len(made(tmp_path, text).get("xx/a").members) == 2


def test_a_country_without_a_file_is_refused():
    with pytest.raises(Refused) as refused:
        load("zz")
    assert refused.value.code == "no-directory"
