"""One person answers a question again and again, and says each time what was acknowledged, until stopped.

`python -m palermo.plan.tests.answering QUESTION` in an installation of its own (PALERMO_HOME or
DATABASE_URL).
"""

import sys

import django

django.setup()

from palermo.accounts.models import Role  # noqa: E402
from palermo.plan import actions  # noqa: E402
from palermo.plan.actions import Answer  # noqa: E402
from palermo.plan.models import Question  # noqa: E402
from palermo.plan.tests.make import DAY  # noqa: E402


def main():
    """Answer until somebody ends the process."""
    question = Question.objects.get(pk=int(sys.argv[1]))
    role = Role.objects.get(organisation=question.organisation, kind="contact-point", until_on=None)
    number = 0
    while True:
        number += 1
        evidence = actions.add_evidence(
            by=role.user,
            about=question,
            organisation=question.organisation,
            title=f"Letter {number}",
            reference=f"Letter {number}",
            on=DAY,
        )
        answer = Answer("limited", f"Answer {number}", "en", evidence=[evidence])
        made = actions.contribute(by=role.user, question=question, answer=answer, on=DAY)
        sys.stdout.write(f"{made.version}\t{made.account}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
