"""What was told, put into another language by a person; the original is never altered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from palermo.accounts.models import User
from palermo.audit.action import action
from palermo.errors import Refused, words
from palermo.plan.models import Confirmation, Contribution, Translation


@dataclass(frozen=True)
class Translated:
    """The words of a translation."""

    language: str
    account: str
    reason: str = ""
    decision: str = ""


@action("plan.translate", permission="plan.translate", about="contribution")
def translate(
    *, by: User, contribution: Contribution, translated: Translated, on: date, confirmed: bool = False
) -> Translation:
    """Write a contribution in another language, as a draft or `confirmed`; it supersedes the one before.

    A report uses the latest that is confirmed, with its author and day.

    Raises Refused ("same-language", "no-translation").
    """
    if translated.language == contribution.language:
        raise Refused(
            "same-language",
            words("The answer stands in this language already."),
            words("Choose the language into which it is translated."),
        )
    if not translated.account.strip():
        raise Refused(
            "no-translation",
            words("The translation has no words."),
            words("Write what the answer says, in the language that you chose."),
        )
    held = Contribution.objects.select_for_update().get(pk=contribution.pk)  # two who translate at once
    own = held.translations.filter(language=translated.language)
    made = Translation.objects.create(
        contribution=contribution,
        language=translated.language,
        version=(own.aggregate(most=Max("version"))["most"] or 0) + 1,
        account=translated.account,
        reason=translated.reason,
        decision=translated.decision,
        by=by,
        on=on,
    )
    if confirmed:
        Confirmation.objects.create(translation=made, by=by, on=on)
    return made


@action("plan.confirm_translation", permission="plan.translate", about="translation")
def confirm_translation(*, by: User, translation: Translation, on: date) -> Confirmation:
    """Stand behind a draft that says what the original says; its author stays who wrote it.

    Raises Refused ("nothing-to-confirm").
    """
    Contribution.objects.select_for_update().get(pk=translation.contribution_id)
    later = Translation.objects.filter(
        contribution=translation.contribution_id,
        language=translation.language,
        version__gt=translation.version,
    )
    if later.exists() or Confirmation.objects.filter(translation=translation).exists():
        raise Refused(
            "nothing-to-confirm",
            words("This translation is confirmed already, or a later one took its place."),
            words("Open the page again and read the latest translation."),
        )
    return Confirmation.objects.create(translation=translation, by=by, on=on)
