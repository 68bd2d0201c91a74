"""Word files whose bytes depend on their content alone."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Protocol

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE


class Saves(Protocol):
    """What can write itself as a Word file: a document of python-docx, a filled template of docxtpl."""

    def save(self, stream: io.BytesIO, /) -> None:
        """Write the file."""


def packed(document: Saves, at: datetime) -> bytes:
    """The file with its parts in a fixed order and one moment: same content, same bytes."""
    plain, file = io.BytesIO(), io.BytesIO()
    document.save(plain)
    with zipfile.ZipFile(plain) as parts, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
        for name in parts.namelist():
            part = zipfile.ZipInfo(name, at.timetuple()[:6])
            part.compress_type, part.create_system = zipfile.ZIP_DEFLATED, 0
            out.writestr(part, parts.read(name))
    return file.getvalue()


def signed(document: Document, *, title: str, author: str, language: str, at: datetime) -> None:
    """Give the document its title, author, language and moment; drop the thumbnail of the empty template."""
    known = document.core_properties
    known.title, known.author, known.last_modified_by = title, author, author
    known.language, known.comments, known.keywords = language, "", ""
    known.created = known.modified = at
    known.revision = 1
    relations = document.part.package.rels
    for name in [name for name, one in relations.items() if one.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        del relations[name]
