"""An office in a process of its own, to be killed and opened again.

`python tests/drills/office.py prepare` makes one with an open round; `answer` answers for ever and tells each
contribution after it was acknowledged; `open` tells what is kept, as JSON, and `go-on` also what is kept once
the work went on. All of them work on the installation that PALERMO_HOME and DATABASE_URL name.
"""

import hashlib
import json
import sys

import django

django.setup()

from django.apps import apps  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from typer.testing import CliRunner  # noqa: E402

from palermo.audit.asking import asked_by_system  # noqa: E402
from palermo.cli import app  # noqa: E402
from palermo.plan import files  # noqa: E402
from palermo.plan.models import Contribution, Import, Question  # noqa: E402
from palermo.plan.tests import make  # noqa: E402


def prepare():
    """An open round, a contact point to answer in it, and a plan of its own to import beside it."""
    call_command("migrate", verbosity=0)
    make.Office()
    make.contact("fps-foreign-affairs")


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
                hashlib.sha256(files.path(sha256).read_bytes()).hexdigest() == sha256
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


if __name__ == "__main__":
    if sys.argv[1] in {"open", "go-on"}:
        sys.stdout.write(json.dumps({"open": opened, "go-on": gone_on}[sys.argv[1]](*sys.argv[2:])))
    else:
        {"prepare": prepare, "answer": answer}[sys.argv[1]]()
