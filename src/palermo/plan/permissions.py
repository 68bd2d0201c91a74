"""Who may do what with plans.

The Bureau's secretary runs the plan: reads documents, decides about rows and owners, opens and closes rounds,
accepts or asks, keeps what mechanisms recommend and what became of earlier plans, says which notes and
studies are to be written. A contact point answers for its organisation and hands in what it writes; a
validating authority signs for it. A reader reads. An administrator sees nothing of it.
"""

from __future__ import annotations

import rules

from palermo.accounts.day import today
from palermo.accounts.models import User
from palermo.accounts.permissions import Predicate, is_secretary, reads_content
from palermo.organisations.models import Organisation
from palermo.plan.models import (
    Contribution,
    ContributionDraft,
    Delivery,
    Measure,
    Occurrence,
    Question,
    ReportDuty,
    Step,
    Translation,
    Work,
    WorkTerms,
)
from palermo.plan.queries.standing import answers_for, owners_now, signs_for, terms_on


def answers(user: User, record: object = None) -> bool:
    """The person is a contact point of the organisation that was asked, or of one that belongs to it."""
    asked = record.question if isinstance(record, Contribution | ContributionDraft) else record
    return isinstance(asked, Question) and asked.organisation_id in answers_for(user)


def signs(user: User, record: object = None) -> bool:
    """The person is a validating authority of the organisation asked, or of one that belongs to it."""
    return isinstance(record, Contribution) and record.question.organisation_id in signs_for(user)


def speaks_for_an_owner(user: User, record: object = None) -> bool:
    """The person is a contact point of an organisation that owns the measure today."""
    if isinstance(record, Question):
        return record.organisation_id in answers_for(user)
    if isinstance(record, Step | Occurrence):
        record = record.measure
    return isinstance(record, Measure) and not owners_now(record).isdisjoint(answers_for(user))


def translates(user: User, record: object = None) -> bool:
    """The person answers for the organisation whose words are translated."""
    told = record.contribution if isinstance(record, Translation) else record
    return isinstance(told, Contribution) and answers(user, told)


def fills_in(user: User, record: object = None) -> bool:
    """The person answers for an organisation, in which every question of a form was asked."""
    return isinstance(record, Organisation) and record.pk in answers_for(user)


def writes(user: User, record: object = None) -> bool:
    """The person is a contact point of the organisation that owns the work today."""
    own = WorkTerms.objects.filter(terms_on(today()), owner__in=answers_for(user))
    return isinstance(record, Work) and own.filter(work=record).exists()


def reports(user: User, record: object = None) -> bool:
    """The person answers for the organisation that has the duty to report."""
    duty = record.duty if isinstance(record, Delivery) else record
    return isinstance(duty, ReportDuty) and duty.organisation_id in answers_for(user)


is_owner: Predicate = rules.predicate(speaks_for_an_owner)

rules.add_perm("plan.read", reads_content)
rules.add_perm("plan.create", is_secretary)
rules.add_perm("plan.import", is_secretary)
rules.add_perm("plan.review", is_secretary)
rules.add_perm("plan.assign", is_secretary)
rules.add_perm("plan.oblige", is_secretary)
rules.add_perm("plan.evaluate", is_secretary | is_owner)
rules.add_perm("plan.show_evidence", is_secretary | is_owner)
rules.add_perm("plan.mark_bill", is_secretary)
rules.add_perm("plan.record_step", is_secretary | is_owner)
rules.add_perm("plan.wait_for", is_secretary | is_owner)
rules.add_perm("plan.record_occurrence", is_secretary | is_owner)
rules.add_perm("plan.declare_report", is_secretary)
rules.add_perm("plan.deliver_report", is_secretary | rules.predicate(reports))
rules.add_perm("plan.follow_up", is_secretary)
rules.add_perm("plan.collect", is_secretary)
rules.add_perm("plan.contribute", rules.predicate(answers))
# an organisation that answers by letter is served too: the Bureau enters its form
rules.add_perm("plan.hand_in", is_secretary | rules.predicate(fills_in))
rules.add_perm("plan.translate", is_secretary | rules.predicate(translates))
rules.add_perm("plan.sign", rules.predicate(signs))
rules.add_perm("plan.judge", is_secretary)
rules.add_perm("plan.commission", is_secretary)
rules.add_perm("plan.deliver", is_secretary | rules.predicate(writes))
rules.add_perm("plan.recommend", is_secretary)
rules.add_perm("plan.carry_over", is_secretary)
