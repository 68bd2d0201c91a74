"""Files that must not come in: each is refused with a code and a next step, and nothing else happens."""

import io
import os
import random
import time
import zipfile

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from palermo.errors import Refused
from palermo.reading import Document, read
from palermo.reading.tests import make

HEAD = ["Project", "Responsible", "Timing"]
PLAN = [
    ("h", 1, "1. A chapter"),
    ("p", "It will be done."),
    ("t", [HEAD, ["A thing", "Fedasil", "2015"], [["One", "Two"], make.MERGED, make.MERGED]]),
]
VALID = {
    "a.txt": make.txt(PLAN),
    "a.docx": make.word(PLAN),
    "a.html": make.web(PLAN),
    "a.csv": make.separated(PLAN),
    "a.xlsx": make.workbook(PLAN),
    "a.pdf": make.pdf(PLAN, repeat=True),
}


def code(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(Refused) as refused:
        read(path)
    assert refused.value.message
    assert refused.value.what_next
    assert {one.name for one in tmp_path.iterdir()} == {name}, "nothing was written"
    return refused.value.code


def package(parts, compression=zipfile.ZIP_DEFLATED):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize("claimed", ["txt", "docx", "html", "csv", "xlsx", "pdf"])
@pytest.mark.parametrize("real", ["docx", "pdf", "xlsx"])
def test_a_file_that_is_not_what_its_name_says_is_refused(claimed, real, tmp_path):
    if claimed != real:
        assert code(tmp_path, f"x.{claimed}", VALID[f"a.{real}"]) == "not-what-its-name-says"


@pytest.mark.parametrize("name", ["x.pdf", "x.docx", "x.xlsx"])
def test_plain_text_under_another_name_is_refused(name, tmp_path):
    assert code(tmp_path, name, b"just words") == "not-what-its-name-says"


def test_a_pdf_with_a_password_is_refused(tmp_path):
    file = io.BytesIO()
    page = Canvas(file, encrypt=StandardEncryption("secret", strength=128))
    page.drawString(50, 700, "words")
    page.save()
    assert code(tmp_path, "x.pdf", file.getvalue()) == "encrypted"


@pytest.mark.parametrize("name", ["x.docx", "x.xlsx"])
def test_an_office_file_with_a_password_is_refused(name, tmp_path):
    assert code(tmp_path, name, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 5_000) == "encrypted"


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx", "a.pdf"])
def test_a_file_cut_in_the_middle_is_refused(name, tmp_path):
    content = VALID[name]
    assert code(tmp_path, name, content[: len(content) // 2]) in {"damaged", "empty"}


@pytest.mark.parametrize(("name", "main"), [("x.docx", "word/document.xml"), ("x.xlsx", "xl/workbook.xml")])
def test_a_small_file_that_unpacks_to_more_than_200_mb_is_refused(name, main, tmp_path):
    bomb = package({main: b"<a/>", "word/media/x.bin": b"\0" * (201 * 1024 * 1024)})
    assert len(bomb) < 1_000_000
    assert code(tmp_path, name, bomb) == "bomb"


def test_an_archive_of_very_many_parts_is_refused(tmp_path):
    parts = {"word/document.xml": b"<a/>"} | {f"x{number}": b"" for number in range(10_001)}
    assert code(tmp_path, "x.docx", package(parts, zipfile.ZIP_STORED)) == "bomb"


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
LAUGHING = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>'


def test_xml_that_grows_without_end_is_refused(tmp_path):
    with zipfile.ZipFile(io.BytesIO(VALID["a.docx"])) as made:
        parts = {name: made.read(name) for name in made.namelist()}
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = f"<w:document {space}><w:body><w:p><w:r><w:t>&l9;</w:t></w:r></w:p></w:body></w:document>"
    parts["word/document.xml"] = (LAUGHING + body).encode()
    begun = time.monotonic()
    assert code(tmp_path, "x.docx", package(parts)) in {"damaged", "empty"}
    assert time.monotonic() - begun < 5


def test_a_cell_far_away_does_not_take_all_memory(tmp_path):
    with zipfile.ZipFile(io.BytesIO(VALID["a.xlsx"])) as made:
        parts = {name: made.read(name) for name in made.namelist()}
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    for far in (
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        "<row r='1048576'>" + "<c><v>1</v></c>" * 50 + "</row>",
    ):
        body = f"<worksheet {space}><sheetData>{far}</sheetData></worksheet>"
        parts["xl/worksheets/sheet1.xml"] = body.encode()
        assert code(tmp_path, "x.xlsx", package(parts)) == "bomb"


def test_numbers_without_end_are_read_as_words(tmp_path):
    path, endless = tmp_path / "x.html", "1" * 5000
    path.write_text(
        f"<table><tr><td colspan='{endless}'>A</td><td rowspan='0'>[{endless}] B</td></tr></table>"
    )
    [table] = read(path).blocks
    assert [cell.text for cell in table.rows[0].cells if cell.text] == ["A", f"[{endless}] B"]


def test_a_sign_that_no_database_keeps_is_not_read(tmp_path):
    book = xlsxwriter.Workbook(str(tmp_path / "x.xlsx"))
    book.add_worksheet("Plan").write_string(0, 0, "Prepare\x00 a leaflet")
    book.close()
    [table] = read(tmp_path / "x.xlsx").blocks
    assert table.rows[0].cells[0].text == "Prepare a leaflet"


@pytest.mark.parametrize("name", ["undefined", "unicode_escape", "hex", "zlib", "idna", "klingon", "utf-7"])
def test_a_page_that_names_no_encoding_of_text_is_read_by_its_bytes(name, tmp_path):
    path = tmp_path / "x.html"
    path.write_bytes(
        f'<html><head><meta charset="{name}"></head><body><p>Hi \\ud800</p></body></html>'.encode()
    )
    assert [block.text for block in read(path).blocks] == ["Hi \\ud800"]


def test_a_document_cannot_bring_in_a_file_of_this_machine(tmp_path):
    secret = tmp_path.parent / "secret.txt"
    secret.write_text("do not tell")
    outside = (
        f'<!DOCTYPE html [<!ENTITY x SYSTEM "file://{secret}">]><html><body><p>words &x;</p></body></html>'
    )
    path = tmp_path / "x.html"
    path.write_text(outside)
    assert "do not tell" not in repr(read(path).blocks)


def test_a_page_nested_without_end_is_read_or_refused_in_time(tmp_path):
    path = tmp_path / "x.html"
    path.write_bytes(b"<html><body>" + b"<div>" * 50_000 + b"words" + b"</div>" * 50_000)
    begun = time.monotonic()
    assert outcome(path) in {"document", "damaged", "empty"}
    assert time.monotonic() - begun < 10


@pytest.mark.parametrize("name", ["x.doc", "x.odt", "x.rtf", "x.xls", "x.exe", "x"])
def test_other_kinds_are_refused_with_the_kind_to_use(name, tmp_path):
    assert code(tmp_path, name, b"content") == "unknown-kind"


@pytest.mark.parametrize("content", [b"", b"   \n\n"])
def test_a_file_without_words_is_refused(content, tmp_path):
    assert code(tmp_path, "x.txt", content) == "empty"


def test_rubbish_called_text_is_refused(tmp_path):
    assert code(tmp_path, "x.txt", bytes(range(256)) * 10) == "not-what-its-name-says"


def test_a_folder_a_pipe_and_a_name_without_a_file_are_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    for name in ("pipe.txt", "missing.txt", ".", "nul\0.txt"):
        with pytest.raises(Refused) as refused:
            read(tmp_path / name)
        assert refused.value.code in {"no-file", "unknown-kind"}


def test_a_file_over_100_mb_is_refused_without_being_read(tmp_path):
    path = tmp_path / "x.txt"
    with path.open("wb") as file:
        file.truncate(101 * 1024 * 1024)
    with pytest.raises(Refused) as refused:
        read(path)
    assert refused.value.code == "too-large"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_words_with_accents_are_read_in_every_usual_encoding(encoding, tmp_path):
    path = tmp_path / "x.txt"
    path.write_bytes("Élaborer une brochure à 5 €".encode(encoding))
    assert read(path).blocks[0].text == "Élaborer une brochure à 5 €"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("mutated")


def mutated(folder, name, seed, cuts):
    """Read a valid file in which bytes were changed, cut or doubled: a document or a refusal, in time."""
    chance = random.Random(seed)
    content = bytearray(VALID[name])
    for _ in range(cuts):
        at = chance.randrange(len(content) or 1)
        kind = chance.randrange(4)
        if kind == 0:
            content[at : at + chance.randrange(1, 40)] = b""
        elif kind == 1:
            content[at:at] = content[at : at + chance.randrange(1, 400)]
        else:
            content[at : at + 1] = bytes([chance.randrange(256)])
    path = folder / name
    path.write_bytes(bytes(content))
    begun = time.monotonic()
    assert outcome(path) in {"document", "damaged", "not-what-its-name-says", "empty", "encrypted", "bomb"}
    assert time.monotonic() - begun < 10


def outcome(path):
    try:
        return "document" if isinstance(read(path), Document) else "nothing"
    except Refused as refused:
        return refused.code


CHANGES = (st.sampled_from(sorted(VALID)), st.integers(0, 2**32), st.integers(1, 12))


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(*CHANGES)
def test_a_mutated_file_gives_a_document_or_a_clear_refusal(folder, name, seed, cuts):
    mutated(folder, name, seed, cuts)


@pytest.mark.long
@pytest.mark.timeout(1800)
@settings(max_examples=10_000, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(*CHANGES)
def test_ten_thousand_mutated_files_give_a_document_or_a_clear_refusal(folder, name, seed, cuts):
    mutated(folder, name, seed, cuts)
