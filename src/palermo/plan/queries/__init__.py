"""Every question about plans; `visible_to` is the only door to records, for pages, exports and commands.

`measures`, `state`: how measures stand on a day. `history`, `decided`: what happened. `owing`: who owes
what. `board`: a round. `asking`: what a round would ask. `reviewing`: what waits for review. `drawing`: the
plan drawn in time. `waiting`: the room's part of Today. `reported`: what a report may say. `standing`: who
speaks for whom. `linked`: what a link to one question opens. `recommendations`, `asked_story`: what
mechanisms ask. `carry_over`: what became of the plan before. `tallies`: how many stand how. `bills`: how far
each bill is. `recurring`: who reports again and again. `cycles`, `waits`, `timed`: what comes back, and what
waits for an event. `works`: notes and studies.
"""

from palermo.plan.queries.asked_story import story_of
from palermo.plan.queries.asking import Proposal, proposals
from palermo.plan.queries.bills import Bill, bill_of, bills
from palermo.plan.queries.board import Asked, Board, BoardRow, questions_on, round_board
from palermo.plan.queries.brief import Brief, brief
from palermo.plan.queries.carry_over import (
    CarryOver,
    came_from,
    carried,
    carry_over,
    plan_before,
    successors_like,
)
from palermo.plan.queries.cycles import Happening, happenings
from palermo.plan.queries.drawing import Line, Span, Timeline, timeline
from palermo.plan.queries.happened import Happened
from palermo.plan.queries.history import story
from palermo.plan.queries.linked import Linked, link_of, opened_by
from palermo.plan.queries.measures import (
    Filters,
    Listed,
    Page,
    as_of,
    evidence_of,
    measure_named,
    other_measures,
    owners_of,
    plan_named,
    register,
    sections,
    state_of,
    whole,
)
from palermo.plan.queries.owing import Owed, Owing, OwnerAccount, who_owes_me
from palermo.plan.queries.recommendations import (
    account,
    accounts,
    answered_by,
    asked_one,
    earlier_like,
    earlier_ones,
    measures_like,
    reports,
    rows_read,
)
from palermo.plan.queries.recurring import Expected, Recurring, recurring_reports, reports_owed
from palermo.plan.queries.reported import Accepted, Reported, Snapshot, snapshot
from palermo.plan.queries.reviewing import (
    Reviewed,
    acceptable,
    counts,
    imports,
    read_rows,
    review,
    reviewed,
)
from palermo.plan.queries.saying import said_on
from palermo.plan.queries.standing import answers_for, signs_for
from palermo.plan.queries.state import Duty, Owner, State, is_late
from palermo.plan.queries.tallies import OwnNumbers, duties, own_numbers, status_counts
from palermo.plan.queries.visibility import is_office, visible_to
from palermo.plan.queries.waiting import Waiting, waiting_for
from palermo.plan.queries.waits import waits_of
from palermo.plan.queries.works import (
    WorkEvent,
    WorkOn,
    story_of_work,
    work_named,
    works_of,
    works_on,
    writers,
)

__all__ = [
    "Accepted",
    "Asked",
    "Bill",
    "Board",
    "BoardRow",
    "Brief",
    "CarryOver",
    "Duty",
    "Expected",
    "Filters",
    "Happened",
    "Happening",
    "Line",
    "Linked",
    "Listed",
    "Owed",
    "Owing",
    "OwnNumbers",
    "Owner",
    "OwnerAccount",
    "Page",
    "Proposal",
    "Recurring",
    "Reported",
    "Reviewed",
    "Snapshot",
    "Span",
    "State",
    "Timeline",
    "Waiting",
    "WorkEvent",
    "WorkOn",
    "acceptable",
    "account",
    "accounts",
    "answered_by",
    "answers_for",
    "as_of",
    "asked_one",
    "bill_of",
    "bills",
    "brief",
    "came_from",
    "carried",
    "carry_over",
    "counts",
    "duties",
    "earlier_like",
    "earlier_ones",
    "evidence_of",
    "happenings",
    "imports",
    "is_late",
    "is_office",
    "link_of",
    "measure_named",
    "measures_like",
    "opened_by",
    "other_measures",
    "own_numbers",
    "owners_of",
    "plan_before",
    "plan_named",
    "proposals",
    "questions_on",
    "read_rows",
    "recurring_reports",
    "register",
    "reports",
    "reports_owed",
    "review",
    "reviewed",
    "round_board",
    "rows_read",
    "said_on",
    "sections",
    "signs_for",
    "snapshot",
    "state_of",
    "status_counts",
    "story",
    "story_of",
    "story_of_work",
    "successors_like",
    "timeline",
    "visible_to",
    "waiting_for",
    "waits_of",
    "who_owes_me",
    "whole",
    "work_named",
    "works_of",
    "works_on",
    "writers",
]
