"""Lists are read from what offices have, and what cannot be right is refused with its line."""

import pytest

from palermo.errors import Refused
from palermo.statistics.estimates.reading import read

GOOD = "A,B,count\n1,0,5\n0,1,4\n1,1,2\n"


@pytest.fixture
def reading(tmp_path):
    def read_text(told):
        path = tmp_path / "lists.csv"
        path.write_bytes(told if isinstance(told, bytes) else told.encode())
        return read(path)

    return read_text


@pytest.mark.parametrize(
    "told",
    [
        GOOD,
        GOOD.replace(",", ";"),
        GOOD.replace(",", "\t"),
        GOOD.replace("count", "Frequency"),
        GOOD.replace("count", "FREQ"),
        GOOD.replace("count", "n"),
        GOOD.replace("count", "people"),
        GOOD.replace("\n", "\r\n"),
        "\ufeff" + GOOD,
        '"A","B","count"\n"1","0","5"\n\n 0 , 1 , 4 \n1,1,2',
        "count,A,B\n5,1,0\n4,0,1\n2,1,1\n",
    ],
)
def test_lists_are_read_as_they_come(reading, told):
    found = reading(told)
    assert (found.names, found.counts.tolist(), found.known) == (("A", "B"), [0, 5, 4, 2], 11)
    assert found.cautions == ()


def test_a_history_that_is_not_there_has_nobody(reading):
    assert reading("A,B,count\n1,0,5\n").counts.tolist() == [0, 5, 0, 0]


def test_a_list_may_be_called_as_a_column_of_counts_is(reading):
    found = reading("A,N,count\n1,0,5\n1,1,2\n")
    assert (found.names, found.counts.tolist()) == (("A", "N"), [0, 5, 0, 2])


def test_lists_of_one_row_a_person_that_are_too_many_are_told_to_be_added_up(reading):
    with pytest.raises(Refused, match="Add up the people"):
        reading("A,B,count\n" + "1,0,1\n" * 200_000)


def test_a_history_that_stands_twice_is_added_up_and_told(reading):
    found = reading(GOOD + "1,1,3\n1,0,1\n")
    assert found.counts.tolist() == [0, 6, 4, 5]
    assert [(one.code, one.params) for one in found.cautions] == [("combination-twice", {"line": 5})]


def test_without_a_list_its_people_alone_are_no_longer_known(reading):
    found = reading("A,B,C,count\n1,0,0,5\n0,1,0,4\n0,0,1,3\n1,1,0,2\n1,0,1,1\n0,1,1,7\n1,1,1,6\n")
    assert (found.without(1).names, found.without(1).counts.tolist()) == (("A", "C"), [0, 7, 10, 7])
    assert found.without(0).counts.tolist() == [0, 6, 4, 13]


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        ("", "it is empty"),
        ("\n \n,\n", "it is empty"),
        (",", "it is empty"),
        (";", "it is empty"),
        ("A,B,count\n", "it has no row below its header"),
        (GOOD + "1,0\n", "line 5 has 2 columns, the first one 3"),
        (GOOD.replace("4", "-4"), "line 3 has -4 where a whole number from 0 on is asked"),
        (GOOD.replace("4", "4.5"), "line 3 has 4.5 where a whole number from 0 on is asked"),
        (GOOD.replace("4", ""), "line 3 has nothing where a whole number from 0 on is asked"),
        (GOOD.replace("4", "٤"), "line 3 has ٤ where a whole number from 0 on is asked"),
        (GOOD.replace("4", "9" * 400), f"line 3 has {'9' * 40} where a whole number from 0 on is asked"),
        (GOOD.replace("0,1,", "2,1,"), "line 3 has 2 where a list has 0 or 1"),
        (GOOD.replace("0,1,", ",1,"), "line 3 has nothing where a list has 0 or 1"),
        (GOOD.replace("B", "A"), "two lists have the name A"),
        (GOOD.replace("B", ""), "a list has no name"),
        ("A,B\n1,0\n0,1\n", "it is not clear which column counts people: name one of them count"),
        ("A,n,freq\n1,0,5\n", "it is not clear which column counts people: name one of them count"),
        ("A,B,x\n1,0,2\n0,3,4\n", "it is not clear which column counts people: name one of them count"),
        ("A,B,count\n1,0,0\n", "it counts nobody"),
        ('"A\nx",B,count\n1,0,5\n1,1,x\n', "line 4 has x where a whole number from 0 on is asked"),
        ('A,B,count\n1,"0,5\n', "line 2 is no CSV (unexpected end of data)"),
    ],
)
def test_what_cannot_be_right_is_refused_with_its_fault(reading, told, fault):
    with pytest.raises(Refused) as refused:
        reading(told)
    assert (refused.value.code, refused.value.params["fault"]) == ("lists", fault)


@pytest.mark.parametrize(
    ("told", "code"),
    [
        (b"A,B,count\n\xff\xfe,0,5\n", "not-utf-8"),
        (GOOD.encode("utf-16"), "not-utf-8"),
        ("A,B,count\n" + "1,0,5\n" * 200_000, "too-large"),
        (GOOD + "0,0,7\n", "row-of-nobody"),
        ("A,count\n1,5\n", "one-list"),
        ("count\n5\n", "one-list"),
        (",".join("ABCDEFGHIJK") + ",count\n" + "1," * 11 + "3\n", "too-many-lists"),
        ("," * 5000 + "\n1\n", "lists"),
        (",".join(map(str, range(5000))) + "\n", "too-many-lists"),
    ],
)
def test_what_tells_nothing_or_cannot_be_computed_is_refused(reading, told, code):
    with pytest.raises(Refused) as refused:
        reading(told)
    assert refused.value.code == code


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(Refused, match="cannot be read"):
        read(tmp_path / "none.csv")
