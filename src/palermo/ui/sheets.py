"""Any list as a spreadsheet: XLSX for Excel, CSV for everything else, with the same columns."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime

import xlsxwriter

Value = str | int | float | date | None

# A cell that begins with one of these signs is read as a formula by spreadsheet programs. Where a country
# separates lists by semicolons, Excel begins a cell at each of them and at each line's end.
FORMULA = re.compile("(^|[;\t\r\n])(?=[ \xa0\"']*[-=+@＝＋－＠])")
MAX_CELL = 32_767  # characters Excel holds in one cell


def csv_bytes(columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """The list as CSV: UTF-8 with a byte order mark (Excel needs it), days in ISO 8601, formulas disarmed."""
    out = io.StringIO(newline="")
    write = csv.writer(out).writerow
    write(columns)
    for row in rows:
        write([disarmed(value) for value in row])
    return out.getvalue().encode("utf-8-sig")


def xlsx_bytes(title: str, columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """The list as one XLSX sheet: header kept in view, filters on, days as days, text never a formula."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    sheet = book.add_worksheet(sheet_name(title))
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
    widths = [len(name) for name in columns]
    sheet.write_row(0, 0, columns, bold)
    last = 0
    for last, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(last, column, datetime(value.year, value.month, value.day), day)  # noqa: DTZ001
            elif isinstance(value, int | float):
                sheet.write_number(last, column, value, plain)
            else:
                sheet.write_string(last, column, (value or "")[:MAX_CELL], plain)
            widths[column] = max(widths[column], len(str(value or "")))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, max(len(columns) - 1, 0))
    for column, width in enumerate(widths):
        sheet.set_column(column, column, min(max(width + 2, 8), 60))
    book.close()
    return out.getvalue()


def disarmed(value: Value) -> Value:
    """The value as it may stand in a CSV cell: what would run as a formula gets an apostrophe before it."""
    if isinstance(value, date):
        return value.isoformat()
    return FORMULA.sub(r"\1'", value) if isinstance(value, str) else value


def sheet_name(title: str) -> str:
    """A title as a sheet's name: at most 31 characters, without the signs that Excel refuses."""
    return "".join(" " if sign in "[]:*?/\\'" else sign for sign in title)[:31].strip() or "list"
