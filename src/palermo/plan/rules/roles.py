"""What a party does for a measure, by the words around its name: lead, with, consulted, follow-up."""

from __future__ import annotations

import re
from typing import NamedTuple

from palermo.plan.rules.folding import fold
from palermo.plan.rules.phrases import alternatives

LED = frozenset(
    re.findall(
        r"\w+",
        "the le la les l de du des d het een der die das den dem a an and et en und by par door durch for of"
        " von van to also",
    )
)


def grouped(table: str) -> str:
    """Each role's words of a table as one named group."""
    return "|".join(
        rf"(?P<{role.replace('-', '_')}{table[0]}>\b(?:{words})(?!\w))"
        for role, words in alternatives("owners", table).items()
    )


# A word that leads to a name, or a label before one: "in cooperation with", "Partners:", "; lead FPS …".
OPENS = r"(?:^|[\n;/+,.|(•]|\s[-–])\s*"
ROLE = re.compile(rf"{OPENS}(?:{grouped('labels')})\s*(?P<colon>:|\s[-–](?=\s)|$)|(?:{grouped('roles')})")
LABEL = re.compile(grouped("labels"))


class Role(NamedTuple):
    """A role and whether a label gave it, which holds for every name until another role."""

    name: str
    labelled: bool


def role_of(match: re.Match[str]) -> str:
    """The role that a match of ROLE or LABEL names."""
    return next(name for name, found in match.groupdict().items() if found and name != "colon")[:-1].replace(
        "_", "-"
    )


def role_before(before: str) -> Role | None:
    """The role that the words right before a party give it."""
    last = None
    tail = fold(before)
    for match in ROLE.finditer(tail):
        behind = tail[match.end() :]
        if not words(behind) and not re.search(r"[)/+;]", behind):
            last = match
    return Role(role_of(last), bool(last["colon"])) if last else None


def role_in(text: str) -> str | None:
    """The role that a remark beside a party gives it: "(lead)", "(for follow-up)"."""
    said = fold(text).strip(" .:")
    label = LABEL.fullmatch(said)
    found = label or next((one for one in ROLE.finditer(said) if not one.group().endswith(":")), None)
    return role_of(found) if found else None


def words(text: str) -> list[str]:
    """The words of a text that say something."""
    return [word for word in re.findall(r"[^\W\d_]+", fold(text)) if word not in LED]
