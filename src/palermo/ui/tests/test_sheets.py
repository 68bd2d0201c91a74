"""Lists as spreadsheets."""

import csv
import io
from datetime import date

import pytest
from python_calamine import load_workbook

from palermo.ui.sheets import csv_bytes, xlsx_bytes

COLUMNS = ["Measure", "Owner", "Latest day", "Answers"]
ROWS = [
    ["A handbook, with “quotes”\nand a line", "Bureau", date(2017, 12, 31), 3],
    ['=HYPERLINK("http://example.invalid";"x")', "+SPF Justice", None, 0],
]


def test_a_list_reads_the_same_from_xlsx_as_it_was_shown():
    book = load_workbook(io.BytesIO(xlsx_bytes("Register: be/2015", COLUMNS, ROWS)))
    header, first, second = book.get_sheet_by_index(0).to_python()
    assert header == COLUMNS
    assert first == [ROWS[0][0], "Bureau", date(2017, 12, 31), 3.0]
    assert second[:2] == ROWS[1][:2], "words stay words, even where they look like a formula"


def test_a_csv_opens_in_excel_and_cannot_run_a_formula():
    made = csv_bytes(COLUMNS, ROWS)
    assert made.startswith(b"\xef\xbb\xbf")
    header, first, second = csv.reader(io.StringIO(made.decode("utf-8-sig")))
    assert header == COLUMNS
    assert first == [ROWS[0][0], "Bureau", "2017-12-31", "3"]
    assert second[0].startswith("'=")
    assert second[1].startswith("'+")


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize(
    "words",
    [
        "=1+1",
        " =1+1",
        "two;=1+1",
        'two;"=1+1',
        "two\n=1+1",
        "two\r\n@SUM(1)",
        "two\t+1",
        "two; -1",
        "\uff1d1+1",
        "a;b\n;=1",
    ],
)
def test_no_cell_of_a_csv_begins_with_a_formula_wherever_a_program_cuts_it(words, separator):
    for line in csv_bytes(["A", "B"], [["x", words]]).decode("utf-8-sig").splitlines():
        for cell in line.split(separator):
            assert not cell.lstrip(' "').startswith(tuple("=+-@\uff1d")), cell


@pytest.mark.parametrize("title", ["", "[:]*?/\\'", "x" * 80])
def test_any_title_makes_a_sheet(title):
    assert load_workbook(io.BytesIO(xlsx_bytes(title, COLUMNS, []))).sheet_names


def test_a_text_longer_than_a_cell_is_cut_not_lost_to_an_error():
    book = load_workbook(io.BytesIO(xlsx_bytes("x", ["Words"], [["a" * 40_000]])))
    assert len(book.get_sheet_by_index(0).to_python()[1][0]) == 32_767
