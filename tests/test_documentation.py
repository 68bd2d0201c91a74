"""What the documentation says is there: commands, options, files, pictures, tests, decisions."""

from __future__ import annotations

import importlib.machinery
import importlib.util
import re
from functools import cache
from pathlib import Path

import pytest
import typer.main
from typer.testing import CliRunner

from palermo.cli import app

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
KEPT = ("src", "tests", "docs", "requirements", "benchmarks", ".ci")
FILE = re.compile(
    r"(?:[\w.-]+/)*[\w.-]+\.(?:py|md|toml|txt|html|docx)|(?:src|tests|docs|requirements|\.ci)(?:/[\w.-]+)+/?"
)
every_document = pytest.mark.parametrize(
    "document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix()
)


def code(document: Path) -> list[str]:
    """Everything in code type: spans, and the lines of blocks."""
    text = document.read_text(encoding="utf-8")
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, flags=re.M | re.S)
    spans = re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.M | re.S))
    return [*spans, *(line for block in blocks for line in block.splitlines())]


@cache
def repository() -> frozenset[str]:
    """Every file and folder that the project keeps, from the root."""
    found = [path for path in ROOT.iterdir() if path.is_file()]
    for name in KEPT:
        found += (ROOT / name).rglob("*")
    return frozenset(path.relative_to(ROOT).as_posix() for path in found)


def resolve(words):
    """The longest command these words begin with, and the words after it."""
    command = typer.main.get_command(app)
    path = []
    while words and hasattr(command, "commands") and words[0] in command.commands:
        command = command.commands[words[0]]
        path.append(words.pop(0))
    return path, command, words


@every_document
def test_every_command_named_in_the_documentation_exists(document):
    for line in code(document):
        for said in re.findall(r"\./palermo((?: [^\s|&;#]+)*)", line):
            path, command, rest = resolve(said.split())
            assert path or not rest, f"./palermo{said}"
            assert not (hasattr(command, "commands") and rest and rest[0].islower()), f"./palermo{said}"
            assert CliRunner().invoke(app, [*path, "--help"]).exit_code == 0, f"./palermo{said}"
            known = {name for option in command.params for name in [*option.opts, *option.secondary_opts]}
            assert {word for word in rest if word.startswith("--")} <= {*known, "--help"}, f"./palermo{said}"


@every_document
def test_every_step_of_the_proof_named_in_the_documentation_exists(document):
    loader = importlib.machinery.SourceFileLoader("proof", str(ROOT / "check"))
    proof = importlib.util.module_from_spec(importlib.util.spec_from_loader("proof", loader))
    loader.exec_module(proof)
    steps = proof.steps(Path("python"), full=False)
    for line in code(document):
        for said in re.findall(r"\./check((?: [a-z]+)+)", line):
            assert set(said.split()) <= set(steps), line


@every_document
def test_every_link_leads_to_a_file(document):
    for target in re.findall(r"\]\(([^)\s]+)\)", document.read_text(encoding="utf-8")):
        if re.match(r"https?:|mailto:|#", target):
            continue
        path = (document.parent / target.partition("#")[0]).resolve()
        assert path.exists(), target


@every_document
def test_no_document_names_a_file_that_does_not_exist(document):
    for span in code(document):
        if FILE.fullmatch(span):
            name = span.rstrip("/")
            assert name in repository() or any(path.endswith(f"/{name}") for path in repository()), span


@every_document
def test_no_document_keeps_a_gap_that_somebody_meant_to_fill(document):
    text = document.read_text(encoding="utf-8")
    assert not re.findall(r"^[A-Z]+(?:_[A-Z]+)+$|\b(?:TODO|FIXME|XXX|TBD)\b", text, flags=re.M)


@every_document
def test_every_test_named_in_the_documentation_exists(document):
    named = {span for span in code(document) if re.fullmatch(r"test_\w+", span)}
    assert named <= known_tests(), named - known_tests()


@cache
def known_tests() -> frozenset[str]:
    """The name of every test function of the project."""
    files = [*(ROOT / "tests").rglob("test_*.py"), *(ROOT / "src").rglob("test_*.py")]
    return frozenset(
        name
        for file in files
        for name in re.findall(r"^ *(?:async )?def (test_\w+)", file.read_text(encoding="utf-8"), flags=re.M)
    )


def test_decisions_are_numbered_without_gaps():
    numbers = [int(path.name[:4]) for path in DECISIONS]
    assert numbers == list(range(1, len(DECISIONS) + 1))


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda path: path.name[:4])
def test_a_decision_is_short_and_bears_its_number_and_its_price(decision):
    text = decision.read_text(encoding="utf-8")
    assert text.startswith(f"# {decision.name[:4]}. ")
    assert 10 <= len(text.splitlines()) <= 20
    assert "**Decision.**" in text
    assert "**Price.**" in text


def test_the_readme_stays_one_page():
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) <= 90
