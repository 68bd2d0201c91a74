"""The codes of the trail in words."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext_lazy as _

from palermo.accounts.models import RoleKind
from palermo.accounts.templatetags.accounts import ROLE_WORDS

register = template.Library()

DEEDS = {
    "accounts.accept_invitation": _("set a password"),
    "accounts.add_passkey": _("added a passkey"),
    "accounts.ask_password": _("asked for a new password"),
    "accounts.choose_language": _("chose a language"),
    "accounts.close_account": _("closed an account"),
    "accounts.end_role": _("ended a role"),
    "accounts.end_sessions": _("ended sessions"),
    "accounts.end_token": _("ended a token"),
    "accounts.found": _("founded the installation"),
    "accounts.give_role": _("gave a role"),
    "accounts.invite": _("invited somebody"),
    "accounts.lock_out": _("was locked out for a while"),
    "accounts.make_codes": _("made recovery codes"),
    "accounts.make_token": _("made a token for a calendar or a program"),
    "accounts.prove": _("proved again who they are"),
    "accounts.remove_authenticator": _("removed an authenticator"),
    "accounts.remove_factors": _("took away somebody's second factors"),
    "accounts.remove_passkey": _("removed a passkey"),
    "accounts.reopen_account": _("reopened an account"),
    "accounts.set_authenticator": _("set up an authenticator"),
    "accounts.sign_in": _("signed in"),
    "organisations.load_reference": _("brought the directory up to date"),
    "oversight.record_walk": _("had the trail checked"),
    "oversight.send_checkpoint": _("sent a checkpoint"),
    "plan.accept": _("accepted a row of a document"),
    "plan.accept_all": _("accepted all rows of a document"),
    "plan.accept_chosen": _("accepted rows of a document"),
    "plan.accept_for_report": _("accepted an answer for the report"),
    "plan.add_evidence": _("handed in evidence"),
    "plan.ask": _("asked an organisation again"),
    "plan.ask_link": _("asked for a link"),
    "plan.assign_owner": _("gave a measure an owner"),
    "plan.begin_earlier": _("entered an earlier plan by hand"),
    "plan.begin_plan": _("began a plan with its document"),
    "plan.begin_report": _("entered a mechanism's report"),
    "plan.change_work": _("said otherwise what is to be written"),
    "plan.close_round": _("closed a round"),
    "plan.confirm_translation": _("confirmed a translation"),
    "plan.contribute": _("answered a question"),
    "plan.create_plan": _("began a plan"),
    "plan.declare_obligation": _("declared a duty"),
    "plan.declare_report": _("declared a duty to report"),
    "plan.declare_work": _("declared a note or a study"),
    "plan.deliver_report": _("put a report on record"),
    "plan.draw_line": _("drew the line of a recommendation"),
    "plan.end_ownership": _("ended an ownership"),
    "plan.end_report_duty": _("ended a duty to report"),
    "plan.enter_measure": _("entered a measure of an earlier plan"),
    "plan.follow": _("said which plan a plan follows"),
    "plan.give_up_work": _("gave a note or a study up"),
    "plan.hand_in": _("handed in a Word form"),
    "plan.hand_in_version": _("handed in a version of a note or a study"),
    "plan.hand_over_work": _("handed a note or a study over"),
    "plan.import_document": _("brought a document in"),
    "plan.import_report": _("brought a mechanism's report in"),
    "plan.leave_out_recommendation": _("left a recommendation out"),
    "plan.mark_bill": _("said whether a measure is a bill"),
    "plan.mend": _("mended a row of a document"),
    "plan.mend_recommendation": _("mended a recommendation"),
    "plan.merge": _("merged rows of a document"),
    "plan.open_round": _("opened a round"),
    "plan.plan_contact": _("planned a contact"),
    "plan.record_evaluation": _("put an evaluation on record"),
    "plan.record_occurrence": _("put on record that what comes back was done"),
    "plan.record_outcome": _("put on record what became of a measure"),
    "plan.record_step": _("put a step of a bill on record"),
    "plan.reject": _("rejected a row of a document"),
    "plan.release_results": _("released the results of a round"),
    "plan.remind": _("reminded an organisation"),
    "plan.remind_due": _("sent the reminders that were due"),
    "plan.reply": _("replied to a recommendation"),
    "plan.resume_work": _("took a note or a study up again"),
    "plan.reword": _("corrected what a measure says"),
    "plan.save_draft": _("kept a draft"),
    "plan.sign": _("signed an answer"),
    "plan.split": _("split a row of a document"),
    "plan.take_back_delivery": _("took back that a report was delivered"),
    "plan.take_back_occurrence": _("took back that what comes back was done"),
    "plan.take_back_step": _("took back a step of a bill"),
    "plan.take_recommendations": _("took recommendations over"),
    "plan.tie": _("tied a measure to a recommendation"),
    "plan.translate": _("translated an answer"),
    "plan.type_recommendation": _("typed a recommendation"),
    "plan.untie": _("untied a measure from a recommendation"),
    "plan.wait_for": _("said what a measure waits for"),
    "plan.wait_no_more": _("said that a measure waits for nothing any more"),
    "plan.withdraw_measure": _("took a measure out of the plan"),
    "plan.withdraw_outcome": _("took back what became of a measure"),
    "reporting.replace_layout": _("replaced the layout of the PDF report"),
    "reporting.replace_template": _("replaced a report template"),
    "reporting.restore_layout": _("put the layout of the PDF report back"),
    "reporting.restore_template": _("put a report template back"),
}


@register.filter
def deed(action: str) -> str:
    """What was done, in words."""
    return str(DEEDS[action])


@register.filter
def role_kind(kind: str) -> str:
    """A kind of role in words; nothing for none."""
    return str(ROLE_WORDS[RoleKind(kind)]) if kind else ""
