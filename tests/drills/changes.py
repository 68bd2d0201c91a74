"""Every small change of a module that its tests must tell apart: a mutant, one after the other.

The changes are mutmut's, and four of ours for what mutmut leaves alone: an element of a table left out, a
condition turned round, a statement left out, and an answer that is None. mutmut's own runner changes plain
functions only; here all of a module is changed: tables, the defaults of classes, and what is decorated.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import libcst as cst
from mutmut.mutation.file_mutation import NEVER_MUTATE_FUNCTION_CALLS
from mutmut.mutation.mutators import mutation_operators


@dataclass(frozen=True)
class Change:
    """One change: where it stands, the lines before and after, and the whole module with it."""

    where: str  # a function, a method, or the name that a table has
    before: str
    after: str
    code: str


def element_left_out(node):
    """A table, a list or a set with one element less."""
    for place in range(len(node.elements)):
        kept = [*node.elements[:place], *node.elements[place + 1 :]]
        if kept or isinstance(node, (cst.List, cst.Dict)):
            yield node.with_changes(elements=kept)
        elif isinstance(node, cst.Tuple):
            yield node.with_changes(elements=kept, lpar=[cst.LeftParen()], rpar=[cst.RightParen()])


def condition_turned_round(node):
    """What was done where it held is done where it does not; mutmut turns `not`, `==` and `in` itself."""
    if isinstance(node.test, cst.UnaryOperation) or (
        isinstance(node.test, cst.Comparison) and isinstance(node.test.comparisons[0].operator, TURNED)
    ):
        return
    test = node.test.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
    yield node.with_changes(test=cst.UnaryOperation(cst.Not(), test))


def statement_left_out(node):
    """A call for its effect, or a refusal, that is not there."""
    if not isinstance(getattr(node, "value", None), cst.SimpleString):  # a docstring does nothing
        yield cst.Pass()


def nothing_answered(node):
    """A function that answers None."""
    if node.value is not None and not (isinstance(node.value, cst.Name) and node.value.value == "None"):
        yield node.with_changes(value=cst.Name("None"), whitespace_after_return=cst.SimpleWhitespace(" "))


TURNED = (cst.Equal, cst.NotEqual, cst.Is, cst.IsNot, cst.In, cst.NotIn)
OURS = [
    ((cst.Tuple, cst.List, cst.Set, cst.Dict), element_left_out),
    ((cst.If, cst.While, cst.IfExp, cst.CompIf), condition_turned_round),
    ((cst.Expr, cst.Raise), statement_left_out),
    (cst.Return, nothing_answered),
]
TARGETS = (cst.AssignTarget, cst.Annotation, cst.Import, cst.ImportFrom)  # names, types: no behaviour


class Collector(cst.CSTVisitor):
    """Each node of a module with its replacements, and the name of where it stands."""

    def __init__(self):
        self.found, self.names = [], []

    def on_visit(self, node):
        """Note how a node may be changed; go on to what is in it, unless it has no behaviour."""
        if isinstance(node, TARGETS) or is_left_alone(node):
            return False
        if name := name_of(node):
            self.names.append(name)
        for kinds, operator in (*mutation_operators, *OURS):
            if isinstance(node, kinds):
                self.found += [(".".join(self.names), node, other) for other in operator(node)]
        return True

    def on_leave(self, original_node):
        """Leave what had a name."""
        if name_of(original_node) and not isinstance(original_node, TARGETS):
            self.names.pop()


def is_left_alone(node):
    """Whether mutmut never changes such a call: its changes crash, whatever is tested."""
    called = node.func if isinstance(node, cst.Call) else None
    return isinstance(called, cst.Name) and called.value in NEVER_MUTATE_FUNCTION_CALLS


def name_of(node):
    """The name of a function or class, or of what stands beside functions."""
    if isinstance(node, (cst.FunctionDef, cst.ClassDef)):
        return node.name.value
    return None


class Replaced(cst.CSTTransformer):
    """One node instead of another."""

    def __init__(self, old, new):
        self.old, self.new = old, new

    def on_visit(self, node):
        """Go no deeper than the node."""
        return node is not self.old

    def on_leave(self, original_node, updated_node):
        """Put the other one there."""
        return self.new if original_node is self.old else updated_node


def changes(code: str) -> Iterator[Change]:
    """Every change of a module, in the order of its lines."""
    module = cst.parse_module(code)
    for place, statement in enumerate(module.body):
        collector = Collector()
        statement.visit(collector)
        begun, rest = list(module.body[:place]), list(module.body[place + 1 :])
        was = module.code_for_node(statement)
        for where, old, new in collector.found:
            other = statement.visit(Replaced(old, new))
            is_ = module.code_for_node(other)
            before, after = told_apart(was, is_)
            if before != after:
                whole = module.with_changes(body=[*begun, other, *rest]).code
                yield Change(where or table(statement), before, after, whole)


def table(statement):
    """The names that a statement beside functions gives."""
    for small in getattr(statement, "body", ()):
        if isinstance(small, cst.AnnAssign):
            return small.target.value
        if isinstance(small, cst.Assign):
            target = small.targets[0].target
            names = target.elements if isinstance(target, cst.Tuple) else [cst.Element(target)]
            return ", ".join(one.value.value for one in names if isinstance(one.value, cst.Name))
    return ""


def told_apart(was: str, is_: str) -> tuple[str, str]:
    """The lines that differ, before and after, each as one line."""
    before, after = was.splitlines(), is_.splitlines()
    for end in (0, -1):
        while before and after and before[end] == after[end]:
            before.pop(end)
            after.pop(end)
    return " ".join(map(str.strip, before)), " ".join(map(str.strip, after))
