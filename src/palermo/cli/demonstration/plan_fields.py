"""Fields of a Word document: page numbers, bookmarks and the table of contents, which Word can refresh."""

from __future__ import annotations

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph


def field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    """Add a field that shows these words until Word counts for itself."""
    for piece in (*_opening(instruction), _run(f"<w:t>{shown}</w:t>"), _run(_character("end"))):
        paragraph._p.append(piece)


def bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """Put a bookmark around the words of a paragraph."""
    start = parse_xml(f'<w:bookmarkStart {nsdecls("w")} w:id="{number}" w:name="{name}"/>')
    end = parse_xml(f'<w:bookmarkEnd {nsdecls("w")} w:id="{number}"/>')
    words = paragraph._p.r_lst
    words[0].addprevious(start)
    words[-1].addnext(end)


def entry(paragraph: Paragraph, text: str, anchor: str, page: str) -> None:
    """Fill a line of the contents: the chapter, a tab and its page, as a link to the bookmark."""
    link = parse_xml(f'<w:hyperlink {nsdecls("w")} w:anchor="{anchor}" w:history="1"/>')
    pieces = (
        _run(f'<w:t xml:space="preserve">{text}</w:t>'),
        _run("<w:tab/>"),
        *_opening(f"PAGEREF {anchor} \\h"),
        _run(f"<w:t>{page}</w:t>"),
        _run(_character("end")),
    )
    for piece in pieces:
        link.append(piece)
    paragraph._p.append(link)


def contents(entries: list[Paragraph]) -> None:
    """Make these lines one table of contents of the chapters."""
    place = 0 if entries[0]._p.pPr is None else 1
    for offset, piece in enumerate(_opening('TOC \\o "1-1" \\h \\z \\u')):
        entries[0]._p.insert(place + offset, piece)
    entries[-1]._p.append(_run(_character("end")))


def _opening(instruction: str) -> tuple[BaseOxmlElement, ...]:
    """What stands before the words that a field shows."""
    return (
        _run(_character("begin")),
        _run(f'<w:instrText xml:space="preserve"> {instruction} </w:instrText>'),
        _run(_character("separate")),
    )


def _character(kind: str) -> str:
    return f'<w:fldChar w:fldCharType="{kind}"/>'


def _run(inside: str) -> BaseOxmlElement:
    run: BaseOxmlElement = parse_xml(f"<w:r {nsdecls('w')}>{inside}</w:r>")
    return run
