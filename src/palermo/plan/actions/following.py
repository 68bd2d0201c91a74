"""What is made of a recommendation: its line to the round before, the measures that answer it, replies."""

from __future__ import annotations

from datetime import date

from palermo.accounts.models import User
from palermo.audit.action import action
from palermo.errors import Refused, words
from palermo.plan.models import Measure, Recommendation, RecommendationLine, Reply, Tie, TieEnd
from palermo.plan.models.recommendations import ANSWERED


@action("plan.draw_line", permission="plan.recommend", about="recommendation")
def draw_line(
    *, by: User, recommendation: Recommendation, earlier: Recommendation | None, on: date
) -> RecommendationLine:
    """Say which recommendation of an earlier round this one takes up; none: it is new.

    A line leads to an earlier report of the same mechanism, so that no circle can come about.

    Raises Refused ("not-earlier").
    """
    own = recommendation.report
    if earlier is not None and (
        earlier.report.mechanism != own.mechanism or earlier.report.published_on >= own.published_on
    ):
        raise Refused(
            "not-earlier",
            words("A recommendation takes up one of an earlier report of the same mechanism."),
            words("Choose a recommendation of an earlier round."),
        )
    return RecommendationLine.objects.create(recommendation=recommendation, earlier=earlier, by=by, on=on)


@action("plan.tie", permission="plan.recommend", about="recommendation")
def tie(*, by: User, recommendation: Recommendation, measure: Measure, on: date) -> Tie:
    """Say that a measure answers a recommendation from this day on.

    Raises Refused ("tied-already").
    """
    Recommendation.objects.select_for_update().get(pk=recommendation.pk)
    if Tie.objects.filter(recommendation=recommendation, measure=measure, end=None).exists():
        raise Refused(
            "tied-already",
            words("Measure {reference} answers this recommendation already."),
            words("Choose another measure."),
            reference=measure.reference,
        )
    return Tie.objects.create(recommendation=recommendation, measure=measure, by=by, on=on)


@action("plan.untie", permission="plan.recommend", about="tie")
def untie(*, by: User, tie: Tie, reason: str, on: date) -> TieEnd:
    """Say that a measure no longer answers a recommendation, and why.

    Raises Refused ("no-reason", "untied-already").
    """
    if not reason.strip():
        raise Refused(
            "no-reason",
            words("This decision needs a reason."),
            words("Say in a sentence why; it is kept in the history."),
        )
    Tie.objects.select_for_update().get(pk=tie.pk)
    if TieEnd.objects.filter(tie=tie).exists():
        raise Refused(
            "untied-already",
            words("Measure {reference} no longer answers this recommendation."),
            words("Look at the recommendation's story; nothing more is needed."),
            reference=tie.measure.reference,
        )
    return TieEnd.objects.create(tie=tie, reason=reason.strip(), by=by, on=on)


@action("plan.reply", permission="plan.recommend", about="recommendation")
def reply(
    *, by: User, recommendation: Recommendation, said: str, language: str, state: str, on: date
) -> Reply:
    """Put on record what the government says and does about a recommendation; the earlier replies stay.

    Raises Refused ("no-reply", "unknown-state").
    """
    if not said.strip():
        raise Refused(
            "no-reply",
            words("A reply needs words."),
            words("Say what the government does about the recommendation, or why nothing."),
        )
    if state not in dict(ANSWERED):
        raise Refused(
            "unknown-state",
            words("“{state}” is no state of a recommendation."),
            words("Choose open, partly or done."),
            state=state,
        )
    return Reply.objects.create(
        recommendation=recommendation, words=said.strip(), language=language, state=state, by=by, on=on
    )
