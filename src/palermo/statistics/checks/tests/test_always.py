"""What holds of every table: true ones have no fault, a planted one is found, and order means nothing."""

import contextlib
from itertools import product

import yaml
from hypothesis import given
from hypothesis import strategies as st

from palermo.errors import Refused
from palermo.statistics.checks.check import check
from palermo.statistics.checks.count import count
from palermo.statistics.checks.sentences import sentence
from palermo.statistics.sheets import Sheet, read
from palermo.statistics.specification import Mark, specification

CUT = specification(
    yaml.load(
        """
        count: n
        group_by: [country, year]
        dimensions:
          sex: {total: T, parts: [F, M]}
          age: {total: T, parts: {child: [], adult: [young, old]}, also: {early: [child, young]}}
        suppressed: {mark: "<5", low: 0, high: 4}
        """,
        yaml.BaseLoader,
    )
)
COLUMNS = ("country", "year", "sex", "age", "n")
INNER = [*product(("F", "M"), ("young", "old", "child"))]
AGES = {
    "young": ("young",),
    "old": ("old",),
    "child": ("child",),
    "adult": ("young", "old"),
    "early": ("child", "young"),
    "T": ("young", "old", "child"),
}
SEXES = {"F": ("F",), "M": ("M",), "T": ("F", "M")}
counts = st.fixed_dictionaries({cell: st.integers(0, 200) for cell in INNER})


def added(inner):
    """Every cell of a table made from its inner cells."""
    return {
        (sex, age): sum(inner[one] for one in product(SEXES[sex], AGES[age]))
        for sex, age in product(SEXES, AGES)
    }


def checked(cells, year="2020"):
    """What is found in a table, given as its cells with their texts."""
    rows = [["BE", year, *codes, text] for codes, text in cells]
    return check(Sheet(COLUMNS, [*enumerate(rows, 2)]), CUT)


def written(cells, hidden=frozenset()):
    return [(codes, "<5" if codes in hidden and n <= 4 else str(n)) for codes, n in cells.items()]


def of_sums(found):
    return [one for one in (*found.errors, *found.warnings) if one.rule in ("R1", "R2")]


@given(counts, st.sets(st.sampled_from([*product(SEXES, AGES)])), st.data())
def test_a_true_table_has_no_wrong_sum_whatever_is_hidden_or_left_out(inner, hidden, data):
    cells = written(added(inner), hidden)
    kept = data.draw(st.lists(st.sampled_from(cells), unique=True))
    assert of_sums(checked(cells)) == of_sums(checked(kept)) == []


@given(counts, st.sampled_from([*product(SEXES, AGES)]), st.integers(-50, 50).filter(bool))
def test_one_wrong_cell_is_always_found_where_nothing_is_hidden(inner, codes, off):
    cells = added(inner)
    cells[codes] = max(cells[codes] + off, 0)
    found = of_sums(checked(written(cells)))
    assert bool(found) == (cells != added(inner))


@given(counts, st.sampled_from([*product(SEXES, AGES)]), st.sampled_from(["7", "<5", "9 9", ""]))
def test_a_key_that_stands_twice_is_always_found(inner, codes, text):
    cells = [*written(added(inner)), (codes, text)]
    found = [one for one in checked(cells).errors if one.rule == "R4"]
    assert [(one.key["sex"], one.key["age"]) for one in found] == [codes]


@given(counts, counts, st.randoms(use_true_random=False))
def test_rows_in_another_order_have_the_same_faults(inner, other, random):
    cells = [*written(added(inner)), *written(added(other)), (("F", "X"), "1,000"), (("Other", "T"), "12")]
    mixed = random.sample(cells, len(cells))

    def told(found):
        every = (*found.errors, *found.warnings)
        return [(one.level, one.rule, one.key, one.rule == "R4" or sentence(one)) for one in every]

    assert told(checked(cells)) == told(checked(mixed))


@given(st.text(max_size=60), st.text(max_size=20), st.text(max_size=20))
def test_whatever_stands_in_a_cell_is_a_finding_or_fine(text, code, year):
    found = checked([(("T", "T"), "30"), (("F", "T"), text), (("M", code), text)], year)
    assert all(sentence(one) for one in (*found.errors, *found.warnings))
    told = count(text, Mark("<5", 0, 4))
    assert told.high is None or told.low <= told.high
    assert (text.isascii() and text.isdigit()) or told.fault or text == "<5"


@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"country,year,sex,age,n\n", b"country;year;sex;age;n\r\n"]),
)
def test_any_bytes_are_read_or_refused(tmp_path_factory, content, heading):
    path = tmp_path_factory.mktemp("any") / "figures.csv"
    path.write_bytes(heading + content)
    with contextlib.suppress(Refused):
        assert check(read(path, COLUMNS), CUT).cells >= 0
