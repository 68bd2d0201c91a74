"""Tables as browsers draw them: open where a page breaks, borders of thin boxes, or only colours."""

import io

import pdfplumber
import pytest
from pdfplumber import page as pages
from reportlab.pdfgen.canvas import Canvas

from palermo.reading import Paragraph, Table, read
from palermo.reading.hyphens import Hyphens
from palermo.reading.tests.make import pdf
from palermo.reading.upright import PDFPageAggregatorWithMarkedContent, place_upright

COLUMNS = (50, 250, 400, 550)
HEAD = ["Action", "Lead", "When"]


class Page(Canvas):
    """A page on which tables are drawn as browsers draw them: each border a thin filled box."""

    def __init__(self):
        self.file = io.BytesIO()
        super().__init__(self.file, pagesize=(600, 800), invariant=1)

    def rows(self, top, rows, *, height=40, foot=True):
        for at, cells in enumerate(rows):
            upper, lower = top - at * height, top - (at + 1) * height
            for x in COLUMNS:
                self.rect(x, lower, 0.7, height, stroke=0, fill=1)
            if at or top < 700:
                self.rect(COLUMNS[0], upper, 500, 0.7, stroke=0, fill=1)
            for x, text in zip(COLUMNS, cells, strict=False):
                for down, line in enumerate(text.split("\n")):
                    self.drawString(x + 12, upper - 14 - 14 * down, line)
        if foot:
            self.rect(COLUMNS[0], top - len(rows) * height, 500, 0.7, stroke=0, fill=1)

    def blocks(self, folder):
        self.save()
        path = folder / "x.pdf"
        path.write_bytes(self.file.getvalue())
        return read(path).blocks


def table(blocks):
    return [[cell.text for cell in row.cells] for one in blocks if isinstance(one, Table) for row in one.rows]


@pytest.mark.parametrize("again", [False, True])
def test_a_row_that_a_browser_leaves_open_at_a_page_break_is_one_row(again, tmp_path):
    page = Page()
    judge = ["Name a judge.", "FPS Justice", "2016"]
    page.rows(600, [HEAD, judge, ["Print a leaflet.", "Bureau\nof the", "2017"]], foot=False)
    page.setFont("Helvetica", 6)
    page.drawString(50, 100, "A note at the foot of the page.")
    page.showPage()
    rest = [["Send it to schools.", "HT Cell", ""], ["Ask schools", "Fedasil", "2018"]]
    page.rows(760, [HEAD, *rest] if again else rest)
    for line in range(9):
        page.drawString(50, 300 - 14 * line, "The services meet every quarter and compare.")
    assert table(page.blocks(tmp_path)) == [
        HEAD,
        judge,
        ["Print a leaflet. Send it to schools.", "Bureau of the HT Cell", "2017"],
        ["Ask schools", "Fedasil", "2018"],
    ]


def test_colours_behind_rows_are_no_ruling_lines(tmp_path):
    page = Page()
    rows = [HEAD, ["Name a judge", "FPS Justice", "2016"], ["Ask schools", "Fedasil", "2018"]]
    for at, cells in enumerate(rows):
        if at != 1:
            page.setFillGray(0.9)
            page.rect(50, 560 - 40 * at, 500, 40, stroke=0, fill=1)
        page.setFillGray(0)
        for x, text in zip(COLUMNS, cells, strict=False):
            page.drawString(x + 5, 575 - 40 * at, text)
    assert table(page.blocks(tmp_path)) == rows


def test_a_drawn_bullet_begins_an_item(tmp_path):
    page = Page()
    page.rows(600, [HEAD, ["Basic course\nSpecial course", "FPS Justice", "2016"]])
    page.circle(55, 550, 1.8, stroke=0, fill=1)
    page.circle(55, 536, 1.8, stroke=0, fill=1)
    cell = next(one for one in page.blocks(tmp_path) if isinstance(one, Table)).rows[1].cells[0]
    assert cell.items == ("Basic course", "Special course")


def test_a_code_without_a_letter_is_the_bullet_that_is_seen(tmp_path):
    page = Page()
    page.drawString(50, 500, "\u2022 An item of a list")
    (item,) = (one for one in page.blocks(tmp_path) if isinstance(one, Paragraph))
    assert (item.text, item.item) == ("\u2022 An item of a list", True)


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        (["a self-", "employed or self-employed one"], "a self-employed or self-employed one"),
        (["they con-", "tribute what others contribute"], "they contribute what others contribute"),
        (["they con\u2010", "duct it"], "they conduct it"),
        (["College of Attorneys-", "General"], "College of Attorneys-General"),
        (["Minister of Justice/", "Fedasil, 2015-", "2016"], "Minister of Justice/Fedasil, 2015-2016"),
        (["in-", "en uitvoer"], "in- en uitvoer"),
        (["self-employed, multi-", "level, self-", "employed"], "self-employed, multi-level, self-employed"),
    ],
)  # fmt: skip
def test_a_word_cut_at_a_lines_end_is_whole_or_keeps_the_hyphen_it_has_elsewhere(lines, whole):
    assert Hyphens([lines]).text(lines) == whole


@pytest.mark.parametrize("pages", [2, 5])
def test_what_pages_repeat_is_no_text_even_in_several_lines_or_on_two_pages(pages, tmp_path):
    page = Page()
    for number in range(1, pages + 1):
        for at, line in enumerate(("Kingdom", "Bureau of the Cell", f"Plan, page {number}")):
            page.drawString(50, 780 - 14 * at, line)
        for at in range(12):
            page.drawString(50, 700 - 40 * at, f"{'ABCDE'[number - 1]}{'abcdefghijkl'[at]}.")
        page.showPage()
    said = [one.text for one in page.blocks(tmp_path)]
    assert len(said) == 12 * pages
    assert all(len(text) == 3 for text in said)


def test_a_word_that_its_column_cuts_without_a_hyphen_is_whole():
    document = Hyphens([["The Bureau of the Interdepartmental Cell meets."]])
    assert document.text(["the Interdepartm", "ental Cell and", "the Bureau"]) == (
        "the Interdepartmental Cell and the Bureau"
    )


@pytest.mark.parametrize(
    "rows",
    [
        [HEAD, ["Name a judge", "FPS Justice", "2016"]],
        [["", "Lead", "Type", "When"], ["Courses", "Fedasil", "Basic", "2016"], ["Day", "Police", "", "17"]],
    ],
)  # fmt: skip
def test_a_table_without_lines_may_have_one_row_or_a_column_without_a_name(rows, tmp_path):
    page = Page()
    for at, cells in enumerate(rows):
        for x, text in zip((50, 200, 300, 400), cells, strict=False):
            page.drawString(x, 600 - 24 * at, text)
    assert table(page.blocks(tmp_path)) == rows


def test_a_sign_that_is_placed_upright_is_what_pdfplumber_makes_of_it(monkeypatch):
    content = pdf([("h", 1, "1. One"), ("p", "Words, “signs” and fi.")], repeat=True)
    monkeypatch.setattr(pages, "PDFPageAggregatorWithMarkedContent", PDFPageAggregatorWithMarkedContent)
    with pdfplumber.open(io.BytesIO(content)) as book:
        whole = book.pages[0].chars
    place_upright()
    with pdfplumber.open(io.BytesIO(content)) as book:
        upright = book.pages[0].chars
    marks = {"mcid", "tag"}
    assert upright == [{key: value for key, value in one.items() if key not in marks} for one in whole]
