"""Who is responsible: the parties in a cell, each with its role. No party is ever guessed.

A role word before a name beats one in parentheses after it. Parentheses explain an owner and add one only
where they name a party with a role of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from palermo.organisations.directory import Directory, Party
from palermo.plan.rules.ellipsis import completed
from palermo.plan.rules.folding import fold
from palermo.plan.rules.phrases import patterns
from palermo.plan.rules.reading import Owner
from palermo.plan.rules.roles import LABEL, ROLE, Role, role_before, role_in, role_of, words

WORDS = patterns("owners", "words")
BREAK = re.compile(
    r"[/+;\n|•]|\.\s+(?=[A-Z])|,"
    r"|(?<![\w-])(?:and|et|en|und|or|ou|oder|&|as well as|ainsi que|alsook|sowie)(?![\w-])",
    re.I,
)
HARD = re.compile(r"[/+;\n|•]|\.\s+(?=[A-Z])")
# Names written as initials are parties of their own in a list: "BMJ, BMI and BMAS".
INITIALS = re.compile(r"(?<!\w)[A-ZÄÖÜ]{2,8}(?=\s*\Z)")
INITIALS_AHEAD = re.compile(r"\s*[A-ZÄÖÜ]{2,8}(?!\w| [A-ZÄÖÜ])")
ENUMERATED = re.compile(r"(?:^|\s)(?:\d{1,2}[.)]|[a-z]\))\s+(?=[A-Z])")
LONGEST = 5_000  # signs; a cell that is longer tells a story and is read by a person
BRACKETS = str.maketrans("[]", "()")
DEFAULT = Role("lead", labelled=False)
ARTICLE = re.compile(r"\b(?:the|le|la|les|de|du|des|het|van|der|die|of|für|voor)\b|\b[ld]['’]", re.I)
DASH = re.compile(r"\s*(?:\s[-–—]\s|\u2028)\s*")


@dataclass(frozen=True)
class Piece:
    """A part of the cell: a known party, or words between separators that name none."""

    start: int
    end: int
    text: str
    party: Party | None


def read_owners(text: str, directory: Directory) -> tuple[Owner, ...]:
    """The owners that a cell names, in its order."""
    text = listed(text.strip().translate(BRACKETS))
    if not re.search(r"\w", text) or WORDS["nobody"].match(fold(text)):
        return ()
    if len(text) > LONGEST:
        return (Owner(text[:LONGEST], None),)
    if WORDS["undecided"].match(fold(text)):
        return (Owner(text.rstrip("."), None, kind="undecided"),)
    levels = depth(text)
    found: list[tuple[Owner, bool]] = []
    carried, remarked = DEFAULT, None
    pieces = list(parts(text, directory, levels))
    for place, piece in enumerate(pieces):
        before = text[pieces[place - 1].end : piece.start] if place else text[: piece.start]
        inside = levels[piece.start] > 0
        role = role_before(before) or (remarked if inside and soft(before) else None)
        remarked = role if inside else None
        if inside and (role is None or piece.party is None):
            continue
        stated = role is not None
        if role is None:
            role = unstated(before, carried if place else DEFAULT)
        carried = carried if inside else role
        bracketed = None if stated or inside else role_after(text, piece, directory)
        explicit = bracketed or (role.name if stated or role.labelled else None)
        found.append((owner(piece, bracketed or role.name), explicit == "lead"))
    return tuple(led(found))


def listed(text: str) -> str:
    """A text that begins with "1." or "a)", with a line of its own for each of them; places stay."""
    if not ENUMERATED.match(text):
        return text
    return ENUMERATED.sub(lambda match: "\n".rjust(len(match[0])), text)


def unstated(before: str, carried: Role) -> Role:
    """The role of a party that no word right before it gives: that of the names before, as far as it goes."""
    if re.search(r"\.\s", outside(before)) and not carried.labelled:
        return Role("with", labelled=False)
    return carried if soft(before) or carried.labelled else DEFAULT


def led(found: list[tuple[Owner, bool]]) -> Iterator[Owner]:
    """The owners; where one is called the lead, those of whom nothing is said stand with it."""
    called = any(is_called for _, is_called in found)
    for one, is_called in found:
        yield replace(one, role="with") if called and one.role == "lead" and not is_called else one


def owner(piece: Piece, role: str) -> Owner:
    """A piece as an owner."""
    if piece.party is not None:
        return Owner(" ".join(piece.text.split()), piece.party.code, role, piece.party.kind)
    return Owner(
        " ".join(piece.text.split()),
        None,
        role,
        "class" if WORDS["class"].search(fold(piece.text)) else "party",
    )


def depth(text: str) -> list[int]:
    """How deep in parentheses each sign stands."""
    levels, level = [], 0
    for sign in text:
        if sign == ")" and level:
            level -= 1
        levels.append(level)
        if sign == "(":
            level += 1
    return [*levels, 0]


def parts(text: str, directory: Directory, levels: list[int]) -> list[Piece]:
    """The cell cut into known parties and, between separators, words that name nobody known."""
    found: list[Piece] = []
    at = 0
    for start, end, party in directory.spans(text):
        gap = text[at:start]
        opened = (
            not found
            or DASH.fullmatch(gap)
            or gap.strip() == ":"
            or BREAK.search(outside(gap))
            or ROLE.search(fold(gap))
            or levels[start] > levels[at]
        )
        if levels[start] == 0 and (not opened or (found and explains(gap))):
            continue  # words that only explain the party before: "as part of the operations of the Cell"
        known, leads = unknown(text, at, start, levels, followed=bool(found))
        found += known
        if leads is not None:  # "the working group of the ministry" is not the ministry
            found.append(Piece(leads, end, text[leads:end].strip(), None))
        else:
            found.append(Piece(start, end, text[start:end], party))
        at = end
    known, leads = unknown(text, at, len(text), levels, followed=bool(found))
    found += known
    if leads is not None and not WORDS["explaining"].match(fold(text[leads:].strip())):
        found.append(Piece(leads, len(text), text[leads:].strip(" .,"), None))
    ordered = sorted(found, key=lambda piece: piece.start)
    return list(whole_classes(whole_names(ordered, text, directory), text))


def explains(gap: str) -> bool:
    """Whether the words that lead to a party make it a part of an explanation."""
    return bool(WORDS["aside"].match(fold(BREAK.split(outside(gap))[-1].strip())))


def whole_names(pieces: list[Piece], text: str, directory: Directory) -> list[Piece]:
    """The pieces, where a name that leaves out the words it shares with a neighbour is known too."""
    made: list[Piece] = []
    for place, piece in enumerate(pieces):
        left = pieces[place - 1] if place and near(text[pieces[place - 1].end : piece.start]) else None
        right = pieces[place + 1] if place + 1 < len(pieces) else None
        if right and (right.party is None or not near(text[piece.end : right.start])):
            right = None
        party = completed(
            piece.text,
            left.text if left and made[-1].party else None,
            right.text if right else None,
            piece.party,
            directory,
        )
        made.append(replace(piece, party=party))
    return made


def near(between: str) -> bool:
    """Whether only "and", a comma or a stroke parts two names."""
    return bool(re.fullmatch(r"\s*(?:/|,|&|\b(?:and|et|en|und)\b)\s*", ARTICLE.sub(" ", between), re.I))


def whole_classes(pieces: list[Piece], text: str) -> Iterator[Piece]:
    """The pieces, with "each minister/department named in the table" as the one class that it is."""
    held: Piece | None = None
    for piece in pieces:
        goes_on = (
            held is not None and piece.party is None and not re.search(r"\.\s", text[held.end : piece.start])
        )
        if held is not None and goes_on:
            held = Piece(held.start, piece.end, text[held.start : piece.end], None)
            continue
        if held is not None:
            yield held
        held = piece if piece.party is None and WORDS["each"].match(fold(piece.text)) else None
        if held is None:
            yield piece
    if held is not None:
        yield held


def unknown(
    text: str, at: int, end: int, levels: list[int], *, followed: bool
) -> tuple[list[Piece], int | None]:
    """Between two known parties: the segments that name somebody unknown, and where a last one begins.

    A first segment that no separator parts from a known party before it explains that party.
    """
    cuts = separators(text, at, end, levels)
    found: list[Piece] = []
    start = at
    explains = followed
    for cut_start, cut_end in cuts:
        if not explains and (piece := named(text, start, cut_start)):
            found.append(piece)
        explains = False
        start = cut_end
    if explains and not cuts:
        return found, None
    leads = named(text, start, end)
    return found, leads.start if leads else None


def separators(text: str, at: int, end: int, levels: list[int]) -> list[tuple[int, int]]:
    """Where words between two parties are cut: hard signs always, "and" and commas before an office."""
    folded = fold(text)
    cuts = [
        (match.start(), match.end())
        for match in BREAK.finditer(text, at, end)
        if levels[match.start()] == 0
        and (
            HARD.match(match[0])
            or match.start() == at
            or touches(text, at, end, match)
            or initials(text, at, end, match)
            or WORDS["office"].match(folded[match.end() :].lstrip())
        )
    ]
    cuts += [
        (match.start(), match.end()) for match in ROLE.finditer(folded, at, end) if levels[match.start()] == 0
    ]
    return sorted(cuts)


def touches(text: str, at: int, end: int, match: re.Match[str]) -> bool:
    """Whether only blanks and articles part a separator from the known party before or after it."""
    before, after = text[at : match.start()], text[match.end() : end]
    return (at > 0 and not words(before)) or (end < len(text) and not words(after))


def initials(text: str, at: int, end: int, match: re.Match[str]) -> bool:
    """Whether initials stand behind a comma, or on both sides of "and": "BMJ, BMI and BMAS"."""
    ahead = INITIALS_AHEAD.match(text, match.end(), end)
    return bool(ahead and (match[0] == "," or INITIALS.search(text, at, match.start())))


def named(text: str, start: int, end: int) -> Piece | None:
    """The words of a segment as somebody unknown, or None where there are none worth a name."""
    segment = re.sub(r"\([^()]*\)", lambda match: " " * len(match[0]), text[start:end])
    if (
        not words(segment)
        or "(" in segment.strip()[:1]
        or WORDS["explaining"].match(fold(segment.strip(" .,:-")))
        or (LABEL.fullmatch(fold(segment.strip(" .,:-–"))) and re.match(r"\s*[:–-]", segment))
    ):
        return None
    begin = start + len(segment) - len(segment.lstrip(" .,:-–"))
    shown = text[begin:end].strip(" .,:-–")
    return Piece(begin, begin + len(shown), re.sub(r"\s*\([^()]*\)\s*$", "", shown), None) if shown else None


def outside(text: str) -> str:
    """A text without what stands in parentheses."""
    return re.sub(r"\([^()]*\)", " ", text)


def soft(before: str) -> bool:
    """Whether only "and" or a comma parts two parties, so that a role carries on."""
    return not HARD.search(outside(before)) and bool(BREAK.search(outside(before)))


def role_after(text: str, piece: Piece, directory: Directory) -> str | None:
    """The role that a remark right after a party gives it, where it names no party of its own."""
    tail = text[piece.end :]
    if match := re.match(r"\s*\(([^()]*)\)", tail):
        return None if directory.spans(match[1]) else role_in(match[1])
    match = re.match(r"\s*(?::|\s[-–]\s)\s*([^:;,/\n()]+)(?=$|[;,/\n])", tail)
    return role_of(label) if match and (label := LABEL.fullmatch(fold(match[1]).strip(" ."))) else None
