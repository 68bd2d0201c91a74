"""Tables as other programs write them: lists by line breaks, layout tables, sheets named by section."""

import io

import docx

from palermo.organisations.directory import load
from palermo.plan.rules.document import read_plan
from palermo.plan.rules.rows import titled
from palermo.plan.rules.tables import joined
from palermo.reading import Cell, read

HEAD = ["Measure", "Responsible", "Timing"]


def plan(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    return read_plan(read(path), load())


def test_a_word_file_in_one_layout_table_is_read_as_if_it_were_not(tmp_path):
    document = docx.Document()
    outer = document.add_table(1, 1).cell(0, 0)
    outer.add_paragraph("2.1. Prevention", style="Heading 2")
    inner = outer.add_table(2, 3)
    for row, texts in zip(inner.rows, (HEAD, ["\u2013 Ask\n\u2013 Tell", "Fedasil", "2016"]), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    file = io.BytesIO()
    document.save(file)
    (measure,) = plan(tmp_path, "x.docx", file.getvalue()).measures
    assert (measure.section, measure.timing.edtf) == ("2.1", "2016")
    assert "several-measures" in [one.code for one in measure.doubts]


def test_what_programs_write_into_an_empty_cell_is_nothing(tmp_path):
    rows = b"Measure,Responsible,Timing\nAsk,Fedasil,2016\nTell,NaN,NaN\n"
    second = plan(tmp_path, "x.csv", rows).measures[1]
    assert (second.owners[0].party, second.timing.edtf) == ("be/fedasil", "2016")
    assert plan(tmp_path, "y.csv", rows.decode().encode("utf-16-le")).measures[1] == second


def test_a_sheets_number_is_the_section_of_rows_that_are_only_counted():
    assert titled("3.1", "2") == "3.1"
    assert titled("Chapter 4", "1") == "4"
    assert titled("3", "3.2") == "3.2"
    assert titled("2016 measures", "1") == "1"


def test_a_line_that_cannot_end_there_goes_on():
    cell = Cell("", lines=("To be discussed at the", "Cell/Bureau (in joint", "consultation)"), wrapped=True)
    assert joined(cell) == "To be discussed at the Cell/Bureau (in joint consultation)"
