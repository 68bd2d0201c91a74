"""Files that leave: lists as spreadsheets, documents as they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import quote

from django.http import Http404, HttpResponse

from palermo.ui.sheets import Value, csv_bytes, xlsx_bytes

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
JSONL = "application/jsonl"


def sheet(kind: str, title: str, columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> HttpResponse:
    """A list as the file that was asked for: xlsx or csv. Raises Http404 for another kind."""
    if kind == "xlsx":
        return download(xlsx_bytes(title, columns, rows), f"{title}.xlsx", XLSX)
    if kind == "csv":
        return download(csv_bytes(columns, rows), f"{title}.csv", "text/csv; charset=utf-8")
    raise Http404


def download(content: bytes, name: str, media: str = "application/octet-stream") -> HttpResponse:
    """A file that the browser keeps and never shows as a page of this site."""
    response = HttpResponse(content, content_type=media)
    plain = "".join(one if one.isascii() and one.isprintable() and one not in '"\\' else "_" for one in name)
    response["Content-Disposition"] = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
    response["X-Content-Type-Options"] = "nosniff"
    return response
