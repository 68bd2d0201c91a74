"""The same small plan as every kind of file, for the tests of reading and of the plan's rules.

A plan is a list of ("h", level, text), ("p", text) and ("t", rows). A cell is a text, a list of items, or
MERGED for the continuation of the cell above.
"""

import csv
import html
import io

import docx
import xlsxwriter
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph as Text
from reportlab.platypus import SimpleDocTemplate, Spacer
from reportlab.platypus import Table as Grid

MERGED = object()


def flat(cell):
    if cell is MERGED:
        return ""
    return " ".join(f"- {item}" for item in cell) if isinstance(cell, list) else cell


def txt(plan):
    lines = []
    for kind, *rest in plan:
        if kind == "t":
            lines += ["\t".join(flat(cell) for cell in row) for row in rest[0]] + [""]
        else:
            lines += [rest[-1], ""]
    return "\n".join(lines).encode()


def word(plan):
    document = docx.Document()
    for kind, *rest in plan:
        if kind == "h":
            document.add_heading(rest[1], rest[0])
        elif kind == "p":
            document.add_paragraph(rest[0])
        else:
            table = document.add_table(len(rest[0]), len(rest[0][0]))
            for at, row in enumerate(rest[0]):
                for column, cell in enumerate(row):
                    word_cell(table, at, column, cell)
            document.add_paragraph()
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def word_cell(table, at, column, cell):
    if cell is MERGED:
        above = table.cell(at - 1, column)
        above.merge(table.cell(at, column))
    elif isinstance(cell, list):
        table.cell(at, column).text = ""
        for item in cell:
            table.cell(at, column).add_paragraph(item, style="List Bullet")
    else:
        table.cell(at, column).text = cell


def web(plan):
    out = ["<!doctype html><html><head><title>x</title><style>p{}</style></head><body>"]
    for kind, *rest in plan:
        if kind == "h":
            out.append(f"<h{rest[0]}>{html.escape(rest[1])}</h{rest[0]}>")
        elif kind == "p":
            out.append(f"<p>{html.escape(rest[0])}</p>")
        else:
            out.append("<table>" + "".join(web_row(rest[0], at) for at in range(len(rest[0]))) + "</table>")
    return "".join([*out, "</body></html>"]).encode()


def web_row(rows, at):
    cells = []
    for column, cell in enumerate(rows[at]):
        if cell is MERGED:
            continue
        below = 0
        while at + below + 1 < len(rows) and rows[at + below + 1][column] is MERGED:
            below += 1
        inside = (
            "<ul>" + "".join(f"<li>{html.escape(item)}</li>" for item in cell) + "</ul>"
            if isinstance(cell, list)
            else html.escape(cell)
        )
        cells.append(f"<td rowspan={below + 1}>{inside}</td>" if below else f"<td>{inside}</td>")
    return "<tr>" + "".join(cells) + "</tr>"


def one_table(plan, head, extra):
    """Every table of measures as one sheet: the section in a column, other names, a column more."""
    rows, section = [head], ""
    for kind, *rest in plan:
        if kind == "h":
            section = rest[1].split(" ")[0].strip(".")
        elif kind == "t" and len(rest[0][0]) == 3:
            rows += [[section, row[1], row[0], extra, row[2]] for row in rest[0][1:]]
    return rows


def separated(plan, delimiter=";"):
    out = io.StringIO()
    head = ["Section", "Lead organisation", "Action", "Budget", "Deadline"]
    writer = csv.writer(out, delimiter=delimiter)
    for row in one_table(plan, head, "-"):
        writer.writerow([flat(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def workbook(plan):
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet = book.add_worksheet("Measures")
    rows = one_table(plan, ["Chapter", "Responsible", "Measure", "Remarks", "When"], "none")
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            text = flat(cell)
            if text.isdigit():
                sheet.write_number(at, column, int(text))
            elif text:
                sheet.write_string(at, column, text)
    book.close()
    return file.getvalue()


def pdf(plan, *, repeat):
    file = io.BytesIO()
    style = getSampleStyleSheet()
    flow = []
    for kind, *rest in plan:
        if kind == "h":
            flow.append(Text(html.escape(rest[1]), style[f"Heading{rest[0]}"]))
        elif kind == "p":
            flow.append(Text(html.escape(rest[0]), style["BodyText"]))
        else:
            cells = [[Text(html.escape(flat(cell)), style["BodyText"]) for cell in row] for row in rest[0]]
            widths = [460 / len(cells[0])] * len(cells[0])
            grid = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "TOP")]
            flow += [Grid(cells, colWidths=widths, repeatRows=int(repeat), style=grid), Spacer(1, 12)]
    SimpleDocTemplate(file, pagesize=A4, invariant=1).build(flow)
    return file.getvalue()
