"""A published plan becomes measures, training and commitments, each with its place and doubts."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from palermo.organisations.directory import Directory
from palermo.plan.rules import duties, prose, references
from palermo.plan.rules.language import language_of
from palermo.plan.rules.reading import Doubt, ReadMeasure, ReadPlan, ReadTraining, Source, timing_json
from palermo.plan.rules.sections import Heading, in_sections, is_heading
from palermo.plan.rules.sentences import sentence
from palermo.plan.rules.tables import read_table
from palermo.reading import Document, Paragraph, Table


def read_plan(document: Document, directory: Directory, language: str | None = None) -> ReadPlan:
    """Everything that a document promises. What is not understood is unread, with its words kept."""
    spoken = language or language_of(document)
    directory = directory.for_text(words(document))
    measures: list[ReadMeasure] = []
    training: list[ReadTraining] = []
    lines: list[tuple[Heading | None, Paragraph]] = []
    headings: dict[str, str] = {}
    tables = 0
    for here, block in in_sections(document):
        number = here.number if here else ""
        if here:
            headings.setdefault(number, here.title)
        if isinstance(block, Table):
            found = read_table(block, tables + 1, number, directory)
            if found is not None:
                tables += 1
                measures += found.measures
                training += found.training
        elif not block.note and not is_heading(block, here):
            lines.append((here, block))
    commitments = prose.read_commitments(lines, measures, directory, spoken)
    obligations = duties.obligations(lines)
    bound = duties.with_duties(measures, obligations)
    return ReadPlan(
        language=spoken,
        title=title(document),
        sections=tuple(headings.items()),
        measures=tuple(bound),
        training=tuple(training),
        commitments=tuple(commitments),
        obligations=tuple(obligations),
        doubts=tuple(references.broken(lines, headings)),
    )


def words(document: Document) -> str:
    """All words of a document; those of its title and headings, which say what it is about, three times."""
    return "\n".join(
        " ".join(cell.text for row in block.rows for cell in row.cells)
        if isinstance(block, Table)
        else " ".join([block.text] * (3 if block.level or at == 0 else 1))
        for at, block in enumerate(document.blocks)
    )


def title(document: Document) -> str:
    """The document's first words."""
    first = next(
        (block.text for block in document.blocks if isinstance(block, Paragraph) and not block.note), ""
    )
    return first[:200] or document.name


def as_json(plan: ReadPlan, document: Document) -> dict[str, Any]:
    """The reading as the `plan read` contract writes it."""
    return {
        "document": {"name": document.name, "kind": document.kind, "sha256": document.sha256},
        "language": plan.language,
        "title": plan.title,
        "sections": [{"number": number, "title": words} for number, words in plan.sections],
        "measures": [measure_json(one) for one in plan.measures],
        "training": [training_json(one) for one in plan.training],
        "commitments": [
            {
                "section": one.section,
                "text": one.text,
                "actor": one.actor,
                "strength": one.strength,
                "timing": timing_json(one.timing, "stated"),
                "place": asdict(one.place),
                "source": source_json(one.source),
                "doubts": [doubt_json(doubt) for doubt in one.doubts],
            }
            for one in plan.commitments
        ],
        "obligations": [
            {"section": one.section, "text": one.text, "topics": list(one.topics), "place": asdict(one.place)}
            for one in plan.obligations
        ],
        "doubts": [doubt_json(doubt) for doubt in plan.doubts],
    }


def measure_json(one: ReadMeasure) -> dict[str, Any]:
    """A measure as the contract writes it."""
    return {
        "section": one.section,
        "text": one.text,
        "owners": [asdict(owner) for owner in one.owners],
        "timing": timing_json(one.timing, one.timing_basis),
        "place": asdict(one.place),
        "topics": list(one.topics),
        "evaluation": one.evaluation or None,
        "source": source_json(one.source),
        "doubts": [doubt_json(doubt) for doubt in one.doubts],
    }


def training_json(one: ReadTraining) -> dict[str, Any]:
    """A training commitment as the contract writes it."""
    return {
        "section": one.section,
        "organiser": {"text": one.organiser.text, "party": one.organiser.party},
        "type": one.type,
        "type_text": one.type_text,
        "frequency": asdict(one.frequency),
        "place": asdict(one.place),
        "source": source_json(one.source),
        "doubts": [doubt_json(doubt) for doubt in one.doubts],
    }


def source_json(source: Source) -> list[dict[str, str]]:
    """The words of a place: each column's title with its cell, or a paragraph without a title."""
    return [{"title": title, "text": text} for title, text in source]


def doubt_json(doubt: Doubt) -> dict[str, Any]:
    """A doubt with its sentence, and its place where it has one of its own."""
    told: dict[str, Any] = {"code": doubt.code, "message": sentence(doubt)}
    return told | ({"place": asdict(doubt.place)} if doubt.place else {})
