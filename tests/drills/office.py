"""An office in a process of its own, to be killed and opened again.

`python tests/drills/office.py prepare` makes one with an open round; `answer` answers for ever and tells each
contribution after it was acknowledged; `open` tells what is kept, as JSON, and `go-on` also what is kept once
the work went on; `append` writes two entries of the trail at once. `people` lets contact points in with a
password, and `watch` tells at each line that it reads what became of their answers. All of them work on the
installation that PALERMO_HOME and DATABASE_URL name.
"""

import hashlib
import json
import sys
from threading import Thread

import django

django.setup()

from django.apps import apps  # noqa: E402
from django.conf import settings  # noqa: E402
from django.contrib.auth.hashers import make_password  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import DatabaseError, connection, transaction  # noqa: E402
from typer.testing import CliRunner  # noqa: E402

from palermo.accounts.models import User  # noqa: E402
from palermo.audit.action import append  # noqa: E402
from palermo.audit.asking import asked_by_system  # noqa: E402
from palermo.audit.models import Entry  # noqa: E402
from palermo.cli import app  # noqa: E402
from palermo.plan import files, standings  # noqa: E402
from palermo.plan.models import Contribution, Evidence, Import, Plan, Question  # noqa: E402
from palermo.plan.tests import make  # noqa: E402
from palermo.plan.tests.test_standings import derived  # noqa: E402


def prepare():
    """An open round, a contact point to answer in it, and a plan of its own to import beside it."""
    call_command("migrate", verbosity=0)
    make.Office()
    make.contact("fps-foreign-affairs")


def people():
    """Two contact points for each of some questions: how they sign in, and what they are asked."""
    password = "they answer what they are asked"
    kept, told = make_password(password), []
    User.objects.filter(handle="ana").update(password=kept)
    for asked in Question.objects.select_related("round__plan", "measure", "organisation")[:3]:
        code, held = asked.organisation.code, asked.round
        path = f"/plans/{held.plan.code}/rounds/{held.number}/{asked.measure.reference}/{code}/"
        for number in (1, 2):
            one = make.contact(code.removeprefix("be/"), f"Person {asked.pk} {number}")
            one.password = kept
            one.save()
            told.append({"email": one.email, "password": password, "path": path})
    return told


def answer():
    """Answer the same question again and again; a line is printed once an answer was acknowledged."""
    question = Question.objects.get(measure__number=1, organisation__code="be/fps-foreign-affairs")
    person = make.contact("fps-foreign-affairs")
    number = 0
    while True:
        number += 1
        told = make.told(question, account=f"Answer {number}", by=person, on=make.DAY, after=number - 1)
        sys.stdout.write(f"{told.pk} {told.version} {told.account}\n")
        sys.stdout.flush()


def answer_once():
    """That the work goes on: one more answer."""
    question = Question.objects.get(measure__number=1, organisation__code="be/fps-foreign-affairs")
    return make.told(question, account="And on", by=make.contact("fps-foreign-affairs"), on=make.DAY).version


def kept():
    """How many records of every kind there are, and the contributions by number."""
    found = [one for one in apps.get_models() if one.__module__.startswith("palermo.")]
    with asked_by_system():
        return {
            "records": {one._meta.label: one.objects.count() for one in found},
            "contributions": [
                f"{one.pk} {one.version} {one.account}" for one in Contribution.objects.order_by("version")
            ],
            "files_whole": all(
                file_digest(sha256) == sha256
                for sha256 in Import.objects.filter(plan__code="drill").values_list("sha256", flat=True)
            ),
        }


def sound():
    """What the database and the trail say of themselves."""
    told = CliRunner().invoke(app, ["audit", "verify", "--json"])
    database = "ok"
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            database = cursor.execute("PRAGMA integrity_check").fetchone()[0]
    return {"holds": json.loads(told.stdout).get("holds", False), "database": database}


def whole():
    """The answers with the digests of their evidence, and whether all that belongs to them is there."""
    with asked_by_system():
        told = Contribution.objects.order_by("pk").prefetch_related("evidence")
        stored = {path.name for path in settings.FILES.rglob("*") if path.is_file()}
        handed_in = set(Evidence.objects.exclude(sha256="").values_list("sha256", flat=True))
        known = handed_in | set(Import.objects.values_list("sha256", flat=True))
        broken = [one for one in handed_in & stored if file_digest(one) != one]
        return {
            "answers": [[one.account, [piece.sha256 for piece in one.evidence.all()]] for one in told],
            "entries": Entry.objects.filter(action="plan.contribute").count(),
            "files_not_whole": sorted({*broken, *handed_in - stored}),
            "files_of_nobody": sorted(stored - known),
            "standings_follow": all(stands(one) for one in Plan.objects.all()),
            **sound(),
        }


def file_digest(sha256):
    return hashlib.sha256(files.path(sha256).read_bytes()).hexdigest()


def stands(plan):
    """Whether what is kept of how measures stand is what follows from the facts."""
    with transaction.atomic():
        kept = derived(plan)
        standings.stand_anew(plan)
        follows = derived(plan)
        transaction.set_rollback(True)
    return kept == follows


def watch():
    """Tell at each line that is read what is there; the server may have been killed in between."""
    for _line in sys.stdin:
        sys.stdout.write(json.dumps(whole()) + "\n")
        sys.stdout.flush()
        connection.close()


def imported(document):
    """Import the document again through the command line."""
    words = ["plan", "import", document, "--plan", "drill", "--accept-all", "--as", "ana", "--json"]
    return json.loads(CliRunner().invoke(app, words).stdout)


def opened():
    """What is kept, and what the database and the trail say of it."""
    return {**kept(), **sound()}


def gone_on(*documents):
    """What is kept, and what is once the work went on: an import of each document, one more answer."""
    result = opened()
    again = [imported(document) for document in documents]
    return {**result, "again": again, "version": answer_once(), "after": opened()}


def appended():
    """Two transactions append at once: the second begins before the first ends, and both need a place."""
    ana, wrong = make.secretary(), []

    def second():
        try:
            append(ana, make.DAY, "drill.second", None, {})
        except DatabaseError as reason:
            wrong.append(str(reason))
        connection.close()

    other = Thread(target=second)
    with transaction.atomic():
        append(ana, make.DAY, "drill.first", None, {})
        other.start()
        other.join(0.5)
        waited = other.is_alive()
    other.join()
    known = Entry.objects.filter(action__startswith="drill.").order_by("seq")
    chain = list(known.values_list("action", "seq", "previous", "hash"))
    return {"waited": waited, "wrong": wrong, "chain": chain, **sound()}


if __name__ == "__main__":
    tells = {"open": opened, "go-on": gone_on, "append": appended, "people": people}
    if sys.argv[1] in tells:
        sys.stdout.write(json.dumps(tells[sys.argv[1]](*sys.argv[2:])))
    else:
        {"prepare": prepare, "answer": answer, "watch": watch}[sys.argv[1]]()
