"""What is clicked twice at the same moment, thing by thing: who was told that it is done, who was refused.

`python -m palermo.plan.tests.twice` in an installation of its own (DATABASE_URL). Prints it as JSON.
"""

import json
import sys
import threading

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from palermo.accounts import actions as accounts  # noqa: E402
from palermo.accounts.models import RoleKind  # noqa: E402
from palermo.audit.asking import asked_by_system  # noqa: E402
from palermo.audit.models import Head  # noqa: E402
from palermo.errors import Refused  # noqa: E402
from palermo.plan import actions, queries  # noqa: E402
from palermo.plan.actions import PlanTerms, Translated  # noqa: E402
from palermo.plan.models import ImportedRow  # noqa: E402
from palermo.plan.tests import make  # noqa: E402

DAY = make.DAY


def things(plan):
    """What may be done once, by name: ready to be done."""
    ana, adam, bureau = make.secretary(), make.administrator(), make.organisation("bureau")
    zoe, leaflet = make.person("Zoe", "bureau"), make.measure(plan, "M01")
    make.plan_before(plan, {4: "Send the leaflet"})
    outcome = make.outcome(plan, "M04", "finished", source="The annual report")
    document = make.report_read()
    actions.take_recommendations(by=ana, report=document.report, rows=[document.rows.first()], on=DAY)
    recommendation = document.report.recommendations.get()
    tie = actions.tie(by=ana, recommendation=recommendation, measure=make.measure(plan, "M02"), on=DAY)
    new = {"email": "new@example.org", "name": "New", "language": "en", "link": "https://x/TOKEN"}
    reader = {"organisation": bureau, "kind": RoleKind.READER, "on": DAY}
    terms, other = PlanTerms("twice", "Twice", "en", make.ADOPTED), make.report_terms("9")
    signer = make.authority("fps-foreign-affairs")
    asked = make.question(make.opened(plan), "M01", "fps-foreign-affairs")
    waiting = make.told(asked, on=DAY)
    draft = actions.translate(by=ana, contribution=waiting, translated=Translated("fr", "Fait."), on=DAY)
    said = queries.said_on(leaflet, DAY)
    make.imported(plan, make.document(make.row("3.1", "Do something new", "2016", make.FOREIGN)), on=DAY)
    row = ImportedRow.objects.filter(decision="waiting", difference="added").first()
    duty, work = make.report_duty(plan), make.work(plan, "M02")
    return {
        "sign": lambda: actions.sign(by=signer, contribution=waiting, on=DAY),
        "confirm": lambda: actions.confirm_translation(by=ana, translation=draft, on=DAY),
        "accept": lambda: actions.accept(by=ana, row=row, on=DAY),
        "deliver": lambda: make.delivered(duty, 2015),
        "end": lambda: actions.end_report_duty(by=ana, duty=duty, reason="x", on=DAY),
        "final": lambda: make.version(work, final=True, by=ana),
        "reword": lambda: actions.reword(by=ana, measure=leaflet, said=said, reason="x", on=DAY),
        "remind": lambda: actions.remind_due(by=ana, round=asked.round, on=DAY, link="https://x"),
        "close": lambda: actions.close_round(by=ana, round=asked.round, on=DAY),
        "release": lambda: actions.release_results(by=ana, round=asked.round, decision="x", on=DAY),
        "invite": lambda: accounts.invite(by=adam, **new, **reader),
        "give_role": lambda: accounts.give_role(by=adam, user=zoe, **reader),
        "create_plan": lambda: actions.create_plan(by=ana, terms=terms, on=DAY),
        "begin_report": lambda: actions.begin_report(by=ana, terms=other, on=DAY),
        "withdraw_measure": lambda: actions.withdraw_measure(by=ana, measure=leaflet, reason="x", on=DAY),
        "withdraw_outcome": lambda: actions.withdraw_outcome(by=ana, outcome=outcome, reason="x", on=DAY),
        "untie": lambda: actions.untie(by=ana, tie=tie, reason="x", on=DAY),
    }


def clicked_twice(do):
    """What two who begin at the same moment are told; neither ends before both have begun."""
    told, ready = [], threading.Barrier(3)

    def once():
        ready.wait(60)
        try:
            with asked_by_system():
                do()
            told.append("done")
        except Refused:
            told.append("refused")
        except Exception as wrong:  # noqa: BLE001 - whatever it is, it is told
            told.append(repr(wrong))
        finally:
            connection.close()

    clicks = [threading.Thread(target=once) for _ in range(2)]
    with transaction.atomic():
        Head.objects.select_for_update().get(id=1)
        for one in clicks:
            one.start()
        ready.wait(60)
        threading.Event().wait(0.5)
    for one in clicks:
        one.join(60)
    return sorted(told)


if __name__ == "__main__":
    with asked_by_system():
        call_command("migrate", verbosity=0)
        found = things(make.accepted_plan())
        sys.stdout.write(json.dumps({name: clicked_twice(do) for name, do in found.items()}))
