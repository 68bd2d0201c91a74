"""Documents as they were published: paragraphs and tables, each with its place in the source.

`read(path)` returns a `Document` or raises `Refused`; it writes nothing and runs nothing of the file.
"""

from palermo.reading.document import Cell, Document, Paragraph, Place, Row, Table, cell
from palermo.reading.door import KINDS, read

__all__ = ["KINDS", "Cell", "Document", "Paragraph", "Place", "Row", "Table", "cell", "read"]
