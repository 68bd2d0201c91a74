"""`palermo law` answers as its contract says."""

import json
import subprocess
import sys

from typer.testing import CliRunner

from palermo.cli import app


def asked(*words, exit_code=0):
    done = CliRunner().invoke(app, [*words, "--json"])
    assert done.exit_code == exit_code, done.output
    return json.loads(done.stdout)


def test_a_value_is_told_with_its_source_and_how_sure_it_is():
    assert asked("law", "value", "reflection-document", "--on", "2017-05-19") == {
        "name": "reflection-document",
        "value": "order-to-leave-45",
        "unit": "document",
        "since": "2007-06-01",
        "until": "2017-05-19",
        "source": "Act of 15 December 1980, art. 61/2 § 2, inserted by the Act of 15 September 2006, "
        "arts 65 to 68",
        "confidence": "verified",
    }


def test_membership_of_the_union_is_law_as_well():
    told = asked("law", "value", "GB", "--on", "2020-02-01", "--country", "eu")
    assert (told["value"], told["since"], told["until"]) == (False, "2020-02-01", None)
    lines = CliRunner().invoke(app, ["law", "value", "GB", "--on", "2020-02-01", "--country", "eu"]).stdout
    assert "since: 2020-02-01\nuntil: –\n" in lines


def test_a_day_before_the_first_version_is_refused():
    told = asked("law", "value", "reflection-period", "--on", "1994-07-06", exit_code=1)
    assert told["refused"]["code"] == "not-in-force"
    assert (
        asked("law", "value", "reflexion", "--on", "2018-01-01", exit_code=1)["refused"]["code"]
        == "unknown-value"
    )


def test_a_fine_can_be_reckoned_again_from_its_sources():
    told = asked("law", "fine", "--article", "433septies", "--victims", "3", "--facts-on", "2020-05-01")
    assert {name: told[name] for name in told if name != "sources"} == {
        "minimum": 24_000,
        "maximum": 2_400_000,
        "multiplier": 8,
        "times_victims": 3,
    }
    amount, surcharge, victims = told["sources"]
    assert amount.startswith("1,000 to 100,000 euro: Criminal Code of 1867, art. 433septies")
    assert surcharge.startswith("times 8: ")
    assert victims.startswith("times 3: ")


def test_what_is_not_verified_says_so_beside_its_factor():
    told = asked("law", "fine", "--article", "433sexies", "--facts-on", "2026-03-01")
    assert told["sources"][1].endswith("(to verify)")


def test_people_get_lines():
    done = CliRunner().invoke(app, ["law", "fine", "--article", "258", "--facts-on", "2026-09-01"])
    assert done.exit_code == 0
    assert "minimum: 200" in done.output


def test_wrong_use_ends_with_2():
    assert CliRunner().invoke(app, ["law", "value", "reflection-period", "--on", "soon"]).exit_code == 2
    wrong = ["law", "fine", "--article", "258", "--facts-on", "2026-09-01", "--victims", "0"]
    assert CliRunner().invoke(app, wrong).exit_code == 2


def test_it_starts_without_django():
    program = (
        "import sys; from palermo.cli import app\n"
        "app(['law', 'value', 'reflection-period', '--on', '2018-01-01'], standalone_mode=False)\n"
        "sys.exit('django' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, check=False).returncode == 0
