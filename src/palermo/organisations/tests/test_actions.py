"""The tables follow the data file."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from palermo.audit.action import NotPermitted
from palermo.audit.models import Entry
from palermo.organisations.actions import load_reference
from palermo.organisations.directory import load
from palermo.organisations.models import ContactPoint, Membership, Organisation
from palermo.organisations.tests.make import DAY, Somebody, loaded, organisation

pytestmark = pytest.mark.django_db


def everything():
    return [list(table.objects.order_by("pk").values()) for table in (Organisation, Membership, ContactPoint)]


def changed(code, **parts):
    directory = load()
    party = replace(directory.get(code), **parts)
    return replace(directory, parties={**directory.parties, code: party})


def test_the_whole_directory_is_stored():
    assert loaded() == len(load().parties) == Organisation.objects.count()
    bureau = organisation("be/bureau")
    assert bureau.names["nl"] == "Bureau van de Interdepartementale Coördinatiecel"
    assert "HT Bureau" in bureau.aliases
    assert organisation("be/pag-asa").contact_points.filter(kind="phone").count() == 1


def test_loading_twice_changes_nothing():
    loaded()
    before = everything()
    loaded()
    assert everything() == before


def test_loading_stands_in_the_trail():
    loaded()
    entry = Entry.objects.get()
    assert (entry.action, entry.actor, entry.on) == ("organisations.load_reference", "account:7", DAY)


def test_whoever_may_not_load_changes_nothing():
    with pytest.raises(NotPermitted):
        load_reference(by=Somebody(frozenset({"organisations.read"})), directory=load(), on=DAY)
    assert not Organisation.objects.exists()


def test_a_fact_that_changed_in_the_file_changes_in_the_tables():
    loaded()
    college = organisation("be/college").pk
    members = load().get("be/bureau").members[:-1]  # without the College
    loaded(changed("be/bureau", members=members, tone="duty"))
    assert organisation("be/bureau").tone == "duty"
    assert not Membership.objects.filter(body__code="be/bureau", member=college).exists()
    loaded()
    assert Membership.objects.filter(body__code="be/bureau", member=college).count() == 1


def test_a_contact_point_that_left_the_file_leaves_the_tables():
    loaded()
    loaded(changed("be/payoke", contacts=()))
    assert not organisation("be/payoke").contact_points.exists()


def test_a_party_that_left_the_file_stays_because_records_point_at_it():
    loaded()
    directory = load()
    without = {code: party for code, party in directory.parties.items() if code != "be/sensoa"}
    loaded(replace(directory, parties=without))
    assert organisation("be/sensoa").names["en"] == "Sensoa"


def test_a_membership_cannot_end_before_it_begins_nor_stand_twice():
    loaded()
    fields = {"body": organisation("be/cell"), "member": organisation("be/sensoa"), "role": "member"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(**fields, since_on=date(2016, 1, 2), until_on=date(2016, 1, 1))
    Membership.objects.create(**fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(**fields)
