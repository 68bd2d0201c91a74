"""What a template of the office may say: it names values, repeats parts and chooses between them.

A template comes from outside and is run each time a report is made. Calls, sums and filters (but for the
length of a list) are refused: none is needed, and they could stop the machine or change what an organisation
wrote. A part within
a repeated part repeats what that part holds, so that a report takes no longer than its content.
"""

from __future__ import annotations

import io
import zipfile
from typing import Any

from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import TemplateError, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree

from palermo.errors import Refused, words

UNPACKED = 50 * 1024 * 1024  # bytes of all parts together
PLAIN = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.Const,
    nodes.For,
    nodes.If,
    nodes.Not,
    nodes.And,
    nodes.Or,
    nodes.Compare,
    nodes.Operand,
)
BROKEN = (
    TemplateError,
    etree.XMLSyntaxError,
    PackageNotFoundError,
    zipfile.BadZipFile,
    AttributeError,
    EOFError,
    KeyError,
    NotImplementedError,
    RuntimeError,
    TypeError,
    ValueError,
)


class Plain(ImmutableSandboxedEnvironment):
    """Jinja without anything that a template does not need."""

    def _generate(self, source: nodes.Template, *rest: Any, **named: Any) -> str:
        """Look at a template that was understood, before anything of it is run."""
        plain(source)
        return super()._generate(source, *rest, **named)


def plain(node: nodes.Node, holder: str | None = None) -> None:
    """Refuse what is more than naming, repeating and choosing. `holder` names the part that is repeated."""
    counts = isinstance(node, nodes.Filter) and node.name == "length"
    inner = isinstance(node, nodes.Getattr) and node.attr.startswith("_")
    if inner or not (counts or isinstance(node, PLAIN)):
        raise TemplateSyntaxError(f"{type(node).__name__.lower()} is not possible here", node.lineno)
    if isinstance(node, nodes.For):
        known = isinstance(node.iter, nodes.Getattr) and isinstance(node.iter.node, nodes.Name)
        within = holder is None or (known and node.iter.node.name == holder)  # type: ignore[attr-defined]
        if not within or not isinstance(node.target, nodes.Name) or node.recursive:
            raise TemplateSyntaxError("a part repeats what the part around it holds", node.lineno)
        holder = node.target.name
    for child in node.iter_child_nodes():
        plain(child, holder)


def filled(template: bytes, told: dict[str, Any]) -> DocxTemplate:
    """A template with its names filled. Raises `Refused` when it cannot be: broken, or too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(template)) as parts:  # which gives out no more than a part declares
            if sum(one.file_size for one in parts.infolist()) > UNPACKED:
                raise too_large(UNPACKED)
        document = DocxTemplate(io.BytesIO(template))
        document.render(told, Plain(), autoescape=True)
    except BROKEN as broken:
        raise Refused(
            "template-broken",
            words("The template could not be filled: {why}."),
            words("Open it in Word, compare the names between braces with the original, and try again."),
            why=str(broken).splitlines()[0][:200] if str(broken) else type(broken).__name__,
        ) from broken
    return document


def too_large(most: int) -> Refused:
    """A template that is larger than these bytes."""
    return Refused(
        "template-too-large",
        words("The template is larger than {megabytes} MB."),
        words("Take out large pictures and try again."),
        megabytes=most // 1024 // 1024,
    )
