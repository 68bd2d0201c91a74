"""The law and what is reckoned with it, against tables that a jurist can read and correct."""

import contextlib
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.errors import Refused
from palermo.law.calendar import holidays_between, working_days_after
from palermo.law.file import load
from palermo.law.fines import fine
from palermo.law.liability import Chain, Notice, for_illegal_stay, for_wages
from palermo.law.limitation import Facts, limitation
from palermo.law.penalties import Act, grounds, penalties
from palermo.law.value import Law, Value, Version

LAW = load("be")


def lines(name, first=""):
    """The cells of each line of the table of a file whose first column has a title."""
    rows, inside = [], False
    for line in Path(__file__).with_name(name).read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if not line.startswith("|"):
            inside = False
        elif inside and not cells[0].startswith("-"):
            rows.append(cells)
        elif not inside:
            inside = not first or cells[0] == first
    return rows


def day(cell):
    return None if cell == "–" else date.fromisoformat(cell)


def told(one):
    return one.isoformat() if one else "–"


@contextlib.contextmanager
def refused_for(cell):
    """The question is refused for the reason of a cell."""
    with pytest.raises(Refused) as refused:
        yield
    assert f"– {refused.value.code}" == cell


@pytest.mark.parametrize("line", lines("values.md", "Value"), ids=lambda line: " ".join(line[:2]))
def test_a_value_is_what_the_table_says(line):
    name, on, said, since, until = line
    if said == "–":
        with pytest.raises(Refused) as refused:
            LAW.on(name, day(on))
        assert refused.value.code == "not-in-force"
        return
    found = LAW.on(name, day(on))
    assert f"{found.value} {LAW.values[name].unit}" == said
    assert [told(found.since), told(found.until)] == [since, until]


@pytest.mark.parametrize("line", lines("values.md", "Country"), ids=lambda line: " ".join(line[:3]))
def test_a_value_of_another_country_is_what_the_table_says(line):
    country, name, on, said = line
    law = load(country)
    found = law.values[name].on(day(on))
    assert (f"{found.value} {law.values[name].unit}" if found else "–") == said


@pytest.mark.parametrize("line", lines("fines.md"), ids=lambda line: " ".join(line[:3]))
def test_a_fine_comes_to_what_the_table_says(line):
    article, victims, on, *said = line
    if said[0].startswith("–"):
        with refused_for(said[0]):
            fine(LAW, article, int(victims), day(on))
        return
    found = fine(LAW, article, int(victims), day(on))
    assert [str(one) for one in (found.minimum, found.maximum, found.multiplier, found.times_victims)] == said
    assert (found.article, found.penalty) == (article, LAW.on(article, day(on)))
    assert found.surcharge == LAW.on("fine-multiplier", day(on))
    assert found.per_victim == LAW.on("fine-per-victim", day(on))


def penalty_told(one):
    known = one.fine and (
        "{}-{} years".format(*one.fine.penalty.value["imprisonment"]),
        f"{one.fine.minimum}-{one.fine.maximum}",
    )
    named = " + ".join(" ".join(pair) for pair in one.named)
    rest = (named, " ".join(one.weighed), " ".join(one.unnamed))
    return ", ".join((one.article, *(known or [one.why]), *(part or "–" for part in rest)))


@pytest.mark.parametrize("line", lines("penalties.md"), ids=lambda line: " ".join(line[:6]))
def test_each_code_punishes_as_the_table_says(line):
    offence, facts, judged, victims, attempt, graver, says = line
    told_of = frozenset() if graver == "–" else frozenset(graver.split())
    act = Act(offence, day(facts), int(victims), is_attempt=attempt == "yes", grounds=told_of)
    if says.startswith("–"):
        with refused_for(says):
            penalties(LAW, act, day(judged))
        return
    found = penalties(LAW, act, day(judged))
    assert "; ".join(map(penalty_told, found)) == says
    assert [one.on for one in found] == [day(facts), day(judged)][: len(found)]
    for one in found:
        assert one.articles == LAW.on(f"{offence}-articles", one.on)
        assert one.fine is None or one.fine == fine(LAW, one.article, int(victims), one.on)
        assert one.fine is None or one.why == ""


def test_all_grounds_at_once_lead_to_the_gravest_article():
    (told,) = penalties(
        LAW, Act("trafficking", day("2018-01-01"), grounds=frozenset(grounds(LAW))), day("2018-01-01")
    )
    assert told.article == "433octies"


def test_a_ground_that_a_judge_weighs_may_be_told_though_no_article_names_it():
    known = {**LAW.values, "aggravating-factors": weighed("at-night")}
    told = frozenset({"at-night"})
    assert grounds(Law("be", known)) == [*(one for one in grounds(LAW)), "at-night"]
    (found,) = penalties(
        Law("be", known), Act("trafficking", day("2018-01-01"), grounds=told), day("2018-01-01")
    )
    assert (found.article, found.weighed, found.unnamed) == ("433quinquies", ("at-night",), ())


def weighed(ground):
    """What a judge weighs under a law that names a ground of its own."""
    version = Version([ground], day("2005-09-12"), None, "Act, art. 1", "verified")
    return Value("aggravating-factors", "grounds", (version,))


@pytest.mark.parametrize("line", lines("limitation.md"), ids=" ".join)
def test_prosecution_lapses_as_the_table_says(line):
    aim, attempt, facts_on, born_on, asked_on, answer, why, runs_from = line
    facts = Facts(aim, day(facts_on), is_attempt=attempt == "yes", born_on=day(born_on))
    if answer.startswith("–"):
        with refused_for(answer):
            limitation(LAW, facts, day(asked_on))
        return
    found = limitation(LAW, facts, day(asked_on))
    assert [found.answer, found.why, told(found.runs_from)] == [answer, why, runs_from]
    named = found.why != "aim-not-named"
    stands = ("limitation-of-trafficking", asked_on) if named else ("trafficking-aims", facts.on.isoformat())
    assert found.version == LAW.on(stands[0], day(stands[1]))


@pytest.mark.parametrize("line", lines("liability.md", "Notice"), ids=" ".join)
def test_who_was_noticed_answers_for_wages_as_the_table_says(line):
    on, months, demand, private, named, why, *days = line
    notice = Notice(
        day(on), int(months), day(demand), is_private=private == "yes", is_named_activity=named == "yes"
    )
    if why.startswith("–"):
        with refused_for(why):
            for_wages(LAW, notice)
        return
    found = for_wages(LAW, notice)
    assert [found.why, told(found.since), told(found.until), told(found.interest_from)] == [why, *days]
    assert found.is_liable is (why == "noticed")
    named = ["wage-liability"]
    if found.is_liable:
        named += ["wage-liability-after", "legal-holidays", "wage-liability-at-most", "wage-interest-from"]
    begun = found.since or day(on) - timedelta(days=1)
    assert found.holidays == tuple(holidays_between(LAW, day(on), begun))
    assert found.sources == tuple(LAW.on(name, day(on)) for name in named)


@pytest.mark.parametrize("line", lines("liability.md", "Role"), ids=" ".join)
def test_who_is_in_a_chain_answers_for_wages_as_the_table_says(line):
    role, work, declaration, knew, private, liable, why, since = line
    chain = Chain(role, day(work), declaration == "yes", day(knew), is_private=private == "yes")
    if liable.startswith("–"):
        with refused_for(liable):
            for_illegal_stay(LAW, chain)
        return
    found = for_illegal_stay(LAW, chain)
    assert found.is_liable is (liable == "yes")
    assert [found.why, told(found.since)] == [why, since]
    assert found.sources == (LAW.on("illegal-stay-liability", day(work)),)


def test_the_holidays_between_two_days_are_those_on_which_people_would_have_worked():
    found = holidays_between(LAW, date(2018, 4, 30), date(2018, 5, 21))
    assert found == [date(2018, 5, 1), date(2018, 5, 10), date(2018, 5, 21)]
    assert holidays_between(LAW, date(2018, 5, 2), date(2018, 5, 9)) == []
    assert holidays_between(LAW, date(2018, 5, 21), date(2018, 5, 21)) == [date(2018, 5, 21)]
    assert holidays_between(LAW, date(2016, 12, 24), date(2017, 1, 2)) == []  # both fall on Sundays


@given(st.dates(date(1994, 1, 1), date(2090, 1, 1)), st.integers(1, 40))
def test_working_days_go_on_one_by_one_and_never_end_on_a_weekend(on, number):
    found = working_days_after(LAW, on, number)
    assert found.weekday() < 5
    assert found == working_days_after(LAW, working_days_after(LAW, on, number - 1), 1)
    assert number <= (found - on).days <= 2 * number + 7


def test_a_value_that_is_not_known_names_those_that_are():
    with pytest.raises(Refused, match="reflection-period") as refused:
        LAW.on("reflexion", date(2018, 1, 1))
    assert refused.value.code == "unknown-value"
