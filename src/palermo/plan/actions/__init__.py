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
from palermo.plan.actions.documents import PlanTerms, begin_plan, create_plan, import_document
from palermo.plan.actions.evaluations import HandedIn, add_evidence, declare_obligation, record_evaluation
from palermo.plan.actions.owners import assign_owner, end_ownership
from palermo.plan.actions.paper import Filled, hand_in
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
from palermo.plan.actions.translations import Translated, confirm_translation, translate

__all__ = [
    "Answer",
    "Filled",
    "HandedIn",
    "PlanTerms",
    "Translated",
    "accept",
    "accept_all",
    "accept_chosen",
    "accept_for_report",
    "add_evidence",
    "ask",
    "ask_link",
    "assign_owner",
    "begin_plan",
    "close_round",
    "confirm_translation",
    "contribute",
    "create_plan",
    "declare_obligation",
    "end_ownership",
    "hand_in",
    "import_document",
    "mend",
    "merge",
    "open_round",
    "plan_contact",
    "record_evaluation",
    "reject",
    "release_results",
    "remind",
    "remind_due",
    "reword",
    "save_draft",
    "sign",
    "split",
    "translate",
    "withdraw_measure",
]
