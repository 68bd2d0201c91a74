"""Which moves are possible on a day, and what blocks the others. Where the law says “may”, people decide."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from palermo.law.value import Law
from palermo.referral.rules.case import ENDINGS, QUESTIONS, Event, Person
from palermo.referral.rules.state import (
    DETECTED,
    ENDED,
    EXTENDED,
    NOT_NEEDED,
    PROVISIONAL,
    REFLECTION,
    STAGE_OF,
    TEMPORARY,
    UNLIMITED,
    State,
    granted,
    is_unaccompanied_minor,
    track,
)

ISSUE_REFLECTION, ISSUE_PROVISIONAL = "issue-reflection-document", "issue-provisional-document"
EXTEND, ASK = "extend-provisional-document", "ask-prosecutor"
ISSUE_TEMPORARY, RENEW = "issue-temporary-document", "renew-temporary-document"
UNLIMIT, HUMANITARIAN = "grant-unlimited", "request-humanitarian"
MOVES = (
    *(ISSUE_REFLECTION, ISSUE_PROVISIONAL, EXTEND, ASK, ISSUE_TEMPORARY, RENEW, UNLIMIT),
    *(f"end:{ground}" for ground in ENDINGS),
    HUMANITARIAN,
)
# The stages in which a move is made; from the next one on it is told no more.
STAGES = {
    ISSUE_REFLECTION: (DETECTED,),
    ISSUE_PROVISIONAL: (DETECTED, REFLECTION),
    EXTEND: (PROVISIONAL, EXTENDED),
    ASK: (PROVISIONAL, EXTENDED),
    ISSUE_TEMPORARY: (PROVISIONAL, EXTENDED),
    RENEW: (TEMPORARY,),
    UNLIMIT: (TEMPORARY,),
}
RANKS = {DETECTED: 0, REFLECTION: 1, PROVISIONAL: 2, EXTENDED: 2, TEMPORARY: 3, UNLIMITED: 4}
LAST = {move: RANKS[stages[-1]] for move, stages in STAGES.items() if move != UNLIMIT}
ALWAYS = ("end:voluntary-return", "end:other")
WITH_DOCUMENT = (REFLECTION, PROVISIONAL, EXTENDED, TEMPORARY, UNLIMITED)
# In which stages an ending is a ground, and the event that must stand.
END_STAGES = {
    "end:contact-renewed": WITH_DOCUMENT,
    "end:danger": WITH_DOCUMENT,
    "end:cooperation-stopped": (TEMPORARY,),
    "end:proceedings-ended": (TEMPORARY,),
    "end:fraud": (TEMPORARY,),
}
END_EVENTS = {
    "end:contact-renewed": "contact_renewed",
    "end:cooperation-stopped": "cooperation_stopped",
    "end:proceedings-ended": "proceedings_ended",
}
SOURCES = {
    ISSUE_REFLECTION: "reflection-document",
    ISSUE_PROVISIONAL: "provisional-period",
    EXTEND: "provisional-extension",
    ASK: "ask-prosecutor",
    ISSUE_TEMPORARY: "temporary-permit",
    RENEW: "temporary-permit",
    UNLIMIT: "unlimited-permit",
    HUMANITARIAN: "humanitarian-request",
    "end:no-statement": "end-no-statement",
    "end:contact-renewed": "end-early",
    "end:danger": "end-early",
    "end:cooperation-stopped": "end-temporary",
    "end:proceedings-ended": "end-temporary",
    "end:fraud": "end-temporary",
    "end:voluntary-return": "end-voluntary",
    "end:other": "end-other",
}
# Where what ends every document stands, by the stage; elsewhere as SOURCES says.
END_SOURCES = {TEMPORARY: "end-temporary", UNLIMITED: "end-unlimited"}
EVENT_MOVES = {
    "document_extended": EXTEND,
    "document_renewed": RENEW,
    "prosecutor_asked": ASK,
    "humanitarian_requested": HUMANITARIAN,
}
ISSUED = {
    REFLECTION: ISSUE_REFLECTION,
    PROVISIONAL: ISSUE_PROVISIONAL,
    TEMPORARY: ISSUE_TEMPORARY,
    UNLIMITED: UNLIMIT,
}

# What each move needs, by the code that names it where it fails.
CONFIRMED = ("prosecutor-not-asked", "prosecutor-not-answered", "prosecutor-negative", "danger")
NEEDS = {
    ISSUE_REFLECTION: ("not-needed", "no-centre", "wrong-document-for-day", "too-long"),
    ISSUE_PROVISIONAL: ("no-centre", "no-statement", "statement-late", "too-long"),
    EXTEND: ("already-extended", "too-late", "too-long"),
    ASK: (),
    ISSUE_TEMPORARY: (*CONFIRMED, "too-long"),
    RENEW: (*CONFIRMED, "too-late", "too-long"),
    UNLIMIT: ("no-conviction-or-charge",),
}
ENDS_NEED = ("ground-not-in-this-stage", "event-missing")
ALONE = frozenset(("wrong-stage", "not-needed", "not-eligible", "case-ended"))


@dataclass(frozen=True, slots=True)
class Asked:
    """A person in a state, on the day as of which something is asked, with the law of every day."""

    person: Person
    state: State
    day: date
    law: Law
    union: Law


def move_of(event: Event) -> str | None:
    """The move that an event makes; None where it moves nothing."""
    if event.type == "document_issued":
        return ISSUED[STAGE_OF[event.said["kind"]]]
    return f"end:{event.said['ground']}" if event.type == "ended" else EVENT_MOVES.get(event.type)


def source_name(move: str, stage: str) -> str:
    """Where a move stands, by the name of the value that cites it."""
    return END_SOURCES.get(stage, SOURCES[move]) if SOURCES[move] == "end-early" else SOURCES[move]


def told_moves(state: State, on_track: str) -> Iterator[str]:
    """The moves that are told in a stage: all but those of earlier ones."""
    rank = -1 if on_track else RANKS.get(state.stage, -1)
    return (move for move in MOVES if LAST.get(move, rank) >= rank)


def blocked_by(move: str, asked: Asked, on_track: str | None = None) -> tuple[str, ...]:
    """The codes of everything that blocks a move on a day; none where it is possible.

    What a stage, a track or an ending forbids stands alone; else every condition that fails is named. The
    day that is asked about governs.
    """
    alone = blocked_whole(move, asked, on_track)
    if alone is not None:
        return alone
    if move.startswith("end:"):
        return ending_blocked_by(move, asked)
    return CONDITIONS[move](asked)


def blocked_whole(move: str, asked: Asked, on_track: str | None) -> tuple[str, ...] | None:
    """What the stage, the track or the ending says of a move, alone; None where its conditions decide."""
    state = asked.state
    if state.stage == ENDED:
        return () if move == HUMANITARIAN and state.ended_by == "proceedings-ended" else ("case-ended",)
    if not state.stage or move == HUMANITARIAN:
        return ("wrong-stage",)
    if move in ALWAYS:
        return ()
    if which := track(asked.person, state, asked.union, asked.day) if on_track is None else on_track:
        return ("not-needed",) if which == NOT_NEEDED else ("not-eligible",)
    is_made_here = move.startswith("end:") or state.stage in STAGES[move]
    return None if is_made_here else ("wrong-stage",)


def event_blocked_by(event: Event, asked: Asked) -> tuple[str, ...]:
    """What the law had against an event on its day; nothing where it allowed it."""
    if event.type == "prosecutor_answered":
        return () if asked.state.is_asked else ("prosecutor-not-asked",)
    move = move_of(event)
    if move is None:
        return ()
    why = blocked_by(move, asked)
    if why and why[0] in ALONE:
        return why
    if event.type.startswith("document_"):
        why += tuple(document_blocked_by(event, asked))
    return why


def document_blocked_by(event: Event, asked: Asked) -> Iterator[str]:
    """What is wrong with the document itself: its kind on its day, or its last day."""
    is_reflection = move_of(event) == ISSUE_REFLECTION
    if is_reflection and event.said["kind"] != asked.law.on("reflection-document", event.on).value:
        yield "wrong-document-for-day"
    longest = granted(asked.state, event, asked.law).expires_on
    if event.until and longest and event.until > longest:
        yield "too-long"


def reflection(asked: Asked) -> tuple[str, ...]:
    """An unaccompanied minor needs none; for everybody else a centre asks for it."""
    if is_unaccompanied_minor(asked.person, asked.state):
        return ("not-needed",)
    return () if asked.state.has_centre else ("no-centre",)


def provisional(asked: Asked) -> tuple[str, ...]:
    """A centre asks for it after a statement in time; an unaccompanied minor needs no statement."""
    state = asked.state
    why = () if state.has_centre else ("no-centre",)
    if state.stage == DETECTED and is_unaccompanied_minor(asked.person, state):
        return why
    if state.statement_on is None:
        return (*why, "no-statement")
    return why if is_stated_in_time(state) else (*why, "statement-late")


def is_stated_in_time(state: State) -> bool:
    """Whether a statement was made through the last day of reflection, or while there is none yet."""
    if state.statement_on is None:
        return False
    last = state.document.expires_on if state.document else None
    return last is None or state.statement_on <= last


def extension(asked: Asked) -> tuple[str, ...]:
    """Once, and before the document ends."""
    why = ("already-extended",) if asked.state.stage == EXTENDED else ()
    return (*why, *in_time(asked))


def temporary(asked: Asked) -> tuple[str, ...]:
    """The prosecutor was asked and confirmed all four points, and no danger stands.

    In a diplomatic household the labour prosecutor's favourable opinion stands in for the proceedings.
    """
    state = asked.state
    why: tuple[str, ...] = ()
    if not state.is_asked:
        why = ("prosecutor-not-asked",)
    elif state.answer is None:
        why = ("prosecutor-not-answered",)
    elif not all(state.answer[one] == "yes" for one in QUESTIONS if not is_stood_in_for(one, asked)):
        why = ("prosecutor-negative",)
    return (*why, "danger") if state.is_danger else why


def is_stood_in_for(question: str, asked: Asked) -> bool:
    """Whether the labour prosecutor's opinion stands in for what the prosecutor answers."""
    return question == "proceedings_ongoing" and asked.person.diplomatic_household and asked.state.is_favoured


def renewal(asked: Asked) -> tuple[str, ...]:
    """As for the first document, and before that one ends."""
    return (*temporary(asked), *in_time(asked))


def in_time(asked: Asked) -> tuple[str, ...]:
    """Through the last day of the document that is held."""
    document = asked.state.document
    late = document is not None and document.expires_on is not None and asked.day > document.expires_on
    return ("too-late",) if late else ()


def unlimited(asked: Asked) -> tuple[str, ...]:
    """A conviction, or a charge that the prosecutor kept."""
    return () if asked.state.standing & {"convicted", "charge_kept"} else ("no-conviction-or-charge",)


def asking(_asked: Asked) -> tuple[str, ...]:
    """At any time of the provisional document."""
    return ()


CONDITIONS: dict[str, Callable[[Asked], tuple[str, ...]]] = {
    ISSUE_REFLECTION: reflection,
    ISSUE_PROVISIONAL: provisional,
    EXTEND: extension,
    ASK: asking,
    ISSUE_TEMPORARY: temporary,
    RENEW: renewal,
    UNLIMIT: unlimited,
}


def ending_blocked_by(move: str, asked: Asked) -> tuple[str, ...]:
    """What blocks an end: the stage, or an event that does not stand."""
    state = asked.state
    if move == "end:no-statement":
        return () if is_over_without_statement(asked) else ("ground-not-in-this-stage",)
    if state.stage not in END_STAGES[move]:
        return ("ground-not-in-this-stage",)
    if move == "end:danger":
        return () if state.is_danger else ("event-missing",)
    needed = END_EVENTS.get(move)
    return () if needed is None or needed in state.standing else ("event-missing",)


def is_over_without_statement(asked: Asked) -> bool:
    """Whether the last day of reflection passed, and no statement came in time."""
    state = asked.state
    last = state.document.expires_on if state.stage == REFLECTION and state.document else None
    return last is not None and asked.day > last and not is_stated_in_time(state)
