"""A long PDF is read by several processes at once, and says the same."""

import multiprocessing

import pytest

from palermo.errors import Refused
from palermo.reading import pdf
from palermo.reading.tests import make

PLAN = [
    block
    for number in range(1, 61)
    for block in (
        ("h", 1, f"{number}. Chapter {number}"),
        ("p", "The services meet every quarter. " * 60),
        ("t", [["Measure", "Party responsible", "Timing"], [f"Step {number}", "FPS Justice", "Late 2016"]]),
    )
]


@pytest.fixture(scope="module")
def content():
    return make.pdf(PLAN, repeat=True)


def pages(content):
    return len(list(pdf.leaves(content, 1, 10_000)))


def test_several_processes_read_what_one_reads(content, monkeypatch):
    monkeypatch.setattr(pdf, "SHARE", 10)
    monkeypatch.setattr(pdf.os, "cpu_count", lambda: 2)
    count = pages(content)
    assert count > 20
    assert list(pdf.every_leaf(content, count)) == list(pdf.leaves(content, 1, count))


def test_a_process_that_may_have_no_children_reads_alone(content, monkeypatch):
    monkeypatch.setattr(pdf, "SHARE", 10)
    monkeypatch.setattr(pdf.os, "cpu_count", lambda: 2)
    monkeypatch.setattr(pdf, "ProcessPoolExecutor", None)
    monkeypatch.setitem(multiprocessing.current_process()._config, "daemon", True)
    assert len(list(pdf.every_leaf(content, pages(content)))) == pages(content)


def test_more_signs_than_are_read_are_refused_wherever_they_stand(content, monkeypatch, tmp_path):
    monkeypatch.setattr(pdf, "MOST_SIGNS", 20_000)
    path = tmp_path / "long.pdf"
    path.write_bytes(content)
    with pytest.raises(Refused, match="200 MB"):
        pdf.read_pdf(path, content)
