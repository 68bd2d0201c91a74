"""Every change to plans, one verb each, from the document that comes in to the answer that is accepted."""

from palermo.plan.actions.answers import Answer, accept_for_report, ask, contribute, save_draft, sign
from palermo.plan.actions.documents import PlanTerms, begin_plan, create_plan, import_document
from palermo.plan.actions.evaluations import HandedIn, add_evidence, declare_obligation, record_evaluation
from palermo.plan.actions.following import draw_line, reply, tie, untie
from palermo.plan.actions.owners import assign_owner, end_ownership
from palermo.plan.actions.recommendations import (
    Printed,
    ReportTerms,
    begin_report,
    import_report,
    leave_out_recommendation,
    mend_recommendation,
    take_recommendations,
    type_recommendation,
)
from palermo.plan.actions.review import (
    accept,
    accept_all,
    accept_chosen,
    mend,
    merge,
    reject,
    reword,
    split,
    withdraw_measure,
)
from palermo.plan.actions.rounds import close_round, open_round, plan_contact, remind, remind_due
from palermo.plan.actions.succession import (
    begin_earlier,
    enter_measure,
    follow,
    record_outcome,
    withdraw_outcome,
)

__all__ = [
    "Answer",
    "HandedIn",
    "PlanTerms",
    "Printed",
    "ReportTerms",
    "accept",
    "accept_all",
    "accept_chosen",
    "accept_for_report",
    "add_evidence",
    "ask",
    "assign_owner",
    "begin_earlier",
    "begin_plan",
    "begin_report",
    "close_round",
    "contribute",
    "create_plan",
    "declare_obligation",
    "draw_line",
    "end_ownership",
    "enter_measure",
    "follow",
    "import_document",
    "import_report",
    "leave_out_recommendation",
    "mend",
    "mend_recommendation",
    "merge",
    "open_round",
    "plan_contact",
    "record_evaluation",
    "record_outcome",
    "reject",
    "remind",
    "remind_due",
    "reply",
    "reword",
    "save_draft",
    "sign",
    "split",
    "take_recommendations",
    "tie",
    "type_recommendation",
    "untie",
    "withdraw_measure",
    "withdraw_outcome",
]
