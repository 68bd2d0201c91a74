"""Who may ask what of every address: each is declared here, and every cell is tried.

For each address, every person and every method: what is declared must be what happens. An address that is
not declared fails, and so does a declaration without an address.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from palermo.accounts.models import Passkey, Role, RoleKind
from palermo.accounts.rules import FRESH
from palermo.plan import actions
from palermo.plan.actions import Answer
from palermo.plan.models import Import, ImportedRow
from palermo.plan.tests import make

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
READING, WRITING = {"GET", "HEAD"}, {"POST"}

# The people, by what they are to the question of the matrix: FPS Foreign Affairs was asked about M01.
ASKED, ASKED_SIGNS = "contact point asked", "authority asked"
OTHER, OTHER_SIGNS = "contact point not asked", "authority not asked"
SECRETARY, READER, ADMINISTRATOR, OVERSEER = "secretary", "reader", "administrator", "overseer"
NO_ROLE, FORMER, NOBODY = "account without a role", "contact point until yesterday", "nobody"

SIGNED_IN = {
    ASKED,
    ASKED_SIGNS,
    OTHER,
    OTHER_SIGNS,
    SECRETARY,
    READER,
    ADMINISTRATOR,
    OVERSEER,
    NO_ROLE,
    FORMER,
}
EVERYBODY = SIGNED_IN | {NOBODY}
READS = {ASKED, ASKED_SIGNS, OTHER, OTHER_SIGNS, SECRETARY, READER}
BUREAU, OWNER = {SECRETARY}, {SECRETARY, ASKED}
PARTIES = {SECRETARY, ASKED, ASKED_SIGNS}


@dataclass(frozen=True)
class Address:
    """Who may look and who may act; None: the address does not know that method."""

    looks: set | None = None
    acts: set | None = None
    args: tuple = ()
    data: tuple = ()
    open_to_all: bool = False  # shown before sign-in


PLAN = ("be-2015-2019",)
MEASURE = (*PLAN, "M01")
ROUND = (*PLAN, 1)
WORK = (*PLAN, 1)
PARTY = ("be", "fps-foreign-affairs")
QUESTION = (*ROUND, "M01", *PARTY)

DECLARED = {
    "set_language": Address(acts=EVERYBODY, open_to_all=True),
    "desk:today": Address(looks=SIGNED_IN),
    "desk:calendar": Address(looks=set(), args=("no-such-token",), open_to_all=True),
    "desk:messages": Address(looks=set()),  # in a demonstration alone
    "accounts:sign-in": Address(looks=EVERYBODY, acts=EVERYBODY, open_to_all=True),
    "accounts:sign-in-as": Address(acts=set(), args=("ana",), open_to_all=True),
    "accounts:forgotten": Address(looks=EVERYBODY, acts=EVERYBODY, open_to_all=True),
    "accounts:sign-out": Address(acts=EVERYBODY, open_to_all=True),
    "accounts:accept": Address(looks=set(), acts=set(), args=("no-such-token",), open_to_all=True),
    "accounts:account": Address(looks=SIGNED_IN, acts=SIGNED_IN),
    "accounts:new-token": Address(acts=SIGNED_IN - {NO_ROLE, FORMER}, args=("calendar",)),
    "accounts:end-token": Address(acts=SIGNED_IN - {NO_ROLE, FORMER}, args=("calendar",)),
    "accounts:second": Address(looks=EVERYBODY, acts=EVERYBODY, open_to_all=True),  # else to sign-in
    "accounts:with-passkey": Address(looks=EVERYBODY, acts=EVERYBODY, open_to_all=True),
    "accounts:identity": Address(looks=set(), open_to_all=True),  # where a provider is named
    "accounts:identity-back": Address(looks=EVERYBODY, open_to_all=True),  # else to sign-in
    "accounts:confirm": Address(looks=SIGNED_IN, acts=SIGNED_IN),
    "accounts:set-up": Address(looks=SIGNED_IN),
    "accounts:new-passkey": Address(looks=SIGNED_IN, acts=SIGNED_IN),
    "accounts:remove-passkey": Address(acts={SECRETARY}, args=("PASSKEY",)),  # it is hers
    "accounts:authenticator": Address(looks=SIGNED_IN, acts=SIGNED_IN),
    "accounts:remove-authenticator": Address(acts=set()),  # nobody here has one
    "accounts:codes": Address(looks=SIGNED_IN, acts=SIGNED_IN),
    "accounts:end-session": Address(acts=set(), args=("no-such-session",)),
    "accounts:close-account": Address(acts={ADMINISTRATOR}, args=("ana",)),
    "accounts:remove-factors": Address(acts={ADMINISTRATOR}, args=("ana",)),
    "accounts:end-their-sessions": Address(acts={ADMINISTRATOR}, args=("ana",)),
    "accounts:people": Address(looks={ADMINISTRATOR}),
    "accounts:people-export": Address(looks={ADMINISTRATOR}, args=("csv",)),
    "accounts:invite": Address(looks={ADMINISTRATOR}, acts={ADMINISTRATOR}),
    "accounts:person": Address(looks={ADMINISTRATOR}, acts={ADMINISTRATOR}, args=("ana",)),
    "accounts:end-role": Address(acts={ADMINISTRATOR}, args=("ana", "ROLE")),
    "organisations:list": Address(looks=READS | {ADMINISTRATOR}),
    "organisations:export-list": Address(looks=READS | {ADMINISTRATOR}, args=("csv",)),
    "organisations:page": Address(looks=READS | {ADMINISTRATOR}, args=PARTY),
    "organisations:export-members": Address(looks=READS | {ADMINISTRATOR}, args=(*PARTY, "csv")),
    "plan:list": Address(looks=READS),
    "plan:plans-export": Address(looks=READS, args=("csv",)),
    "plan:new": Address(looks=BUREAU, acts=BUREAU),
    "plan:evidence": Address(looks=PARTIES, args=("EVIDENCE",)),
    "plan:by-link": Address(looks=set(), acts=set(), args=("no-such-token",), open_to_all=True),
    "plan:new-link": Address(acts=set(), args=("no-such-token",), open_to_all=True),
    "plan:register": Address(looks=READS, args=PLAN),
    "plan:export": Address(looks=READS, args=(*PLAN, "csv")),
    "plan:timeline": Address(looks=READS, args=PLAN),
    "plan:owners": Address(looks=READS, args=PLAN),
    "plan:owners-export": Address(looks=READS, args=(*PLAN, "csv")),
    "plan:brief": Address(looks=READS, args=(*PLAN, *PARTY)),
    "plan:contact": Address(looks=BUREAU, acts=BUREAU, args=(*PLAN, *PARTY)),
    "plan:obligations": Address(looks=READS, args=PLAN),
    "plan:obligations-export": Address(looks=READS, args=(*PLAN, "csv")),
    "plan:oblige": Address(looks=BUREAU, acts=BUREAU, args=PLAN),
    "plan:recurring-reports": Address(looks=READS, args=PLAN),
    "plan:recurring-reports-export": Address(looks=READS, args=(*PLAN, "csv")),
    "plan:declare-report": Address(looks=BUREAU, acts=BUREAU, args=PLAN),
    "plan:deliver-report": Address(looks=OWNER, acts=OWNER, args=(*PLAN, 1)),
    "plan:end-report-duty": Address(looks=BUREAU, acts=BUREAU, args=(*PLAN, 1)),
    "plan:take-back-delivery": Address(looks=OWNER, acts=OWNER, args=(*PLAN, "DELIVERY")),
    "plan:bills": Address(looks=READS, args=PLAN),
    "plan:bills-export": Address(looks=READS, args=(*PLAN, "csv")),
    "plan:documents": Address(looks=BUREAU, acts=BUREAU, args=PLAN),
    "plan:document": Address(looks=BUREAU, args=(*PLAN, "IMPORT")),
    "plan:review": Address(looks=BUREAU, args=PLAN),
    "plan:review-export": Address(looks=BUREAU, args=(*PLAN, "csv")),
    "plan:decide": Address(acts=BUREAU, args=PLAN, data=(("what", "chosen"),)),
    "plan:accept-all": Address(looks=BUREAU, acts=BUREAU, args=PLAN),
    "plan:merge": Address(looks=BUREAU, acts=BUREAU, args=PLAN),
    "plan:row": Address(looks=BUREAU, acts=BUREAU, args=(*PLAN, "ROW")),
    "plan:take": Address(acts=BUREAU, args=(*PLAN, "ROW")),
    "plan:split": Address(looks=BUREAU, acts=BUREAU, args=(*PLAN, "ROW")),
    "plan:refuse": Address(acts=BUREAU, args=(*PLAN, "ROW"), data=(("reason", "No."),)),
    "plan:withdraw-missing": Address(acts=BUREAU, args=(*PLAN, "MISSING"), data=(("reason", "No."),)),
    "plan:carry-over": Address(looks=READS, args=PLAN),
    "plan:carry-over-export": Address(looks=READS, args=(*PLAN, "csv")),
    "plan:plan-before": Address(looks=BUREAU, acts=BUREAU, args=PLAN),
    "plan:begin-earlier": Address(looks=BUREAU, acts=BUREAU, args=PLAN),
    "plan:enter-measure": Address(looks=BUREAU, acts=BUREAU, args=PLAN),
    "plan:outcome": Address(looks=BUREAU, acts=BUREAU, args=(*PLAN, "M04")),
    "plan:take-back-outcome": Address(looks=BUREAU, acts=BUREAU, args=(*PLAN, "OUTCOME")),
    "plan:recommendations": Address(looks=READS),
    "plan:recommendations-export": Address(looks=READS, args=("csv",)),
    "plan:mechanism": Address(looks=READS, args=("greta",)),
    "plan:mechanism-export": Address(looks=READS, args=("greta", "csv")),
    "plan:new-report": Address(looks=BUREAU, acts=BUREAU, args=("greta",)),
    "plan:report-document": Address(looks=BUREAU, args=("REPORT-FILE",)),
    "plan:report-review": Address(looks=BUREAU, args=("REPORT",)),
    "plan:decide-recommendations": Address(acts=BUREAU, args=("REPORT",), data=(("what", "all"),)),
    "plan:type-recommendation": Address(looks=BUREAU, acts=BUREAU, args=("REPORT",)),
    "plan:read-recommendation": Address(looks=BUREAU, acts=BUREAU, args=("READ",)),
    "plan:leave-out": Address(acts=BUREAU, args=("READ",), data=(("refuse-reason", "No."),)),
    "plan:recommendation": Address(looks=READS, args=("greta", "RECOMMENDATION")),
    "plan:tie": Address(looks=BUREAU, acts=BUREAU, args=("greta", "RECOMMENDATION")),
    "plan:untie": Address(looks=BUREAU, acts=BUREAU, args=("greta", "RECOMMENDATION", "TIE")),
    "plan:draw-line": Address(looks=BUREAU, acts=BUREAU, args=("greta", "RECOMMENDATION")),
    "plan:reply": Address(looks=BUREAU, acts=BUREAU, args=("greta", "RECOMMENDATION")),
    "plan:works": Address(looks=READS, args=PLAN),
    "plan:works-export": Address(looks=READS, args=(*PLAN, "csv")),
    "plan:declare-work": Address(looks=BUREAU, acts=BUREAU, args=PLAN),
    "plan:work": Address(looks=READS, args=WORK),
    "plan:change-work": Address(looks=BUREAU, acts=BUREAU, args=WORK),
    "plan:hand-over-work": Address(looks=BUREAU, acts=BUREAU, args=WORK),
    "plan:hand-in-version": Address(looks=OWNER, acts=OWNER, args=WORK),
    "plan:give-up-work": Address(looks=BUREAU, acts=BUREAU, args=WORK),
    "plan:resume-work": Address(looks=BUREAU, acts=BUREAU, args=WORK),
    "plan:work-version": Address(looks=PARTIES, args=(*WORK, 1)),  # a draft
    "plan:rounds": Address(looks=READS, args=PLAN),
    "plan:rounds-export": Address(looks=READS, args=(*PLAN, "csv")),
    "plan:open-round": Address(looks=BUREAU, acts=BUREAU, args=PLAN),
    "plan:round": Address(looks=READS, args=ROUND),
    "plan:round-export": Address(looks=READS, args=(*ROUND, "csv")),
    "plan:close-round": Address(looks=BUREAU, acts=BUREAU, args=ROUND),
    "plan:paper": Address(looks=OWNER, acts=OWNER, args=(*ROUND, *PARTY)),
    "plan:paper-docx": Address(looks=OWNER, args=(*ROUND, *PARTY)),
    "plan:release": Address(looks=BUREAU, acts=BUREAU, args=ROUND),
    "plan:remind-due": Address(acts=BUREAU, args=ROUND),
    "plan:remind": Address(acts=BUREAU, args=(*ROUND, *PARTY)),
    "plan:question": Address(looks=PARTIES, acts={ASKED}, args=QUESTION),
    "plan:translate": Address(looks=OWNER, acts=OWNER, args=(*QUESTION, 1)),
    "plan:sign": Address(acts={ASKED_SIGNS}, args=QUESTION, data=(("version", "1"),)),
    "plan:judge": Address(acts=BUREAU, args=QUESTION, data=(("version", "1"),)),
    "plan:measure": Address(looks=READS, args=MEASURE),
    "plan:wait-for": Address(looks=OWNER, acts=OWNER, args=MEASURE),
    "plan:wait-no-more": Address(looks=OWNER, acts=OWNER, args=MEASURE),
    "plan:record-occurrence": Address(looks={SECRETARY, OTHER}, acts={SECRETARY, OTHER}, args=(*PLAN, "T01")),
    "plan:take-back-occurrence": Address(
        looks={SECRETARY, OTHER}, acts={SECRETARY, OTHER}, args=(*PLAN, "T01", "OCCURRENCE")
    ),
    "plan:mark-bill": Address(looks=BUREAU, acts=BUREAU, args=MEASURE),
    "plan:record-step": Address(looks=OWNER, acts=OWNER, args=MEASURE),
    "plan:take-back-step": Address(looks=OWNER, acts=OWNER, args=(*MEASURE, "STEP")),
    "plan:give-owner": Address(looks=BUREAU, acts=BUREAU, args=MEASURE),
    "plan:end-owner": Address(looks=BUREAU, acts=BUREAU, args=(*MEASURE, "OWNERSHIP")),
    "plan:evaluation": Address(looks=OWNER, acts=OWNER, args=MEASURE),
    "plan:add-evidence": Address(looks=OWNER, acts=OWNER, args=MEASURE),
    "plan:reword": Address(looks=BUREAU, acts=BUREAU, args=MEASURE),
    "plan:withdraw": Address(looks=BUREAU, acts=BUREAU, args=MEASURE),
    "oversight:page": Address(looks={OVERSEER}),
    "oversight:walk": Address(acts={OVERSEER}),
    "oversight:send": Address(acts={OVERSEER}),
    "oversight:compare": Address(looks={OVERSEER}, acts={OVERSEER}),
    "oversight:checkpoint": Address(looks={OVERSEER}),
    "oversight:trail": Address(looks={OVERSEER}),
    "oversight:verifier": Address(looks={OVERSEER}),
    "referral:procedure": Address(looks=SIGNED_IN),
    "referral:try": Address(looks=SIGNED_IN, acts=SIGNED_IN),
    "referral:law": Address(looks=SIGNED_IN),
    "referral:penalties": Address(looks=SIGNED_IN, acts=SIGNED_IN),
    "referral:limitation": Address(looks=SIGNED_IN, acts=SIGNED_IN),
    "referral:wages": Address(looks=SIGNED_IN, acts=SIGNED_IN),
    "api:page": Address(looks=SIGNED_IN),
    "api:description": Address(looks=SIGNED_IN),
    "api:plans": Address(looks=READS),
    "api:plan": Address(looks=READS, args=PLAN),
    "api:measures": Address(looks=READS, args=PLAN),
    "api:measure": Address(looks=READS, args=MEASURE),
    "api:owners": Address(looks=READS, args=PLAN),
    "api:rounds": Address(looks=READS, args=PLAN),
    "api:board": Address(looks=READS, args=ROUND),
    "api:questions": Address(looks=READS, args=ROUND),
    "api:evaluations": Address(looks=READS, args=PLAN),
    "api:obligations": Address(looks=READS, args=PLAN),
    "api:works": Address(looks=READS, args=PLAN),
    "api:work_story": Address(looks=READS, args=WORK),
    "api:documents": Address(looks=BUREAU, args=PLAN),
    "api:rows": Address(looks=BUREAU, args=PLAN),
    "api:report": Address(
        looks=BUREAU, args=PLAN, data=(("period_from", "2016-01-01"), ("period_to", "2016-12-31"))
    ),
    "api:organisations": Address(looks=READS | {ADMINISTRATOR}),
    "api:organisation": Address(looks=READS | {ADMINISTRATOR}, args=PARTY),
    "api:people": Address(looks={ADMINISTRATOR}),
    "api:me": Address(looks=SIGNED_IN),
    "api:today": Address(looks=SIGNED_IN),
    "api:timeline": Address(looks=READS, args=PLAN),
    "api:brief": Address(looks=READS, args=(*PLAN, *PARTY)),
    "api:bills": Address(looks=READS, args=PLAN),
    "api:recurring_reports": Address(looks=READS, args=PLAN),
    "api:carry_over": Address(looks=READS, args=PLAN),
    "api:overview": Address(looks=READS),
    "api:mechanism": Address(looks=READS, args=("greta",)),
    "api:reports": Address(looks=READS, args=("greta",)),
    "api:read_rows": Address(looks=BUREAU, args=("greta", "REPORT")),
    "api:recommendation": Address(looks=READS, args=("greta", "RECOMMENDATION")),
    "api:oversight": Address(looks={OVERSEER}),
    "api:law": Address(looks=SIGNED_IN),
    "api:procedure": Address(looks=SIGNED_IN),
    "reporting:government": Address(looks=BUREAU, args=PLAN),
    "reporting:government-docx": Address(
        looks=BUREAU,
        args=PLAN,
        data=(("period_from", "2016-01-01"), ("period_to", "2016-12-31"), ("language", "en")),
    ),
    "reporting:government-pdf": Address(
        looks=BUREAU,
        args=PLAN,
        data=(("period_from", "2016-01-01"), ("period_to", "2016-12-31"), ("language", "en")),
    ),
    "reporting:layout": Address(looks=BUREAU),
    "reporting:restore-layout": Address(acts=BUREAU),
    "reporting:templates": Address(looks=BUREAU, acts=BUREAU),
    "reporting:template": Address(looks=BUREAU, args=("en",)),
    "reporting:restore": Address(acts=BUREAU, args=("en",)),
}

# Every page that only shows, and the address at which a program finds what it shows.
TOLD = {
    "desk:today": "api:today",
    "organisations:list": "api:organisations",
    "organisations:page": "api:organisation",
    "accounts:people": "api:people",
    "plan:list": "api:plans",
    "plan:register": "api:measures",
    "plan:measure": "api:measure",
    "plan:timeline": "api:timeline",
    "plan:owners": "api:owners",
    "plan:brief": "api:brief",
    "plan:obligations": "api:obligations",
    "plan:review": "api:rows",
    "plan:carry-over": "api:carry_over",
    "plan:bills": "api:bills",
    "plan:recurring-reports": "api:recurring_reports",
    "plan:works": "api:works",
    "plan:work": "api:work_story",
    "plan:recommendations": "api:overview",
    "plan:mechanism": "api:mechanism",
    "plan:recommendation": "api:recommendation",
    "plan:report-review": "api:read_rows",
    "plan:rounds": "api:rounds",
    "plan:round": "api:board",
    "reporting:government": "api:report",
    "oversight:page": "api:oversight",
    "referral:law": "api:law",
    "referral:procedure": "api:procedure",
}
# What leaves as a file, and what shows nothing of the office.
FILES = {
    "plan:evidence",
    "plan:document",
    "plan:report-document",
    "plan:work-version",
    "plan:paper-docx",
    "reporting:government-docx",
    "reporting:government-pdf",
    "reporting:layout",
    "reporting:template",
    "oversight:checkpoint",
    "oversight:trail",
    "oversight:verifier",
}
# Single files of the plan's work, and what tells nothing of the office: no list and no report.
NO_RECORDS = {
    "plan:evidence",
    "plan:document",
    "plan:report-document",
    "plan:work-version",
    "reporting:layout",
    "oversight:checkpoint",
    "oversight:verifier",
}
BEFORE = {"accounts:set-up", "accounts:identity", "accounts:identity-back", "desk:calendar", "desk:messages"}


def names(patterns, space=""):
    for one in patterns:
        if isinstance(one, URLPattern):
            yield f"{space}{one.name}"
        else:
            yield from names(one.url_patterns, f"{one.namespace}:" if one.namespace else space)


def test_every_address_is_declared():
    """Once each: a second address under a declared name would be open to nobody's eye but an attacker's."""
    assert sorted(names(get_resolver().url_patterns)) == sorted(DECLARED)


def test_a_program_finds_what_each_page_shows_and_it_is_told_to_the_same_people():
    exports = {name for name in DECLARED if "export" in name}
    showing = {name for name, one in DECLARED.items() if one.acts is None and not name.startswith("api:")}
    assert showing - exports - FILES - BEFORE == set(TOLD)
    assert [page for page, told in TOLD.items() if DECLARED[page].looks != DECLARED[told].looks] == []


@pytest.fixture(scope="module")
def office_of_all(django_db_setup, django_db_blocker):
    """The office, made once: each test begins with it and leaves it as it was."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield made()
        transaction.set_rollback(True)


@pytest.fixture
def office(office_of_all, db):
    return office_of_all


def made():
    """A plan with a new and a missing row, an open round, and an answer that waits for its signature."""
    plan = make.accepted_plan()
    people = {
        SECRETARY: make.secretary(),
        ASKED: make.contact("fps-foreign-affairs"),
        ASKED_SIGNS: make.authority("fps-foreign-affairs"),
        OTHER: make.contact("fps-labour"),
        OTHER_SIGNS: make.authority("fps-labour"),
        READER: make.reader(),
        ADMINISTRATOR: make.administrator(),
        OVERSEER: make.person("Odile", "bureau", RoleKind.OVERSEER),
        NO_ROLE: make.person("Nora", "bureau"),
        FORMER: make.person("Fons", "fps-foreign-affairs"),
    }
    Role.objects.create(
        user=people[FORMER],
        organisation=make.organisation("fps-foreign-affairs"),
        kind=RoleKind.CONTACT_POINT,
        since_on=date(2014, 1, 1),
        until_on=make.DAY - timedelta(days=1),
    )
    opened = make.opened(plan)
    question = make.question(opened, "M01", "fps-foreign-affairs")
    make.version(make.work(plan, owner="fps-foreign-affairs"), by=people[ASKED])
    evidence = actions.add_evidence(
        by=people[ASKED],
        about=question,
        organisation=question.organisation,
        title="A letter",
        name="letter.txt",
        content=b"Dear colleague",
        on=make.DAY,
    )
    answer = Answer("limited", "Two posts were informed.", "en", "The printer.", evidence=[evidence])
    actions.contribute(by=people[ASKED], question=question, answer=answer, on=make.DAY)
    new = {**make.LEAFLET, "text": "Something that no document had said before"}
    make.imported(plan, make.document(new, *make.ROWS[1:]), on=make.DAY)
    rows = ImportedRow.objects.filter(decision="waiting")
    key = Passkey.objects.create(
        user=people[SECRETARY], name="key", credential_id="eA", credential=b"", counter=0
    )
    numbers = {
        "PASSKEY": key.pk,
        "ROLE": Role.objects.get(user=people[SECRETARY]).pk,
        "EVIDENCE": evidence.pk,
        "IMPORT": Import.objects.latest("pk").pk,
        "ROW": rows.exclude(difference="missing").first().pk,
        "MISSING": rows.filter(difference="missing").first().pk,
        "OWNERSHIP": make.measure(plan, "M01").ownerships.first().pk,
    }
    return people, numbers | asked_by_others(plan) | carried_over(plan) | on_the_road(plan) | reported(plan)


def asked_by_others(plan):
    """A report with a row that waits and a recommendation that a measure answers."""
    document = make.report_read()
    row = document.rows.first()
    actions.take_recommendations(by=make.secretary(), report=document.report, rows=[row], on=make.DAY)
    asked = document.report.recommendations.get()
    tie = actions.tie(
        by=make.secretary(), recommendation=asked, measure=make.measure(plan, "M01"), on=make.DAY
    )
    return {
        "REPORT-FILE": document.pk,
        "REPORT": document.report_id,
        "READ": document.rows.get(decision="waiting").pk,
        "RECOMMENDATION": asked.pk,
        "TIE": tie.pk,
    }


def carried_over(plan):
    """A plan before, with a measure of which something is known."""
    make.plan_before(plan, {4: "Send the leaflet"})
    outcome = make.outcome(plan, "M04", "finished", source="The annual report")
    return {"OUTCOME": outcome.pk}


def on_the_road(plan):
    """A bill that was drafted."""
    ana, leaflet = make.secretary(), make.measure(plan, "M01")
    actions.mark_bill(by=ana, measure=leaflet, is_bill=True, on=make.DAY)
    step = actions.record_step(
        by=ana, measure=leaflet, kind="drafted", reached_on=date(2017, 2, 1), on=make.DAY
    )
    return {"STEP": step.pk, "OCCURRENCE": make.occurrence(plan, "T01", 2015).pk}


def reported(plan):
    """A duty to report of which one report was delivered."""
    delivery = make.delivered(make.report_duty(plan, "fps-foreign-affairs"), 2015)
    return {"DELIVERY": delivery.pk}


def expected(address, person, method):
    """What is declared: "yes", "sign-in", "absent" or "no such method"."""
    if person == NOBODY and not address.open_to_all:
        return "sign-in"
    known = (READING if address.looks is not None else set()) | (
        WRITING if address.acts is not None else set()
    )
    if method not in known:
        return "no such method"
    allowed = address.looks if method in READING else address.acts
    return "yes" if person in allowed else "absent"


def happened(response):
    """What an answer says."""
    if response.status_code == 302 and response["Location"].startswith("/sign-in/?next="):
        return "sign-in"
    known = {200: "yes", 302: "yes", 401: "sign-in", 409: "yes", 404: "absent", 405: "no such method"}
    return known.get(response.status_code, str(response.status_code))


def signed_in(user):
    """The cookies of a browser in which somebody is signed in; none for nobody."""
    client = Client()
    if user:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return {name: one.value for name, one in client.cookies.items()}


def asked(cookies, method, path, data):
    """What an address answers to a method, whatever it did undone."""
    client = Client(raise_request_exception=True)
    client.cookies.load(cookies)
    with transaction.atomic():
        send = client.generic if method not in {"GET", "HEAD", "POST"} else None
        response = send(method, path) if send else getattr(client, method.lower())(path, data)
        transaction.set_rollback(True)
    return happened(response)


@pytest.mark.parametrize("name", DECLARED)
def test_what_is_declared_is_what_happens(office, name):
    people, numbers = office
    address = DECLARED[name]
    path = reverse(name, args=[numbers.get(one, one) for one in address.args])
    wrong = []
    for person in sorted(EVERYBODY):
        cookies = signed_in(people.get(person))
        for method in METHODS:
            got, wanted = asked(cookies, method, path, dict(address.data)), expected(address, person, method)
            if got != wanted:
                wrong.append((person, method, f"declared {wanted}", f"happened {got}"))
    assert wrong == []


@pytest.mark.seen
@pytest.mark.parametrize("name", sorted(name for name in DECLARED if "export" in name or name in FILES))
def test_lists_and_reports_leave_only_after_a_recent_proof(office, name):
    people, numbers = office
    address = DECLARED[name]
    client = Client()
    reader = next(people[one] for one in sorted(address.looks) if one in people)
    client.force_login(reader, backend="django.contrib.auth.backends.ModelBackend")
    client.get("/account/")
    session = client.session
    session["proved"] -= FRESH + 1
    session.save()
    path = reverse(name, args=[numbers.get(one, one) for one in address.args])
    answer = client.get(path, dict(address.data))
    asked_again = answer.status_code == 302 and answer["Location"].startswith("/account/confirm/")
    assert asked_again == (name not in NO_RECORDS), (answer.status_code, answer.headers)
