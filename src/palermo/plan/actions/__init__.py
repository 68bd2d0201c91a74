"""Every change to plans, one verb each, from the document that comes in to the answer that is accepted."""

from palermo.plan.actions.answers import (
    Answer,
    accept_for_report,
    ask,
    ask_link,
    contribute,
    save_draft,
    sign,
)
from palermo.plan.actions.bills import mark_bill, record_step, take_back_step
from palermo.plan.actions.documents import PlanTerms, begin_plan, create_plan, import_document
from palermo.plan.actions.evaluations import HandedIn, add_evidence, declare_obligation, record_evaluation
from palermo.plan.actions.following import draw_line, reply, tie, untie
from palermo.plan.actions.occurrences import Account, record_occurrence, take_back_occurrence
from palermo.plan.actions.owners import assign_owner, end_ownership
from palermo.plan.actions.paper import Filled, hand_in
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
from palermo.plan.actions.reporting import (
    DutyTerms,
    declare_report,
    deliver_report,
    end_report_duty,
    take_back_delivery,
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
from palermo.plan.actions.rounds import (
    close_round,
    open_round,
    plan_contact,
    release_results,
    remind,
    remind_due,
)
from palermo.plan.actions.succession import (
    begin_earlier,
    enter_measure,
    follow,
    record_outcome,
    withdraw_outcome,
)
from palermo.plan.actions.translations import Translated, confirm_translation, translate
from palermo.plan.actions.waits import Event, wait_for, wait_no_more

__all__ = [
    "Account",
    "Answer",
    "DutyTerms",
    "Event",
    "Filled",
    "HandedIn",
    "PlanTerms",
    "Printed",
    "ReportTerms",
    "Translated",
    "accept",
    "accept_all",
    "accept_chosen",
    "accept_for_report",
    "add_evidence",
    "ask",
    "ask_link",
    "assign_owner",
    "begin_earlier",
    "begin_plan",
    "begin_report",
    "close_round",
    "confirm_translation",
    "contribute",
    "create_plan",
    "declare_obligation",
    "declare_report",
    "deliver_report",
    "draw_line",
    "end_ownership",
    "end_report_duty",
    "enter_measure",
    "follow",
    "hand_in",
    "import_document",
    "import_report",
    "leave_out_recommendation",
    "mark_bill",
    "mend",
    "mend_recommendation",
    "merge",
    "open_round",
    "plan_contact",
    "record_evaluation",
    "record_occurrence",
    "record_outcome",
    "record_step",
    "reject",
    "release_results",
    "remind",
    "remind_due",
    "reply",
    "reword",
    "save_draft",
    "sign",
    "split",
    "take_back_delivery",
    "take_back_occurrence",
    "take_back_step",
    "take_recommendations",
    "tie",
    "translate",
    "type_recommendation",
    "untie",
    "wait_for",
    "wait_no_more",
    "withdraw_measure",
    "withdraw_outcome",
]
