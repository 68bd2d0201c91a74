"""The demonstration's plan: the Word file in the repository is what its source makes."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from functools import cache

import docx
import docx.document
import pytest

from palermo.cli.demonstration.plan_source import Heading, Rows, Words, load
from palermo.cli.demonstration.write_plan import PLAN, plan

SOURCE = load()
TABLES = [block for block in SOURCE.blocks if isinstance(block, Rows)]


@cache
def written() -> docx.document.Document:
    return docx.Document(io.BytesIO(plan()))


def parts(file: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(file)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def test_the_file_in_the_repository_is_what_its_source_makes():
    assert parts(PLAN.read_bytes()) == parts(plan())


def test_the_same_source_gives_the_same_bytes():
    assert plan() == plan()


def test_the_plan_has_thirty_measures_in_twenty_four_tables():
    measures = [table for table in TABLES if table.cells[0][0] == "Measure"]
    assert len(measures) == 24
    assert sum(len(table.cells) - 1 for table in measures) == 30


def test_the_plan_has_one_table_with_eight_training_cycles():
    training = [table for table in TABLES if table.cells[0][0] == "Organiser"]
    assert [len(table.cells) - 1 for table in training] == [8]


def test_one_measure_shares_its_party_and_timing_with_the_one_above():
    shared = [row for table in TABLES for row in table.cells if "^" in row]
    assert [row[1:] for row in shared] == [("^", "^")]
    table = next(
        table for table in written().tables if "information sheet for diplomats" in table.cell(1, 0).text
    )
    assert table.cell(2, 1)._tc is table.cell(1, 1)._tc
    assert table.cell(2, 2)._tc is table.cell(1, 2)._tc
    assert table.cell(3, 1)._tc is not table.cell(1, 1)._tc


def test_one_cell_lists_two_measures_as_word_lists_them():
    listed = [
        [paragraph.text for paragraph in cell.paragraphs if paragraph.style.name.startswith("List Bullet")]
        for table in written().tables
        for cell in table.column_cells(0)
    ]
    assert [len(items) for items in listed if items] == [2]


def test_chapters_and_sections_are_numbered_without_gaps():
    headings = [block.text for block in SOURCE.blocks if isinstance(block, Heading)]
    numbers = [re.match(r"(\d)\.(?:(\d)\.)? ", text).groups() for text in headings]
    assert [int(chapter) for chapter, section in numbers if section is None] == list(range(1, 10))
    sections = Counter(chapter for chapter, section in numbers if section)
    for chapter, count in sections.items():
        assert [int(s) for c, s in numbers if c == chapter and s] == list(range(1, count + 1))


def test_the_contents_list_every_chapter_on_a_page_that_does_not_go_back():
    chapters = [block for block in SOURCE.blocks if isinstance(block, Heading) and block.level == 1]
    pages = [block.page for block in chapters]
    assert None not in pages
    assert pages == sorted(pages)
    assert sum(paragraph.style.name == "toc 1" for paragraph in written().paragraphs) == len(chapters)


@pytest.mark.parametrize("words", ["every initiative of this plan", "training and awareness raising"])
def test_the_plan_says_that_every_initiative_is_evaluated(words):
    said = " ".join(block.text for block in SOURCE.blocks if isinstance(block, Words)).lower()
    assert words in said


def test_every_table_header_is_repeated_on_the_next_page():
    tables = written().tables
    assert len(tables) == 25
    assert all("tblHeader" in table.rows[0]._tr.xml for table in tables)
