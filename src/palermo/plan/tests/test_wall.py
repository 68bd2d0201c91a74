"""What is private stays private where a query forgets to ask who may see it: PostgreSQL's own rows."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.decorators import login_not_required
from django.db import IntegrityError, ProgrammingError, connection, connections, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from palermo.accounts.actions import end_role
from palermo.accounts.models import User
from palermo.audit.asking import asked_by, asked_by_system
from palermo.errors import Refused
from palermo.organisations.models import Membership
from palermo.plan import actions, wall
from palermo.plan.actions import Answer
from palermo.plan.models import (
    Contribution,
    ContributionDraft,
    Evidence,
    Signature,
    Translation,
    WorkVersion,
)
from palermo.plan.queries import visible_to
from palermo.plan.queries.standing import answers_for, belongs_to, signs_for
from palermo.plan.queries.visibility import is_office
from palermo.plan.tests import make

pytestmark = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="only PostgreSQL knows whose a row is"
)
ORGANISATION = "fps-foreign-affairs"
TABLES = [table.removeprefix("plan_") for table in wall.RULES]
MODELS = [Contribution, ContributionDraft, Evidence, Translation, WorkVersion]


@login_not_required
def forgetful(request):
    """A page whose author forgot `visible_to`."""
    return HttpResponse(" ".join(f"{one}={number}" for one, number in rows().items()))


@login_not_required
def broken(request):
    raise ZeroDivisionError


urlpatterns = [path("forgetful/", forgetful), path("broken/", broken)]


def rows():
    """How many rows of each table are there for whoever asks: raw SQL, without any condition of ours."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f"(SELECT count(*) FROM plan_{one})" for one in TABLES))
        return dict(zip(TABLES, cursor.fetchone(), strict=True))


def rows_for(person):
    with asked_by(person):
        found = rows()
        assert found["contribution"] == len(Contribution.objects.all())
        assert found["contributiondraft"] == len(ContributionDraft.objects.all())
    return found


def people():
    """Everybody of whom a test may speak, by who they are."""
    return {
        "author": make.contact(ORGANISATION),
        "colleague": make.contact(ORGANISATION, "Colleague"),
        "authority": make.authority(ORGANISATION),
        "secretary": make.secretary(),
        "other contact point": make.contact("college"),
        "other authority": make.authority("college"),
        "reader": make.reader(),
        "administrator": make.administrator(),
        "nobody": None,
    }


@pytest.fixture
def asked(db, settings):
    """A question that was answered and waits for its signature, with a translation and with evidence.

    Its author goes on with a draft, and gathered something else for it.
    """
    settings.TODAY = make.DAY.isoformat()
    everybody = people()
    author = everybody["author"]
    asked = make.question(make.Office().round, "M01", ORGANISATION)
    shown, kept = (
        actions.add_evidence(
            by=author, about=asked, organisation=asked.organisation, title=title, reference="1", on=make.DAY
        )
        for title in ("Shown", "Kept")
    )
    told = make.told(asked, evidence=[shown], by=author)
    assert told.needs_signature
    translated = actions.Translated("fr", "Deux postes.")
    actions.translate(by=author, contribution=told, translated=translated, on=make.DAY)
    draft = Answer("completed", "All posts.", "en", evidence=[kept])
    actions.save_draft(by=author, question=asked, answer=draft, on=make.DAY)
    make.version(make.work(asked.measure.plan, "M01"), by=author)
    return asked


def numbers(*each):
    return dict(zip(TABLES, each, strict=True))


WHOLE = numbers(1, 1, 1, 1, 1, 2, 1)
NOTHING = numbers(0, 0, 0, 0, 0, 0, 0)
ORGANISATIONS = numbers(0, 0, 1, 1, 1, 2, 1)
BEFORE_IT_COUNTS = {
    "author": WHOLE,
    "colleague": ORGANISATIONS,
    "authority": ORGANISATIONS,
    "secretary": numbers(0, 0, 1, 1, 1, 1, 1),
    "other contact point": NOTHING,
    "other authority": NOTHING,
    "reader": NOTHING,
    "administrator": NOTHING,
    "nobody": NOTHING,
}


def test_no_row_is_there_for_others_whatever_a_query_forgets(asked):
    assert {name: rows_for(one) for name, one in people().items()} == BEFORE_IT_COUNTS


def test_what_counts_is_there_for_who_reads_content_and_a_draft_never(asked):
    told = Contribution.objects.get()
    actions.sign(by=make.authority(ORGANISATION), contribution=told, on=make.DAY)
    author = make.contact(ORGANISATION)
    actions.confirm_translation(by=author, translation=Translation.objects.get(), on=make.DAY)
    counting = numbers(0, 0, 1, 1, 1, 1, 0)
    assert rows_for(make.reader()) == rows_for(make.contact("college")) == counting
    assert rows_for(make.administrator()) == rows_for(None) == NOTHING


def test_the_wall_hides_nothing_that_the_first_wall_shows(asked):
    for signed in (False, True):
        if signed:
            told = Contribution.objects.get()
            actions.sign(by=make.authority(ORGANISATION), contribution=told, on=make.DAY)
        for name, person in people().items():
            for model in MODELS if person else ():
                first = set(visible_to(person, model))
                with asked_by(person):
                    assert set(visible_to(person, model)) == first, (name, model, signed)


def test_the_database_knows_in_whose_name_somebody_stands_as_the_program_does(asked, settings):
    gone = make.contact("fps-justice", "Gone")
    end_role(by=make.administrator(), role=gone.roles.get(), on=make.DAY - timedelta(days=1))
    closed = make.contact("fps-justice", "Closed")
    User.objects.filter(pk=closed.pk).update(is_active=False)
    for member in Membership.objects.exclude(body__sort="body").select_related("member"):
        code = member.member.code.removeprefix("be/")
        make.person(f"Somebody of {code}"[:70], code, "validating-authority")
    for day in (date(2013, 6, 1), make.DAY, date(2019, 6, 1)):
        settings.TODAY = day.isoformat()
        for person in User.objects.all():
            stands = answers_for(person) | signs_for(person) if person.is_active else set()
            circle = belongs_to(person) if person.is_active else set()
            told = (stands, circle, person.is_active and is_office(person), person.may("plan.read"))
            with asked_by(person), connection.cursor() as cursor:
                functions = ("organisations", "circle", "bureau", "reads")
                cursor.execute("SELECT " + ", ".join(f"palermo_{one}()" for one in functions))
                organisations, reading, bureau, reads = cursor.fetchone()
            assert (set(organisations), set(reading), bureau, reads) == told, (person, day)


def refusal(person, write):
    """What the database says to somebody's write."""
    with pytest.raises(ProgrammingError) as told, transaction.atomic(), asked_by(person):
        write()
    return str(told.value)


@pytest.mark.parametrize("who", ["other contact point", "other authority", "reader", "nobody"])
def test_nothing_is_written_in_the_name_of_another_organisation(asked, who):
    person = people()[who]
    author = make.contact(ORGANISATION)
    own = {"by": author, "on": make.DAY}

    def answer(version):
        return lambda: Contribution.objects.create(
            question=asked, version=version, status="limited", account="x", needs_signature=False, **own
        )

    told = Contribution.objects.get()
    writes = [
        answer(7),
        answer(1),  # which is there: the wall answers before any constraint could tell so
        lambda: ContributionDraft.objects.create(question=asked, **own),
        lambda: Translation.objects.create(contribution=told, version=1, language="fr", account="x", **own),
        lambda: Evidence.objects.create(
            measure=asked.measure, organisation=asked.organisation, kind="reference", reference="1", **own
        ),
        lambda: WorkVersion.objects.create(
            work=asked.measure.plan.works.get(),
            number=9,
            organisation=asked.organisation,
            language="en",
            **own,
        ),
        lambda: told.evidence.add(Evidence.objects.first() or 1),
    ]
    said = {refusal(person, write).partition(" for table")[0] for write in writes}
    assert said == {"new row violates row-level security policy"}
    with asked_by(person):
        assert ContributionDraft.objects.update(account="x") == 0
        assert ContributionDraft.objects.all().delete()[0] == 0


def test_a_page_that_forgets_to_ask_shows_nothing_and_no_request_inherits_who_asked_before(asked, settings):
    settings.ROOT_URLCONF = __name__

    def shown(person, address="/forgetful/"):
        client = Client(raise_request_exception=False)
        if person:
            client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client.get(address)

    everybody = people()
    with asked_by(None):
        for name in ("author", "reader", "author", "nobody", "other contact point"):
            told = shown(everybody[name]).content.decode()
            counts = dict(one.split("=") for one in told.split())
            assert {one: int(number) for one, number in counts.items()} == BEFORE_IT_COUNTS[name], name
            assert rows() == NOTHING
        assert shown(everybody["author"], "/broken/").status_code == 500
        assert rows() == NOTHING


def test_who_asked_asks_again_after_an_action_however_it_ended(asked):
    with asked_by(make.reader()):
        with pytest.raises(Refused):
            make.told(asked, status="abandoned")
        assert rows() == NOTHING
        with pytest.raises(IntegrityError), transaction.atomic(), asked_by_system():
            Signature.objects.create(contribution=Contribution.objects.get(), by=None, on=make.DAY)
        assert rows() == NOTHING
        make.told(asked)
        assert rows() == NOTHING


HOLES = {
    "a policy that was dropped": "DROP POLICY palermo_private ON plan_evidence",
    "a policy that lets all through": "ALTER POLICY palermo_private ON plan_evidence USING (true)",
    "another policy beside": "CREATE POLICY open ON plan_evidence USING (true)",
    "a table without its policies": "ALTER TABLE plan_evidence DISABLE ROW LEVEL SECURITY",
    "a table whose owner is let through": "ALTER TABLE plan_evidence NO FORCE ROW LEVEL SECURITY",
}


@pytest.mark.parametrize("hole", HOLES)
def test_a_hole_in_the_wall_is_missed(db, hole):
    wall.require(connection)
    with connection.cursor() as cursor:
        cursor.execute(HOLES[hole])
    with pytest.raises(Refused, match="plan_evidence"):
        wall.require(connection)


def test_a_function_that_answers_for_everybody_is_missed_and_put_back(db):
    head = "palermo_system() RETURNS boolean"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE OR REPLACE FUNCTION {head} LANGUAGE sql STABLE AS 'SELECT true'")
    assert wall.missing(connection) == ["palermo_system"]
    wall.install_after_migration(using="default")
    assert wall.missing(connection) == []


def test_a_role_that_passes_by_every_policy_is_refused(db):
    above = type(connections["default"])({**connection.settings_dict, "USER": "postgres"}, "above")
    try:
        with pytest.raises(Refused, match="postgres"):
            wall.require(above)
    finally:
        above.close()
