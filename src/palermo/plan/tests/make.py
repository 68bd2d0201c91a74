"""An office, a plan and its people, made through the real actions."""

import tempfile
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from palermo.accounts.models import Role, RoleKind, User
from palermo.organisations.directory import load
from palermo.organisations.models import Organisation
from palermo.organisations.reference import store
from palermo.plan import actions, queries
from palermo.plan.actions import (
    Account,
    Answer,
    DutyTerms,
    Event,
    HandedIn,
    PlanTerms,
    Printed,
    ReportTerms,
    VersionSaid,
    WorkSaid,
)
from palermo.plan.models import Measure, Question, Report
from palermo.plan.rules.collection import Terms
from palermo.plan.rules.follow_up import FINISHED
from palermo.plan.rules.mechanisms import mechanisms
from palermo.plan.rules.recommendations import read_recommendations
from palermo.reading import read as read_file
from palermo.timing import read, read_frequency

DAY = date(2017, 3, 1)
ADOPTED = date(2015, 7, 1)
YEARS = Terms("Second half of 2016", date(2016, 7, 1), date(2016, 12, 31), date(2017, 3, 31))


def directory():
    """The Belgian directory in the database, once a test."""
    if not Organisation.objects.exists():
        store(load())


def organisation(code):
    directory()
    return Organisation.objects.get(code=f"be/{code}")


def person(name, code, *kinds, since=date(2014, 1, 1)):
    """Somebody with roles within an organisation."""
    handle = name.lower().replace(" ", "-")
    user, _made = User.objects.get_or_create(
        handle=handle, defaults={"email": f"{handle}@example.org", "name": name, "password": "!"}
    )
    for kind in kinds:
        Role.objects.get_or_create(
            user=user, organisation=organisation(code), kind=kind, defaults={"since_on": since}
        )
    user.__dict__.pop("_roles_now", None)
    return user


def secretary():
    return person("Ana", "bureau") if User.objects.filter(handle="ana").exists() else new_secretary()


def new_secretary():
    return person("Ana", "bureau", RoleKind.SECRETARY)


def contact(code, name=None):
    return person(name or f"Contact {code}", code, RoleKind.CONTACT_POINT)


def authority(code, name=None):
    return person(name or f"Authority {code}", code, RoleKind.VALIDATING_AUTHORITY)


def reader():
    return person("Rita", "rapporteur", RoleKind.READER)


def administrator():
    return person("Adam", "bureau", RoleKind.ADMINISTRATOR)


def timing(words, basis="stated"):
    told = read(words, "en")
    return {
        "text": words,
        "kind": told.kind,
        "edtf": told.edtf,
        "earliest": told.earliest.isoformat() if told.earliest else None,
        "latest": told.latest.isoformat() if told.latest else None,
        "recurrence": told.recurrence,
        "at_least": told.at_least,
        "at_most": told.at_most,
        "basis": basis,
    }


def owner(words, code=None, role="lead", kind="party"):
    return {
        "text": words,
        "party": f"be/{code}" if code else None,
        "role": role,
        "kind": kind,
        "basis": "stated",
    }


FOREIGN = owner("FPS Foreign Affairs", "fps-foreign-affairs")
BUREAU_WITH = owner("Bureau of the Cell", "bureau", role="with")
FEDERATED = owner("Federated entities", "federated-entities", kind="class")
NOBODY = owner("To be discussed", kind="undecided")


def row(section, text, when, *owners, topics=(), evaluation=None, doubts=(), line=1):
    return {
        "section": section,
        "text": text,
        "owners": list(owners),
        "timing": timing(when),
        "place": {"line": line, "page": None, "table": 1, "row": line},
        "topics": list(topics),
        "evaluation": evaluation,
        "doubts": [{"code": code, "message": code} for code in doubts],
    }


LEAFLET = row("4.2", "Prepare a leaflet on trafficking for diplomats", "Late 2015", FOREIGN, BUREAU_WITH)
RULINGS = row("3.3", "Collect the rulings of the courts", "2016", owner("College", "college"))
ASSESS = row(
    "3.2",
    "Assess the new provisions every two years",
    "2017",
    owner("College", "college"),
    owner("FPS Justice", "fps-justice"),
    evaluation="own words",
)
GROUP = row("3.4", "Form a working group on responsible production", "2018", NOBODY)
SCHOOLS = row("9.3", "Raise awareness in schools", "2018", FEDERATED, topics=["awareness"])
FORUM = row("3.5", "Keep the forum on begging", "continuous", owner("FPS Justice", "fps-justice"))
ROWS = [LEAFLET, RULINGS, ASSESS, GROUP, SCHOOLS, FORUM]

LABOUR_COURSE = {
    "section": "4.1",
    "organiser": {"text": "FPS Labour", "party": "be/fps-labour"},
    "type": "basic",
    "type_text": "Basic training",
    "place": {"line": 20, "page": None, "table": 1, "row": 1},
    "doubts": [],
}


def training(every="Every 3 years (2015)"):
    told = read_frequency(every, "en")
    frequency = {
        "text": every,
        "recurrence": told.recurrence,
        "at_least": told.at_least,
        "at_most": told.at_most,
    }
    return {**LABOUR_COURSE, "frequency": frequency}


def commitment(text, actor=None, strength="firm", section="8.1"):
    return {
        "section": section,
        "text": text,
        "actor": actor,
        "strength": strength,
        "timing": timing(""),
        "place": {"line": 50, "page": None, "table": None, "row": None},
        "doubts": [],
    }


CLAUSE = {
    "section": "8.3",
    "text": "All initiatives of training and awareness raising will include an evaluation.",
    "topics": ["training", "awareness"],
    "place": {"line": 90, "page": None, "table": None, "row": None},
}


def document(*rows, courses=(), sentences=(), clauses=(), name="plan.docx"):
    """What `palermo plan read` would answer."""
    return {
        "document": {"name": name, "kind": "docx", "sha256": "0" * 64},
        "language": "en",
        "title": "Action Plan 2015–2019",
        "sections": [{"number": "4.2", "title": "Information for diplomats"}],
        "measures": list(rows),
        "training": list(courses),
        "commitments": list(sentences),
        "obligations": list(clauses),
        "doubts": [],
    }


WHOLE = document(
    *ROWS,
    courses=[training()],
    sentences=[commitment("The Cell will follow the courses.", "the Cell")],
    clauses=[CLAUSE],
)


def source():
    """A file to import from; its content does not matter where the reading is given."""
    with tempfile.NamedTemporaryFile(suffix=".docx", delete=False) as file:
        file.write(b"a plan")
    return Path(file.name)


def plan(code="be-2015-2019", on=ADOPTED):
    terms = PlanTerms(code, "Action Plan 2015–2019", "en", date(2015, 1, 1), date(2019, 12, 31))
    return actions.create_plan(by=secretary(), terms=terms, on=on)


def imported(made, reading=WHOLE, on=ADOPTED, **rest):
    file = source()
    try:
        return actions.import_document(by=secretary(), plan=made, reading=reading, path=file, on=on, **rest)
    finally:
        file.unlink()


def accepted_plan(reading=WHOLE, on=ADOPTED):
    """A plan whose document was accepted row by row as it was read."""
    made = plan(on=on)
    imported(made, reading, on=on)
    actions.accept_all(by=secretary(), plan=made, on=on)
    return made


def measure(made, reference):
    found = queries.measure_named(secretary(), made, reference)
    assert isinstance(found, Measure)
    return found


def state(made, reference, on=DAY):
    found = queries.measure_named(secretary(), made, reference)
    return queries.state_of(secretary(), found, on) if found else None


def opened(made, terms=YEARS, on=date(2017, 1, 10), **rest):
    return actions.open_round(by=secretary(), plan=made, terms=terms, on=on, **rest)


def question(round, reference, code):
    return Question.objects.get(
        round=round, measure=measure(round.plan, reference), organisation=organisation(code)
    )


def told(asked, status="limited", account="Two posts were informed.", by=None, on=date(2017, 2, 1), **rest):
    rest.setdefault("reason", "" if status in FINISHED else "The printer was late.")
    by = by or contact(asked.organisation.code.removeprefix("be/"))
    return actions.contribute(by=by, question=asked, answer=Answer(status, account, "en", **rest), on=on)


def released(round, on=DAY):
    """A round that was closed and whose results were released."""
    actions.close_round(by=secretary(), round=round, on=on)
    return actions.release_results(by=secretary(), round=round, decision="The Cell, its last meeting", on=on)


@dataclass
class Office:
    """A plan with an open round."""

    plan: object = field(default_factory=accepted_plan)

    def __post_init__(self):
        self.round = opened(self.plan)


FUNDING = "GRETA urges the authorities to secure lasting funding for the reception centres."
COURSES = "GRETA considers that the authorities should collect the rulings of the courts."
REPORT_2013 = f"45. {FUNDING}\n\n46. It was told of a law.\n\n47. {COURSES}\n"


def report_terms(round="1", published_on=date(2013, 9, 25), mechanism="greta", language="en"):
    return ReportTerms(mechanism, round, f"Report of round {round}", published_on, language)


def report_read(text=REPORT_2013, terms=None, on=date(2014, 9, 1)):
    """A report that was read from a text file and waits."""
    told = terms or report_terms()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.txt"
        path.write_text(text)
        reading = read_recommendations(read_file(path), mechanisms()[told.mechanism], told.language)
        return actions.import_report(by=secretary(), terms=told, reading=reading, path=path, on=on)


def recommendation(text=FUNDING, terms=None, rank=1, number="45", on=date(2014, 9, 1)):
    """A recommendation that a person typed."""
    told = terms or report_terms()
    report = Report.objects.filter(mechanism=told.mechanism, round=told.round).first()
    report = report or actions.begin_report(by=secretary(), terms=told, on=on)
    printed = Printed(text, number, "urges", rank)
    return actions.type_recommendation(by=secretary(), report=report, printed=printed, on=on)


def plan_before(made, measures, on=ADOPTED):
    """A plan before this one, its measures entered by hand."""
    terms = PlanTerms("be-2012-2014", "Action Plan 2012-2014", "en", date(2012, 1, 1), date(2014, 12, 31))
    before = actions.begin_earlier(by=secretary(), plan=made, terms=terms, on=on)
    for number, text in measures.items():
        actions.enter_measure(by=secretary(), plan=before, number=number, text=text, on=on)
    return before


def outcome(made, reference, kind, successor=None, source="", on=ADOPTED):
    """What became of a measure of the plan before."""
    return actions.record_outcome(
        by=secretary(),
        measure=measure(queries.plan_before(made, on), reference),
        kind=kind,
        successor=measure(made, successor) if successor else None,
        source=source,
        language="en",
        on=on,
    )


def work(made, *references, owner="fps-foreign-affairs", on=date(2016, 1, 11), **said):
    """A note that is to be written about measures, or about the section of the leaflet."""
    terms = {
        "kind": "note",
        "title": "Memo on clients",
        "language": "en",
        "timing": "by 30 June 2017",
        "section": None if references else made.sections.get(number="4.2"),
        "measures": [measure(made, one) for one in references],
    }
    return actions.declare_work(
        by=secretary(), plan=made, said=WorkSaid(**terms | said), owner=organisation(owner), on=on
    )


def version(of, final=False, by=None, on=DAY, came=None, **said):
    """A version that the contact point of its owner hands in."""
    owner = of.terms.last().owner.code.removeprefix("be/")
    return actions.hand_in_version(
        by=by or contact(owner),
        work=of,
        came=came or HandedIn(name="memo.txt", content=b"What other countries learned"),
        said=VersionSaid("en", is_final=final, **said),
        on=on,
    )


def report_duty(made, code="bureau", every="P2Y", first="2015", on=ADOPTED):
    """A duty to report every so often."""
    terms = DutyTerms("The report", every, first, "The Government reports every two years.", "8", 659)
    return actions.declare_report(
        by=secretary(), plan=made, organisation=organisation(code), terms=terms, on=on
    )


def delivered(duty, year, on=DAY, by=None):
    """The report of a year, delivered on the last day of its November."""
    return actions.deliver_report(
        by=by or secretary(),
        duty=duty,
        due_on=date(year, 12, 31),
        delivered_on=date(year, 11, 30),
        reference=f"DOC {year}",
        on=on,
    )


def occurrence(made, reference, year, on=DAY, done_on=None, by=None, **account):
    """That what comes back was done for a year."""
    account.setdefault("summary", "It took place.")
    return actions.record_occurrence(
        by=by or secretary(),
        measure=measure(made, reference),
        due_on=date(year, 12, 31),
        done_on=done_on or on,
        account=Account(**account),
        on=on,
    )


def waits(made, reference, what="evaluation", after="within one or two years", on=ADOPTED, by=None, **event):
    """That a measure, or its evaluation, waits for an event."""
    event.setdefault("words", "the adoption of the directive")
    return actions.wait_for(
        by=by or secretary(),
        measure=measure(made, reference),
        what=what,
        after=after,
        event=Event(**event),
        language="en",
        on=on,
    )
