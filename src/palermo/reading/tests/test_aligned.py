# ruff: noqa: E501 - a table of cases reads best with a case a line
"""PDF tables without ruling lines: read by their alignment; running text never becomes a table."""

import io

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, SimpleDocTemplate, Spacer
from reportlab.platypus import Paragraph as Text
from reportlab.platypus import Table as Grid

from palermo.reading import Paragraph, Table, read

STYLE = getSampleStyleSheet()["BodyText"]
HEAD = ["Measure", "Party responsible", "Timing"]
ROWS = [
    ["Write a guide for inspectors who visit farms, and hand it out before the summer", "FPS Labour", "Late 2015"],
    ["Meet the sector", "FPS Labour with the Federal Police and the Immigration Office", "Mid-2016"],
    ["Count the visits", "", ""],
    ["Look at the hours that drivers declare and compare them with their tickets", "National Social Security Office", "2017"],
]  # fmt: skip
STYLES = {
    "nothing": [("VALIGN", (0, 0), (-1, -1), "TOP")],
    "middle": [("VALIGN", (0, 0), (-1, -1), "MIDDLE")],
    "lines below": [("VALIGN", (0, 0), (-1, -1), "TOP"), ("LINEBELOW", (0, 0), (-1, -1), 0.5, "black")],
    "a line below the header": [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LINEBELOW", (0, 0), (-1, 0), 0.5, "black"),
    ],
    "stripes": [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("ROWBACKGROUNDS", (0, 0), (-1, -1), ["white", "lightgrey"]),
    ],
    "close": [("VALIGN", (0, 0), (-1, -1), "TOP"), ("BOTTOMPADDING", (0, 0), (-1, -1), 1), ("TOPPADDING", (0, 0), (-1, -1), 0)],
}  # fmt: skip
PROSE = (
    "In the last years the services have learned to work together, and the courts have followed. This plan"
    " goes on from there. It tells who will do what, by when, and how the Government will know. The measures"
    " stand in tables; the text around them says why they were chosen, and what was left for later. "
)


def written(flow, tmp_path, template=SimpleDocTemplate, **given):
    file = io.BytesIO()
    template(file, pagesize=A4, invariant=1, **given).build(flow)
    return blocks(file.getvalue(), tmp_path)


def blocks(content, tmp_path):
    path = tmp_path / "x.pdf"
    path.write_bytes(content)
    return read(path).blocks


def grid(rows, style, widths=(240, 140, 80), repeat=0):
    return Grid(
        [[Text(text, STYLE) for text in row] for row in rows],
        colWidths=widths,
        style=style,
        repeatRows=repeat,
    )


def texts(table):
    return [[cell.text for cell in row.cells] for row in table.rows]


@pytest.mark.parametrize("name", STYLES)
def test_a_table_without_upright_lines_is_read_row_by_row(name, tmp_path):
    found = written(
        [
            Text(PROSE, STYLE),
            Spacer(1, 12),
            grid([HEAD, *ROWS], STYLES[name]),
            Spacer(1, 12),
            Text(PROSE * 2, STYLE),
        ],
        tmp_path,
    )
    assert [type(one) for one in found] == [Paragraph, Table, Paragraph]
    assert texts(found[1]) == [HEAD, *ROWS]
    assert found[2].text.startswith("In the last years")


@pytest.mark.parametrize("repeat", [0, 1])
def test_such_a_table_goes_on_over_the_page(repeat, tmp_path):
    what = [
        "Inspect farms",
        "Meet the hotels and the trade unions of the sector",
        "Teach interpreters",
        "Read old files",
        "Visit the port",
    ]
    rows = [[f"{what[n % 5]}, {n} times", "Federal Police", str(2015 + n % 5)] for n in range(90)]
    found = written([grid([HEAD, *rows], STYLES["nothing"], repeat=repeat)], tmp_path)
    assert len(found) == 1
    assert texts(found[0]) == [HEAD, *rows]
    assert len({row.place.page for row in found[0].rows}) > 1


def lines_at(positions, tmp_path):
    """A page with words written at given places: (left, height, text)."""
    file = io.BytesIO()
    page = Canvas(file, pagesize=A4, invariant=1)
    page.setFont("Helvetica", 9)
    for left, height, text in positions:
        page.drawString(left, height, text)
    page.save()
    return blocks(file.getvalue(), tmp_path)


def test_rows_that_stand_as_close_as_their_lines_are_told_by_their_words(tmp_path):
    written_lines = [
        ("Measure", "Who", "When"),
        ("Draw up a list of the sectors in which", "FPS Labour", "Late 2015"),
        ("workers are at risk", "", ""),
        ("Visit each of them with the inspectors", "Federal Police", "2016"),
        ("of the regions and tell the Bureau what", "and Local Police", ""),
        ("was found", "", ""),
        ("Review the list", "FPS Labour", "2017"),
    ]
    found = lines_at(
        [
            (left, 700 - 11 * down, text)
            for down, line in enumerate(written_lines)
            for left, text in zip((50, 240, 400), line, strict=True)
            if text
        ],
        tmp_path,
    )
    assert texts(found[0]) == [
        ["Measure", "Who", "When"],
        ["Draw up a list of the sectors in which workers are at risk", "FPS Labour", "Late 2015"],
        ["Visit each of them with the inspectors of the regions and tell the Bureau what was found",
         "Federal Police and Local Police", "2016"],
        ["Review the list", "FPS Labour", "2017"],
    ]  # fmt: skip


def test_a_table_ends_where_a_heading_or_running_text_begins(tmp_path):
    flow = [
        grid([HEAD, *ROWS[:2]], STYLES["nothing"]),
        Text("2. Those who help", getSampleStyleSheet()["Heading2"]),
        grid([HEAD, ROWS[3], ["Ask the centres", "Myria", "2018"]], STYLES["nothing"]),
    ]
    found = written(flow, tmp_path)
    assert [type(one) for one in found] == [Table, Paragraph, Table]
    assert (found[1].text, found[1].level) == ("2. Those who help", 1)


@pytest.mark.parametrize("columns", [1, 2, 3])
@pytest.mark.parametrize("justified", [False, True])
def test_running_text_is_no_table_in_one_column_or_several(columns, justified, tmp_path):
    width = (A4[0] - 100) / columns
    frames = [Frame(50 + at * width, 50, width - 12, A4[1] - 100, 0, 0, 0, 0) for at in range(columns)]
    style = STYLE.clone("j", alignment=4 if justified else 0, fontSize=9, leading=11)
    file = io.BytesIO()
    book = BaseDocTemplate(file, pagesize=A4, pageTemplates=[PageTemplate("x", frames)], invariant=1)
    book.build([Text(PROSE * 3, style) for _ in range(8)])
    assert not [one for one in blocks(file.getvalue(), tmp_path) if isinstance(one, Table)]


def test_a_page_of_prose_with_a_list_and_an_address_is_no_table(tmp_path):
    address = [(50, 780, "Brussels"), (260, 780, "1 March 2016"), (430, 780, "Ref. 12/2016")]
    prose = [(50, 740 - 12 * n, PROSE[n * 90 : n * 90 + 90].strip()) for n in range(4)]
    items = [(50, 600 - 12 * n, f"{n}.") for n in range(1, 6)] + [(70, 600 - 12 * n, PROSE[n * 40 : n * 40 + 60].strip()) for n in range(1, 6)]  # fmt: skip
    assert not [one for one in lines_at(address + prose + items, tmp_path) if isinstance(one, Table)]


def test_a_row_that_a_page_break_cuts_is_one_row(tmp_path):
    file = io.BytesIO()
    page = Canvas(file, pagesize=A4, invariant=1)
    first = [HEAD, ["Train guards", "Fedasil", "2015"], ["Write down which of the", "FPS Labour", "2016"]]
    second = [
        ["centres need help first", "and Fedasil", ""],
        ["Help them", "Fedasil", "2017"],
        ["Look back", "Myria", "2018"],
    ]
    for rows in (first, second):
        for down, row in enumerate(rows):
            for left, text in zip((50, 240, 400), row, strict=True):
                page.drawString(left, (80 if rows is first else 800) - 18 * down, text)
        page.showPage()
    page.save()
    found = blocks(file.getvalue(), tmp_path)
    assert [row[0] for one in found for row in texts(one)] == ["Measure", "Train guards", "Write down which of the centres need help first", "Help them", "Look back"]  # fmt: skip
