"""Signs of a PDF that stand upright, placed without the general case.

pdfminer turns the box of every sign by a matrix, corner by corner, and pdfplumber marks each with the content
it belongs to. Nearly all signs of a document stand upright, and reading needs no marks: doing without is a
quarter of the time that a page takes. Any other sign is left to both of them.
"""

from __future__ import annotations

from typing import Any

from pdfminer.layout import LTChar
from pdfminer.pdffont import PDFUnicodeNotDefined
from pdfplumber import page as pages
from pdfplumber.page import PDFPageAggregatorWithMarkedContent


class Upright(PDFPageAggregatorWithMarkedContent):
    """Interprets the content of a page."""

    def render_char(self, *given: Any, **named: Any) -> float:
        """Place a sign; returns how far the next one stands from it."""
        if named or len(given) != 8:
            return float(super().render_char(*given, **named))
        (a, b, c, d, e, f), font, size, scaling, rise, cid, colours, state = matrix, *_rest = given
        if b or c or min(a, d, scaling, size) <= 0 or font.is_vertical():
            return float(super().render_char(*given))
        try:
            text = font.to_unichr(cid)
        except PDFUnicodeNotDefined:
            text = self.handle_undefined_char(font, cid)
        sign = LTChar.__new__(LTChar)
        sign._text, sign.matrix, sign.fontname, sign.upright = text, matrix, font.fontname, True
        sign.ncs, sign.graphicstate = colours, state
        sign.adv = font.char_width(cid) * size * scaling
        foot = font.get_descent() * size + rise
        sign.set_bbox((e, d * foot + f, a * sign.adv + e, d * (foot + size) + f))
        sign.size = sign.height
        self.cur_item.add(sign)
        return sign.adv


def place_upright() -> None:
    """Let pdfplumber interpret pages in this way."""
    pages.PDFPageAggregatorWithMarkedContent = Upright  # type: ignore[misc]
